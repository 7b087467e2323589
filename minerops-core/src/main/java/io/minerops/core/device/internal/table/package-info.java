/** Tables of fields: which field of a family's replies is which reading. What a family calculates is code of its own. */
@NullMarked
package io.minerops.core.device.internal.table;

import org.jspecify.annotations.NullMarked;
