/**
 * The profitability engine: a function from hashrate, power, tariff and the market to what is earned in a day, and the
 * constants of the Bitcoin network behind it. No I/O, no threads, no clock and no logger may live here.
 */
@NullMarked
package io.minerops.core.profit;

import org.jspecify.annotations.NullMarked;
