/** Readings with units from fields of many spellings; implausible values are left out and reported. */
@NullMarked
package io.minerops.core.device.internal.normalise;

import org.jspecify.annotations.NullMarked;
