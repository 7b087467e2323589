/**
 * Proven work: what the shares that a pool accepted say of a miner's hashrate, beside what the miner claims. Functions of
 * counters and times, without I/O.
 */
@NullMarked
package io.minerops.core.work;

import org.jspecify.annotations.NullMarked;
