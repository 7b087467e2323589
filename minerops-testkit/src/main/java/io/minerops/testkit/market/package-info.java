/**
 * Services that report the price and the difficulty, on loopback and as one wants them to answer. No client and nothing
 * that judges what they answer may be here.
 */
@NullMarked
package io.minerops.testkit.market;

import org.jspecify.annotations.NullMarked;
