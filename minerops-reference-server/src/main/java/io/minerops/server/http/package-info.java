/**
 * What a route sees of HTTP: the route itself, what a request says, and what it is answered with. Nothing here listens,
 * knows who may do what, or knows miners, alerts or prices.
 */
@NullMarked
package io.minerops.server.http;

import org.jspecify.annotations.NullMarked;
