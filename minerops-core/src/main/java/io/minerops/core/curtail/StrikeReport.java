package io.minerops.core.curtail;

import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a strike price would have brought over the stored hours of a fleet, against what was. Not rounded.
 *
 * @param first the first hour that counts; null where none does
 * @param last the last hour that counts; null where none does
 * @param was what the fleet drew and earned
 * @param trial the outcome of the strike price
 * @param outcomes the outcome of it and of each other strike price, ascending
 * @param miners what the strike price would have brought of each miner, in the order of the registry
 */
public record StrikeReport(
        @Nullable Instant first,
        @Nullable Instant last,
        Was was,
        Outcome trial,
        List<Outcome> outcomes,
        List<MinerOutcome> miners) {
    /** Copies the lists. */
    public StrikeReport {
        outcomes = List.copyOf(outcomes);
        miners = List.copyOf(miners);
    }

    /**
     * What was.
     *
     * @param minerHours roll-ups that count
     * @param energyKwh the energy, kWh
     * @param energyUsd what it cost, USD
     * @param revenueUsd what the work earned by the market of each hour, USD
     * @param estimatedKwh the part of the energy of hours whose power is a nominal figure, kWh
     * @param hoursWithoutReadings roll-ups without power or hashrate, which do not count
     * @param hoursWithoutPrice roll-ups of hours without a known price of power or of bitcoin, which do not count
     * @param hoursOfOthers roll-ups of miners that are not registered now, which do not count
     */
    public record Was(
            long minerHours,
            double energyKwh,
            double energyUsd,
            double revenueUsd,
            double estimatedKwh,
            long hoursWithoutReadings,
            long hoursWithoutPrice,
            long hoursOfOthers) {}

    /**
     * What a strike price would have brought.
     *
     * @param strikeUsdPerMwh the strike price, USD/MWh
     * @param saving the sum of all miners
     */
    public record Outcome(double strikeUsdPerMwh, Saving saving) {}

    /**
     * What the strike price would have brought of a miner.
     *
     * @param miner the miner
     * @param saving its part
     */
    public record MinerOutcome(MinerAddress miner, Saving saving) {}

    /** The outcome with the highest gain; of several the one with the highest strike price, which stops least. */
    public Outcome best() {
        return outcomes.stream()
                .max(Comparator.comparingDouble(
                                (Outcome outcome) -> outcome.saving().netUsd())
                        .thenComparingDouble(Outcome::strikeUsdPerMwh))
                .orElse(trial);
    }
}
