package io.minerops.core.service;

import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.network.CompactBits;
import io.minerops.core.network.EpochTable;
import io.minerops.core.network.Subsidy;
import io.minerops.core.profit.PowerPrices;
import io.minerops.core.profit.ProfitabilitySettings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What hashrate earned and power cost in each hour of the past: the price of the stored snapshots, the difficulty and
 * subsidy of the table of epochs, and the tariff of the hour. What is not stored of an hour is that of the nearest stored
 * time, so that an hour has the same figures whenever it is looked at; where nothing is stored, it is as it is now. What is
 * assumed so is in {@link Economics.Basis#assumed}. Not thread-safe.
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
        return market(hour)
                .filter(basis -> !Double.isNaN(basis.btcPriceUsd()))
                .map(basis -> MarketFigures.economics(settings, basis, hour));
    }

    /** The market of an hour, its price NaN where none is known; empty where the difficulty is not known. */
    Optional<Economics.Basis> market(Instant hour) {
        if (hour.isBefore(epochs.epochs().get(0).startedAt())) {
            return Optional.empty();
        }
        Set<Economics.Assumed> assumed = EnumSet.of(Economics.Assumed.FEES);
        Profitability ofHour = ofHour(hour);
        Profitability snapshot = ofHour == null ? nearest(hour) : ofHour;
        Double price = snapshot == null ? now.btcPriceUsd() : Double.valueOf(snapshot.btcPriceUsd());
        if (ofHour == null) {
            assumed.add(Economics.Assumed.PRICE);
        }
        Double difficulty = epochs.at(hour)
                .map(epoch -> CompactBits.difficulty(epoch.bits()))
                .orElse(null);
        if (difficulty == null) {
            difficulty = snapshot == null ? now.difficulty() : Double.valueOf(snapshot.networkDifficulty());
            if (ofHour == null) {
                assumed.add(Economics.Assumed.DIFFICULTY);
            }
        }
        return Optional.ofNullable(difficulty)
                .map(known -> new Economics.Basis(
                        price == null ? Double.NaN : price,
                        known,
                        Subsidy.atHeight(epochs.heightAt(hour) + 1),
                        settings.paidFeesBtc(now.feesBtcPerBlock()),
                        settings.payout().poolFeePct(),
                        assumed));
    }

    /** What power costs in an hour, whether or not the market of it is known. */
    PowerPrices.Now power(Instant hour) {
        return settings.prices().get().at(hour, settings.defaultTariff());
    }

    private @Nullable Profitability ofHour(Instant hour) {
        Map.Entry<Instant, Profitability> entry = stored.floorEntry(hour.plus(SNAPSHOT_LASTS));
        return entry == null || entry.getKey().isBefore(hour.minus(SNAPSHOT_LASTS)) ? null : entry.getValue();
    }

    private @Nullable Profitability nearest(Instant hour) {
        Map.Entry<Instant, Profitability> before = stored.floorEntry(hour);
        Map.Entry<Instant, Profitability> after = stored.ceilingEntry(hour);
        if (before == null || after == null) {
            return before != null ? before.getValue() : after == null ? null : after.getValue();
        }
        Duration back = Duration.between(before.getKey(), hour);
        return back.compareTo(Duration.between(hour, after.getKey())) <= 0 ? before.getValue() : after.getValue();
    }
}
