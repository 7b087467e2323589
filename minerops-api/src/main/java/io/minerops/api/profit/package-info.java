/**
 * Prices, difficulty, what a fleet earns, and the SPIs to query and store them. Records and interfaces only: the formula
 * lives elsewhere.
 */
@NullMarked
package io.minerops.api.profit;

import org.jspecify.annotations.NullMarked;
