/**
 * Reading and controlling devices: {@link io.minerops.core.device.CgminerClient} and {@link
 * io.minerops.core.device.CgminerControl}.
 */
@NullMarked
package io.minerops.core.device;

import org.jspecify.annotations.NullMarked;
