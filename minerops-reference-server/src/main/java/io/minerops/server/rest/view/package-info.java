/**
 * How records are shown as JSON, by the routes and by the commands, and the names that clients use for miners and for
 * closed sets of values. Nothing here calls a service.
 */
@NullMarked
package io.minerops.server.rest.view;

import org.jspecify.annotations.NullMarked;
