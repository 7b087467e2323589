/**
 * The Bitcoin network's difficulty by height and time, without any request: a table of all epochs, and functions over it.
 * Nothing here does I/O or knows prices.
 */
@NullMarked
package io.minerops.core.network;

import org.jspecify.annotations.NullMarked;
