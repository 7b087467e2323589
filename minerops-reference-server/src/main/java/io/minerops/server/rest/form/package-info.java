/**
 * How the bodies of requests are read into records: every field checked, every error with its field. Nothing here calls
 * a service.
 */
@NullMarked
package io.minerops.server.rest.form;

import org.jspecify.annotations.NullMarked;
