/**
 * The REST interface: the routes and what each calls of the library. Nothing here holds logic of the field or knows SQL,
 * sockets or Jetty.
 */
@NullMarked
package io.minerops.server.rest;

import org.jspecify.annotations.NullMarked;
