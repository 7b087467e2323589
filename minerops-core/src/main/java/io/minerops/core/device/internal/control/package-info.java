/** Commands to devices, one connection each. */
@NullMarked
package io.minerops.core.device.internal.control;

import org.jspecify.annotations.NullMarked;
