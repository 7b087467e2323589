/** The families of devices and their registry. */
@NullMarked
package io.minerops.core.device.internal.vendor;

import org.jspecify.annotations.NullMarked;
