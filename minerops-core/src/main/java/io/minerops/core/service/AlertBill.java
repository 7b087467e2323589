package io.minerops.core.service;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCost;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What alerts have cost in a time, and where it went. An hour of a miner is on the bill once, under that of its open alerts that
 * was raised first, so the bill may be below the sum of what the alerts cost each. It is the sum of its lines.
 *
 * @param usd USD; below 0 where power that was not used was worth more than what the miners would have earned
 * @param lines the most expensive first
 */
public record AlertBill(double usd, List<Line> lines) {
    public AlertBill {
        lines = List.copyOf(lines);
    }

    /** What lines are of. */
    public enum By {
        /** The rule that raised the alert. */
        RULE,
        /** Vendor and model of the miner. */
        MODEL,
        /** The tags of the miner: one of several has its even part. */
        TAG,
        /** The miner. */
        MINER
    }

    /**
     * A line of the bill.
     *
     * @param rule the id of the rule; null in a bill by anything else
     * @param name the rule's name as of its newest alert, the model, the tag, or the address; null for miners without a known
     *     model or without tags
     * @param usd USD
     * @param alerts how many alerts are in it, those of several lines in each
     * @param counted the time that counts, of alerts of all miners
     */
    public record Line(@Nullable Long rule, @Nullable String name, double usd, long alerts, Duration counted) {}

    /** Whose a line is: a rule by its id, else a name. */
    private record Key(@Nullable Long rule, @Nullable String name) {}

    static AlertBill of(
            Collection<AlertCost.OfDay> days,
            Collection<Alert> alerts,
            Collection<Miner> registered,
            By by,
            @Nullable Predicate<Miner> counted) {
        Map<MinerAddress, Miner> miners = registered.stream().collect(Collectors.toMap(Miner::address, miner -> miner));
        Map<Long, Alert> byId = alerts.stream().collect(Collectors.toMap(Alert::id, alert -> alert));
        Map<Key, Sum> sums = new HashMap<>();
        for (AlertCost.OfDay day : days) {
            Alert alert = byId.get(day.alertId());
            if (alert == null || alert.miner() == null) {
                continue;
            }
            Miner miner = miners.get(alert.miner());
            if (counted == null || (miner != null && counted.test(miner))) {
                List<Key> keys = keys(alert, miner, by);
                keys.forEach(key -> sums.computeIfAbsent(key, line -> new Sum()).add(alert, day, keys.size()));
            }
        }
        List<Line> lines = sums.entrySet().stream()
                .map(entry -> entry.getValue().line(entry.getKey()))
                .sorted(Comparator.comparingDouble(Line::usd)
                        .reversed()
                        .thenComparing(Line::name, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
        return new AlertBill(lines.stream().mapToDouble(Line::usd).sum(), lines);
    }

    private static List<Key> keys(Alert alert, @Nullable Miner miner, By by) {
        return switch (by) {
            case RULE -> List.of(new Key(alert.ruleId(), null));
            case MODEL -> List.of(new Key(null, miner == null ? null : model(miner)));
            case TAG -> tags(miner);
            case MINER ->
                List.of(new Key(null, Objects.requireNonNull(alert.miner()).toString()));
        };
    }

    private static List<Key> tags(@Nullable Miner miner) {
        return miner == null || miner.tags().isEmpty()
                ? List.of(new Key(null, null))
                : miner.tags().stream().map(tag -> new Key(null, tag)).toList();
    }

    private static @Nullable String model(Miner miner) {
        String name = Stream.of(miner.vendor(), miner.model())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        return name.isEmpty() ? null : name;
    }

    /** Adds up the days of a line. */
    private static final class Sum {
        private final Set<Long> alerts = new HashSet<>();
        private final List<Double> parts = new ArrayList<>();
        private Duration counted = Duration.ZERO;
        private long newest;
        private String rule = "";

        void add(Alert alert, AlertCost.OfDay day, int lines) {
            alerts.add(alert.id());
            parts.add(day.billedUsd() / lines);
            counted = counted.plus(day.counted().dividedBy(lines));
            if (alert.id() > newest) {
                newest = alert.id();
                rule = alert.ruleName();
            }
        }

        Line line(Key key) {
            double usd = parts.stream().mapToDouble(Double::doubleValue).sum();
            return new Line(key.rule(), key.rule() == null ? key.name() : rule, usd, alerts.size(), counted);
        }
    }
}
