/**
 * What miners did over time: proven work, which is what the shares that a pool accepted say of a miner's hashrate, beside what the
 * miner claims; and uptime. Functions of counters, states and times; a store is only read, poll by poll.
 */
@NullMarked
package io.minerops.core.work;

import org.jspecify.annotations.NullMarked;
