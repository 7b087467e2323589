package io.minerops.core.profit;

import io.minerops.api.internal.Check;
import java.time.Duration;

/**
 * The odds of finding blocks alone. Blocks found in a period are Poisson distributed; their mean is
 * hashrate × period / (difficulty × 2<sup>32</sup>).
 *
 * @param expectedBlocks mean number of blocks in the period, 0 or more
 * @param atLeastOne the probability of one block or more, 0 to 1
 */
public record SoloOdds(double expectedBlocks, double atLeastOne) {
    private static final double SECONDS_PER_BLOCK = 600;
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * The odds within a period.
     *
     * @param hashrateThs hashrate, TH/s, 0 or more
     * @param networkDifficulty difficulty of the network, above 0
     * @param period above zero
     * @throws io.minerops.api.InvalidArgumentException if a figure is out of its range
     */
    public static SoloOdds within(double hashrateThs, double networkDifficulty, Duration period) {
        Check.between("hashrate_ths", hashrateThs, 0, ProfitabilityInputs.MAX_HASHRATE_THS);
        double networkThs = ProfitabilityCalculator.networkHashrateThs(networkDifficulty);
        double seconds = Check.positive("period", period).toSeconds() + period.toNanosPart() / NANOS_PER_SECOND;
        double blocks = hashrateThs / networkThs * seconds / SECONDS_PER_BLOCK;
        return new SoloOdds(blocks, -Math.expm1(-blocks));
    }
}
