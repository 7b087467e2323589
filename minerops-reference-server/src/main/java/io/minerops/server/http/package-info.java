/**
 * Plain HTTP: the server, routes, what a request says and what is answered, and the guards before it. Nothing here knows
 * miners, alerts or prices.
 */
@NullMarked
package io.minerops.server.http;

import org.jspecify.annotations.NullMarked;
