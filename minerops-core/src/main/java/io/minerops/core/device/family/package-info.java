/** The interface that a family of devices implements, and the readings that it returns. */
@NullMarked
package io.minerops.core.device.family;

import org.jspecify.annotations.NullMarked;
