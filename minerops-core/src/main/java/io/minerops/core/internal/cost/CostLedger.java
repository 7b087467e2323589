package io.minerops.core.internal.cost;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCost;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.store.AlertQuery;
import io.minerops.api.store.PollQuery;
import io.minerops.api.store.Store;
import io.minerops.core.alert.type.Economics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what open alerts cost so far in the store, from the samples, the prices and the difficulty of each hour. All that it
 * remembers it can read from there again: instances that share a store come to the same figures. Of at most {@link
 * #MAX_ALERTS} open alerts, the newest. Not thread-safe.
 */
final class CostLedger {
    /** The most open alerts of which the cost is kept. */
    static final int MAX_ALERTS = 20_000;

    /** How far back the cost of an alert is calculated that has none in the store. */
    static final Duration MAX_BACK = Duration.ofDays(31);

    /** How long samples of an hour may come late. */
    private static final Duration SETTLES = Duration.ofMinutes(2);

    /** Alerts that ended so recently before the first update may lack their last minutes. */
    private static final Duration ENDED_WITHIN = Duration.ofHours(2);

    private static final Set<AlertStatus> OPEN = Set.of(AlertStatus.ACTIVE, AlertStatus.ACKNOWLEDGED);
    private static final Set<AlertStatus> CLOSED = Set.of(AlertStatus.RESOLVED, AlertStatus.AUTO_RESOLVED);
    private static final int PAGE = 1_000;
    private static final int EARLIER_ALERTS = 200;
    private static final int MINERS_AT_ONCE = 2_000;
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    private static final Comparator<AlertTrack> RAISED_FIRST = Comparator.comparing(
                    (AlertTrack track) -> track.alert().createdAt())
            .thenComparing(track -> track.alert().id());

    private final Store store;
    private final Function<Instant, Function<Instant, Optional<Economics>>> economics;
    private final Duration hold;
    private final Map<Long, AlertTrack> tracks = new LinkedHashMap<>();
    private boolean begun;

    /**
     * A ledger that remembers nothing yet.
     *
     * @param economics from a moment on, what hashrate earned and power cost in each hour
     * @param hold how long a sample holds, as for a miner that is online
     */
    CostLedger(Store store, Function<Instant, Function<Instant, Optional<Economics>>> economics, Duration hold) {
        this.store = store;
        this.economics = economics;
        this.hold = hold;
    }

    /** Brings the costs of all open alerts, and of those that ended since the last time, up to a moment. */
    void update(Instant now) {
        follow(now);
        bill();
        FleetSnapshot latest = store.metrics().latest();
        long first =
                tracks.values().stream().mapToLong(AlertTrack::nextHour).min().orElse(Long.MAX_VALUE);
        if (first <= now.toEpochMilli()) {
            Function<Instant, Optional<Economics>> past =
                    economics.apply(Instant.ofEpochMilli(first).minus(Duration.ofHours(1)));
            for (long hour = first; hour <= now.toEpochMilli(); hour += HOUR_MS) {
                calculate(
                        hour,
                        now,
                        latest,
                        past.apply(Instant.ofEpochMilli(hour)).orElse(null));
            }
        }
        save();
        tracks.values().removeIf(AlertTrack::isClosed);
        long settled = Math.floorDiv(now.minus(SETTLES).toEpochMilli(), HOUR_MS) * HOUR_MS;
        tracks.values().forEach(track -> track.settled(settled));
        begun = true;
    }

    private void follow(Instant now) {
        Map<Long, Alert> current = new HashMap<>();
        for (Alert alert : find(OPEN, MAX_ALERTS)) {
            current.put(alert.id(), alert);
        }
        for (AlertTrack track : List.copyOf(tracks.values())) {
            Alert alert = current.remove(track.alert().id());
            Alert known =
                    alert == null ? store.alerts().find(track.alert().id()).orElse(null) : alert;
            if (known == null || (alert == null && known.status().isOpen())) {
                tracks.remove(track.alert().id());
            } else {
                track.now(known);
            }
        }
        List<Alert> added = new ArrayList<>(current.values());
        if (!begun) {
            find(CLOSED, PAGE).stream()
                    .filter(alert -> endedAfter(alert, now.minus(ENDED_WITHIN)))
                    .forEach(added::add);
        }
        begin(added, now);
    }

    private static boolean endedAfter(Alert alert, Instant moment) {
        Instant ended = alert.resolvedAt();
        return ended != null && ended.isAfter(moment);
    }

    private List<Alert> find(Set<AlertStatus> statuses, int limit) {
        List<Alert> found = new ArrayList<>();
        String cursor = null;
        do {
            var page = store.alerts()
                    .find(new AlertQuery(statuses, Set.of(), null, null, null, Math.min(PAGE, limit), cursor));
            found.addAll(page.items());
            cursor = page.next();
        } while (cursor != null && found.size() < limit);
        return found;
    }

    /** An alert of many miners together has no cost of its own: each miner's is that of its alerts. */
    private void begin(List<Alert> added, Instant now) {
        List<Alert> ofMiners =
                added.stream().filter(alert -> alert.miner() != null).toList();
        Map<Long, List<AlertCost.OfDay>> known = ofMiners.isEmpty()
                ? Map.of()
                : store.alerts().costs(ofMiners.stream().map(Alert::id).toList()).stream()
                        .collect(Collectors.groupingBy(AlertCost.OfDay::alertId));
        for (Alert alert : ofMiners) {
            MinerAddress miner = Objects.requireNonNull(alert.miner());
            AlertTrack track = new AlertTrack(
                    alert,
                    miner,
                    RateReference.Before.read(store.metrics(), miner, alert.createdAt()),
                    known.getOrDefault(alert.id(), List.of()),
                    now.minus(MAX_BACK).toEpochMilli());
            track.now(alert);
            tracks.put(alert.id(), track);
            if (!begun) {
                track.billedFrom(endOfEarlier(alert, miner));
            }
        }
    }

    /** When the last closed alert of a miner ended that was raised before this one, ms since the epoch. */
    private long endOfEarlier(Alert alert, MinerAddress miner) {
        return store
                .alerts()
                .find(new AlertQuery(CLOSED, Set.of(), miner, null, null, EARLIER_ALERTS, null))
                .items()
                .stream()
                .filter(other -> other.id() < alert.id() && other.resolvedAt() != null)
                .mapToLong(other -> Objects.requireNonNull(other.resolvedAt()).toEpochMilli())
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** Of a miner's alerts that are open at a time, the one raised first has the bill. */
    private void bill() {
        Map<MinerAddress, List<AlertTrack>> byMiner =
                tracks.values().stream().collect(Collectors.groupingBy(AlertTrack::miner));
        for (List<AlertTrack> ofMiner : byMiner.values()) {
            ofMiner.sort(RAISED_FIRST);
            long end = Long.MIN_VALUE;
            for (AlertTrack track : ofMiner) {
                track.billedFrom(Math.max(end, track.billedFrom() == Long.MAX_VALUE ? end : track.billedFrom()));
                end = Math.max(end, track.end());
            }
        }
    }

    private void calculate(long hour, Instant now, FleetSnapshot latest, @Nullable Economics economicsOfHour) {
        if (economicsOfHour == null) {
            return;
        }
        List<AlertTrack> concerned = tracks.values().stream()
                .filter(track -> track.covers(hour) && latest.row(track.miner()) >= 0)
                .toList();
        Map<MinerAddress, List<AlertTrack>> byMiner = concerned.stream()
                .collect(Collectors.groupingBy(AlertTrack::miner, LinkedHashMap::new, Collectors.toList()));
        List<MinerAddress> miners = List.copyOf(byMiner.keySet());
        for (int from = 0; from < miners.size(); from += MINERS_AT_ONCE) {
            List<MinerAddress> some = miners.subList(from, Math.min(from + MINERS_AT_ONCE, miners.size()));
            MinerIndex roster = MinerIndex.of(some.stream()
                    .map(address -> latest.miner(latest.row(address)))
                    .toList());
            SpanSamples samples = read(hour, now, roster);
            for (int row = 0; row < roster.size(); row++) {
                calculate(
                        hour,
                        samples,
                        row,
                        roster.miner(row),
                        byMiner.getOrDefault(some.get(row), List.of()),
                        new AlertTrack.Prices(
                                economicsOfHour.revenueUsdPerThDay(),
                                economicsOfHour.powerUsdPerKwh(latest, latest.row(some.get(row))),
                                !economicsOfHour.priceAssumed()));
            }
        }
    }

    private static void calculate(
            long hour,
            SpanSamples samples,
            int row,
            Miner miner,
            Collection<AlertTrack> ofMiner,
            AlertTrack.Prices prices) {
        for (AlertTrack track : ofMiner) {
            RateReference reference = RateReference.of(miner, track.before());
            if (reference != null) {
                track.calculate(hour, samples, row, reference, prices);
            }
        }
    }

    private SpanSamples read(long hour, Instant now, MinerIndex roster) {
        SpanSamples samples = new SpanSamples(roster.size(), hold.toMillis());
        Instant since = Instant.ofEpochMilli(hour).minus(hold);
        Instant behind = Instant.ofEpochMilli(hour + HOUR_MS).plus(hold);
        Instant until = behind.isBefore(now) ? behind : now.plusMillis(1);
        store.metrics().polls(new PollQuery(roster, since, until, SpanSamples.READINGS), samples::add);
        return samples;
    }

    private void save() {
        Map<Long, AlertCost> totals = new HashMap<>();
        List<AlertCost.OfDay> days = new ArrayList<>();
        for (AlertTrack track : tracks.values()) {
            AlertCost total = track.total();
            if (total != null && track.changed(total)) {
                totals.put(track.alert().id(), total);
                days.addAll(track.days());
            }
        }
        if (!totals.isEmpty()) {
            store.alerts().putCosts(totals, days);
        }
    }
}
