/** The steps of one reading: which requests a device gets, and what its responses amount to. No I/O. */
@NullMarked
package io.minerops.core.device.internal.reading;

import org.jspecify.annotations.NullMarked;
