package io.minerops.testkit.fleet;

import io.minerops.api.miner.MinerAddress;

/**
 * One miner of a simulated fleet, as it is at one instant.
 *
 * @param index its index in the fleet, from 0
 * @param address where it answers
 * @param model what it is
 * @param trouble what is wrong with it
 * @param state what it is doing
 * @param pool the number of the pool that it works for, from 0
 * @param ledOn whether a client has switched its light on
 */
public record SimulatedMiner(
        int index, MinerAddress address, Model model, Trouble trouble, MinerState state, int pool, boolean ledOn) {}
