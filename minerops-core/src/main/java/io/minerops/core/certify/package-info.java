/**
 * Whether a miner that was watched for some hours does what was promised of it: polls in, a certificate out. Functions of
 * polls and limits, without I/O and without a clock.
 */
@NullMarked
package io.minerops.core.certify;

import org.jspecify.annotations.NullMarked;
