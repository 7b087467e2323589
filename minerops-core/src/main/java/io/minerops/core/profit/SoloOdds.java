package io.minerops.core.profit;

import io.minerops.api.internal.Check;
import java.time.Duration;
import java.util.Optional;

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
    private static final double MILLIS_PER_DAY = 86_400_000;
    private static final double MAX_DAYS = 1e11;

    /**
     * How long it takes until the odds of a block are even; empty where the hashrate is 0, or that is beyond 100,000 million
     * days.
     *
     * @param hashrateThs hashrate, TH/s, 0 or more
     * @param networkDifficulty difficulty of the network, above 0
     * @throws io.minerops.api.InvalidArgumentException if a figure is out of its range
     */
    public static Optional<Duration> evenAfter(double hashrateThs, double networkDifficulty) {
        double perDay =
                within(hashrateThs, networkDifficulty, Duration.ofDays(1)).expectedBlocks();
        double days = Math.log(2) / perDay;
        return days <= MAX_DAYS ? Optional.of(Duration.ofMillis(Math.round(days * MILLIS_PER_DAY))) : Optional.empty();
    }

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
