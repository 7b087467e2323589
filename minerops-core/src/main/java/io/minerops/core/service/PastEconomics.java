package io.minerops.core.service;

import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.network.CompactBits;
import io.minerops.core.network.EpochTable;
import io.minerops.core.network.Subsidy;
import io.minerops.core.profit.ProfitabilitySettings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What hashrate earned and power cost in each hour of the past: the price of the stored snapshots, the difficulty and
 * subsidy of the table of epochs, and the tariff of the hour. What is not known of an hour is as it is now. Not
 * thread-safe.
 */
final class PastEconomics implements Function<Instant, Optional<Economics>> {
    /** A snapshot speaks for the time until the next one is due, with some delay. */
    private static final Duration SNAPSHOT_LASTS = Duration.ofHours(1);

    private final NavigableMap<Instant, Profitability> stored = new TreeMap<>();
    private final EpochTable epochs;
    private final ProfitabilitySettings settings;
    private final Now now;

    private @Nullable Instant lastHour;
    private Optional<Economics> ofLastHour = Optional.empty();

    /** What is known now; null for what is not. */
    record Now(@Nullable Double btcPriceUsd, @Nullable Double difficulty, double feesBtcPerBlock) {}

    PastEconomics(List<ProfitabilitySnapshot> fleet, EpochTable epochs, ProfitabilitySettings settings, Now now) {
        fleet.forEach(snapshot -> stored.put(snapshot.at(), snapshot.profitability()));
        this.epochs = epochs;
        this.settings = settings;
        this.now = now;
    }

    /** The economics of the hour of a moment; empty where price or difficulty is not known. */
    @Override
    public Optional<Economics> apply(Instant moment) {
        Instant hour = moment.truncatedTo(ChronoUnit.HOURS);
        if (!hour.equals(lastHour)) {
            ofLastHour = of(hour);
            lastHour = hour;
        }
        return ofLastHour;
    }

    private Optional<Economics> of(Instant hour) {
        Map.Entry<Instant, Profitability> entry = stored.floorEntry(hour.plus(SNAPSHOT_LASTS));
        Profitability snapshot =
                entry == null || entry.getKey().isBefore(hour.minus(SNAPSHOT_LASTS)) ? null : entry.getValue();
        Double price = snapshot == null ? now.btcPriceUsd() : Double.valueOf(snapshot.btcPriceUsd());
        Double difficulty = difficulty(hour, snapshot);
        if (price == null || difficulty == null) {
            return Optional.empty();
        }
        double subsidy = Subsidy.atHeight(epochs.heightAt(hour) + 1);
        return Optional.of(MarketFigures.economics(settings, price, difficulty, subsidy, now.feesBtcPerBlock(), hour));
    }

    private @Nullable Double difficulty(Instant hour, @Nullable Profitability snapshot) {
        Double known = epochs.at(hour)
                .map(epoch -> CompactBits.difficulty(epoch.bits()))
                .orElse(null);
        if (known != null) {
            return known;
        }
        return snapshot == null ? now.difficulty() : Double.valueOf(snapshot.networkDifficulty());
    }
}
