/** Whatsminer firmware, all versions of its API. */
@NullMarked
package io.minerops.core.device.internal.vendor.whatsminer;

import org.jspecify.annotations.NullMarked;
