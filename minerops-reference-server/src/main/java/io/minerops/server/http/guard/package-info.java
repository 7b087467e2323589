/**
 * What a request passes before its route: tokens and sessions, browsers' rules, and the limits per client. Nothing here
 * reads a body or knows a route by its path, but for logging in and out.
 */
@NullMarked
package io.minerops.server.http.guard;

import org.jspecify.annotations.NullMarked;
