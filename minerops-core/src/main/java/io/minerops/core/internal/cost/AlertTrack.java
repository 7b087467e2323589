package io.minerops.core.internal.cost;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCost;
import io.minerops.api.miner.MinerAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cost of one alert by the hour: its own, and the part that is on the bill. Of a miner's open alerts the one that was
 * raised first has the bill, so that no hour of the miner is on it twice. Not thread-safe.
 */
final class AlertTrack {
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    private static final long DAY_MS = Duration.ofDays(1).toMillis();
    private static final double MILLIS_PER_SECOND = 1_000;

    private final MinerAddress miner;
    private final RateReference.Before before;
    private final long from;
    private final NavigableMap<Long, HourCost> hours = new TreeMap<>();
    private Sum earlier = Sum.ZERO;
    private long since = Long.MAX_VALUE;
    private AlertCost.@Nullable Basis basis;
    private boolean complete = true;

    private Alert alert;
    private long end = Long.MAX_VALUE;
    private long billedFrom;
    private long nextHour;
    private @Nullable AlertCost stored;

    /**
     * The cost of an hour.
     *
     * @param usd the alert's own, USD
     * @param billedUsd what of it is on the bill, USD
     * @param countedS how long the time is that it is of, s
     * @param since the beginning of that time, ms since the epoch
     * @param complete whether power and price were known for all of it
     */
    record HourCost(
            double usd, double billedUsd, double countedS, long since, AlertCost.Basis basis, boolean complete) {}

    private record Sum(double usd, double countedS) {
        static final Sum ZERO = new Sum(0, 0);

        Sum plus(double otherUsd, double otherS) {
            return new Sum(usd + otherUsd, countedS + otherS);
        }
    }

    /**
     * Goes on where the stored costs end: their last day may not have been over, and is calculated again.
     *
     * @param days the stored costs of the alert, ascending by day
     * @param earliest what lies before it is not calculated, ms since the epoch
     */
    AlertTrack(
            Alert alert, MinerAddress miner, RateReference.Before before, List<AlertCost.OfDay> days, long earliest) {
        this.alert = alert;
        this.miner = miner;
        this.before = before;
        long begin = Math.max(alert.createdAt().toEpochMilli(), earliest);
        AlertCost known = alert.cost();
        for (int i = 0; i < days.size(); i++) {
            AlertCost.OfDay day = days.get(i);
            long start = day.day().toEpochMilli();
            if (i == days.size() - 1 && start >= earliest) {
                begin = Math.max(begin, start);
            } else {
                earlier = earlier.plus(day.usd(), day.counted().toMillis() / MILLIS_PER_SECOND);
            }
        }
        if (known != null && earlier.countedS() > 0) {
            since = known.since().toEpochMilli();
            complete = known.complete();
            basis = known.basis();
        }
        from = begin;
        billedFrom = from;
        nextHour = Math.floorDiv(from, HOUR_MS) * HOUR_MS;
        stored = known;
    }

    Alert alert() {
        return alert;
    }

    MinerAddress miner() {
        return miner;
    }

    RateReference.Before before() {
        return before;
    }

    /** The alert as it is now; where it is closed, no later time counts. */
    void now(Alert current) {
        alert = current;
        Instant closed = current.resolvedAt();
        end = closed == null ? Long.MAX_VALUE : closed.toEpochMilli();
    }

    boolean isClosed() {
        return end < Long.MAX_VALUE;
    }

    /** The end of the alert; {@link Long#MAX_VALUE} while it is open. */
    long end() {
        return end;
    }

    /** An alert that was raised before has the bill until a moment; {@link Long#MAX_VALUE} while that one is open. */
    void billedFrom(long moment) {
        billedFrom = moment == Long.MAX_VALUE ? moment : Math.max(from, moment);
    }

    long billedFrom() {
        return billedFrom;
    }

    /** The first hour that is to be calculated, ms since the epoch. */
    long nextHour() {
        return nextHour;
    }

    boolean covers(long hour) {
        return nextHour <= hour && hour < end && from < hour + HOUR_MS;
    }

    /** Calculates an hour, where its samples, the market and the price of power are known. */
    void calculate(long hour, SpanSamples samples, int row, RateReference reference, Prices prices) {
        long begin = Math.max(hour, from);
        long finish = Math.min(hour + HOUR_MS, end);
        Loss own = samples.between(row, begin, finish);
        double usd = prices.of(own, reference);
        if (own.observedS() == 0 || Double.isNaN(usd)) {
            hours.remove(hour);
            return;
        }
        long billed = Math.max(begin, billedFrom);
        double bill = billed == begin
                ? usd
                : billed >= finish ? 0 : prices.of(samples.between(row, billed, finish), reference);
        hours.put(
                hour,
                new HourCost(
                        usd,
                        Double.isNaN(bill) ? 0 : bill,
                        own.observedS(),
                        own.since(),
                        reference.basis(),
                        prices.known() && own.isPowerKnown(reference)));
    }

    /**
     * The prices of an hour.
     *
     * @param revenueUsdPerThDay what 1 TH/s earned in a day, USD
     * @param powerUsdPerKwh what a kWh cost the miner, USD; NaN where that is not known
     * @param known whether the price of a bitcoin was that of the hour, rather than the nearest one
     */
    record Prices(double revenueUsdPerThDay, double powerUsdPerKwh, boolean known) {
        /** What a loss costs, USD; NaN where the price of power is needed for it and not known. */
        double of(Loss loss, RateReference reference) {
            return loss.usd(reference, revenueUsdPerThDay, powerUsdPerKwh);
        }
    }

    /** The hours before one will not change; those before its UTC day and the day before that are only kept as a sum. */
    void settled(long hour) {
        nextHour = Math.max(nextHour, hour);
        NavigableMap<Long, HourCost> old = hours.headMap(Math.floorDiv(hour, DAY_MS) * DAY_MS - DAY_MS, false);
        for (HourCost cost : old.values()) {
            earlier = earlier.plus(cost.usd(), cost.countedS());
            remember(cost);
        }
        old.clear();
    }

    private void remember(HourCost cost) {
        since = Math.min(since, cost.since());
        complete &= cost.complete();
        basis = cost.basis();
    }

    /** What the alert has cost so far; null where nothing is known of it. */
    @Nullable
    AlertCost total() {
        Sum sum = earlier;
        long begin = since;
        boolean whole = complete;
        AlertCost.Basis of = basis;
        for (HourCost cost : hours.values()) {
            sum = sum.plus(cost.usd(), cost.countedS());
            begin = Math.min(begin, cost.since());
            whole &= cost.complete();
            of = cost.basis();
        }
        return of == null || sum.countedS() == 0
                ? null
                : new AlertCost(sum.usd(), Instant.ofEpochMilli(begin), seconds(sum.countedS()), of, whole);
    }

    /** Whether the total is another than the one that was given as stored; it then counts as stored. */
    boolean changed(@Nullable AlertCost total) {
        boolean other = !Objects.equals(total, stored);
        stored = total;
        return other;
    }

    /** The costs of the UTC days that the hours kept one by one belong to. */
    List<AlertCost.OfDay> days() {
        Map<Instant, List<HourCost>> byDay = new TreeMap<>();
        hours.forEach((hour, cost) -> byDay.computeIfAbsent(
                        Instant.ofEpochMilli(hour).truncatedTo(ChronoUnit.DAYS), day -> new ArrayList<>())
                .add(cost));
        List<AlertCost.OfDay> days = new ArrayList<>();
        byDay.forEach((day, costs) -> days.add(new AlertCost.OfDay(
                alert.id(),
                day,
                costs.stream().mapToDouble(HourCost::usd).sum(),
                costs.stream().mapToDouble(HourCost::billedUsd).sum(),
                seconds(costs.stream().mapToDouble(HourCost::countedS).sum()))));
        return days;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * MILLIS_PER_SECOND));
    }
}
