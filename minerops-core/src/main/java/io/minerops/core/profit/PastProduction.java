package io.minerops.core.profit;

import io.minerops.api.internal.Check;
import io.minerops.api.internal.CompensatedSum;
import io.minerops.core.network.EpochTable;
import java.time.Duration;
import java.time.Instant;

/**
 * The expected production of a past period, with the difficulty and the subsidy of each part of it. The time whose
 * difficulty is not in the table produces nothing here and is reported: nothing is invented for it.
 *
 * @param btc expected production before a pool's fee, BTC
 * @param covered the time whose difficulty is known
 * @param notCovered the time whose difficulty is not known
 */
public record PastProduction(double btc, Duration covered, Duration notCovered) {
    private static final double SECONDS_PER_BLOCK = 600;

    /**
     * The production of a steady hashrate.
     *
     * @param hashrateThs mean hashrate of the period, TH/s, 0 to {@value ProfitabilityInputs#MAX_HASHRATE_THS}
     * @param feesBtcPerBlock mean transaction fees of a block, BTC, 0 to {@value ProfitabilityInputs#MAX_FEES_BTC}
     * @param from the beginning, not before the first block
     * @param to the end, exclusive; the production is 0 where it is not after the beginning
     * @throws io.minerops.api.InvalidArgumentException if a figure is out of its range
     */
    public static PastProduction of(
            EpochTable epochs, double hashrateThs, double feesBtcPerBlock, Instant from, Instant to) {
        Check.between("hashrate_ths", hashrateThs, 0, ProfitabilityInputs.MAX_HASHRATE_THS);
        Check.between("network_fees_btc_per_block", feesBtcPerBlock, 0, ProfitabilityInputs.MAX_FEES_BTC);
        CompensatedSum btc = new CompensatedSum();
        Duration covered = Duration.ZERO;
        Duration notCovered = Duration.ZERO;
        for (EpochTable.Stretch stretch : epochs.stretches(from, to)) {
            Duration length = Duration.between(stretch.from(), stretch.to());
            Double difficulty = stretch.difficulty();
            if (difficulty == null) {
                notCovered = notCovered.plus(length);
                continue;
            }
            covered = covered.plus(length);
            double blocks = hashrateThs
                    / ProfitabilityCalculator.networkHashrateThs(difficulty)
                    * (length.toMillis() / 1e3 / SECONDS_PER_BLOCK);
            btc.add(blocks * (stretch.subsidyBtc() + feesBtcPerBlock));
        }
        return new PastProduction(btc.value(), covered, notCovered);
    }
}
