/**
 * What rules would have done: the alert engine over stored history. A function of the history that it is given; it holds
 * no store, no clock and no thread.
 */
@NullMarked
package io.minerops.core.backtest;

import org.jspecify.annotations.NullMarked;
