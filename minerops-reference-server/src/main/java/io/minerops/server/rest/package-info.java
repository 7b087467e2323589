/**
 * The REST interface: which routes there are, how records are shown as JSON and how bodies are read into records. It
 * calls the library and holds no logic of the field; nothing here knows SQL, sockets or Jetty.
 */
@NullMarked
package io.minerops.server.rest;

import org.jspecify.annotations.NullMarked;
