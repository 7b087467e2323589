package io.minerops.api.miner;

import io.minerops.api.internal.Check;

/** A command to a miner. None stops a miner for good or changes its configuration. */
public sealed interface ControlAction {
    /**
     * Restarts the mining process, or the whole device where its family only offers that; {@link ControlResult.Done}
     * says which.
     */
    record Restart() implements ControlAction {
        @Override
        public String describe() {
            return "restart";
        }
    }

    /**
     * Switches the light by which a device is found in its rack.
     *
     * @param on whether it is to shine or blink, as the device does; false ends that
     */
    record Led(boolean on) implements ControlAction {
        @Override
        public String describe() {
            return on ? "switch its LED on" : "switch its LED off";
        }
    }

    /**
     * Works for another of the pools that are configured on the device.
     *
     * @param pool the pool's number in the device's own list, 0 to {@value #MAX_POOLS}; 0 is the first
     */
    record SwitchPool(int pool) implements ControlAction {
        /** The highest number of a pool. */
        public static final int MAX_POOLS = 99;

        public SwitchPool {
            Check.between("pool", pool, 0, MAX_POOLS);
        }

        @Override
        public String describe() {
            return "switch to pool " + pool;
        }
    }

    /** The command as a verb phrase, such as {@code switch to pool 1}. */
    String describe();
}
