/** Calculates statements from roll-ups. Functions of values: no store, no clock, no market. */
@NullMarked
package io.minerops.core.internal.statement;

import org.jspecify.annotations.NullMarked;
