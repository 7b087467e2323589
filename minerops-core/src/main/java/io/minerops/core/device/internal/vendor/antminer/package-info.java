/** Antminer firmware and its replacements: Braiins OS and LuxOS. */
@NullMarked
package io.minerops.core.device.internal.vendor.antminer;

import org.jspecify.annotations.NullMarked;
