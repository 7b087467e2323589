/** Responses as bytes: where one ends, and its repaired JSON or text. */
@NullMarked
package io.minerops.core.device.internal.wire;

import org.jspecify.annotations.NullMarked;
