/**
 * Jetty behind the routes: listening, TLS, and the path of a request through guards, router, body and reply. Nothing here
 * knows miners, alerts or prices.
 */
@NullMarked
package io.minerops.server.http.gateway;

import org.jspecify.annotations.NullMarked;
