package io.minerops.core.curtail;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.core.profit.FleetProfitability;

/**
 * A miner that a plan can stop.
 *
 * @param name its name, such as its address, 1 to 256 characters
 * @param hashrateThs what it hashes while it runs, TH/s, 0 to {@value FleetProfitability#MAX_MINER_THS}
 * @param powerW what it draws while it runs, W, above 0, at most {@value FleetProfitability#MAX_MINER_W}
 * @param idleW what it draws while it is stopped, W, 0 to {@code powerW}
 * @param running whether it runs before the plan begins; it has then run, or been stopped, long enough
 */
public record MinerLoad(String name, double hashrateThs, double powerW, double idleW, boolean running) {
    /**
     * Checks the figures.
     *
     * @throws InvalidArgumentException that names the miner and the figure that is out of its range
     */
    public MinerLoad {
        Check.text("miner", name, 256);
        Check.between("hashrate_ths of " + name, hashrateThs, 0, FleetProfitability.MAX_MINER_THS);
        if (!(powerW > 0 && powerW <= FleetProfitability.MAX_MINER_W)) {
            throw new InvalidArgumentException("power_w", "power_w of " + name + " must be above 0, not " + powerW);
        }
        Check.between("idle_w of " + name, idleW, 0, powerW);
    }

    double powerKw() {
        return powerW / 1_000;
    }

    double idleKw() {
        return idleW / 1_000;
    }
}
