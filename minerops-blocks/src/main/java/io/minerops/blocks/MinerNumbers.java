package io.minerops.blocks;

import io.minerops.api.miner.MinerAddress;

/** The numbers that a store has given to addresses, from 1 on. Thread-safe. */
public interface MinerNumbers {
    /** The address of a number that was given. */
    MinerAddress address(int number);

    /** The number of an address; -1 where it has none. */
    int find(MinerAddress address);

    /** The largest number that an address has. */
    int highest();

    /** The position of each number's address in the order of all addresses, by number. Not to be changed. */
    int[] ranks();
}
