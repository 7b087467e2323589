/**
 * The description of the REST interface in OpenAPI 3.1, kept as YAML beside the classes and served as JSON. Nothing here
 * answers a request of the interface that it describes.
 */
@NullMarked
package io.minerops.server.openapi;

import org.jspecify.annotations.NullMarked;
