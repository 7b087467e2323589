package io.minerops.server.db;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.Baseline;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Silence;
import io.minerops.api.event.Event;
import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertQuery;
import io.minerops.api.store.AlertRow;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.FactQuery;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.HistorySource;
import io.minerops.api.store.RollupQuery;
import io.minerops.api.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store with rows of every kind, and what the interfaces give of it. */
final class FilledStore {
    static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    static final MinerAddress ONE = MinerAddress.of("10.0.0.1");
    static final MinerAddress TWO = MinerAddress.of("10.0.0.2");
    private static final MinerAddress MOVED = MinerAddress.of("10.0.0.9");
    private static final int HOURS = 5;

    private FilledStore() {}

    static Instant minute(int minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }

    static Poll poll(int minute, MinerAddress... miners) {
        List<MetricSample> samples = new ArrayList<>();
        for (MinerAddress miner : miners) {
            samples.add(MetricSample.builder(miner, minute(minute).plusMillis(7))
                    .set(Reading.HASHRATE_THS, 100.125 + minute + miner.hashCode() % 7)
                    .set(Reading.POWER_W, 3_250)
                    .set(Reading.AVG_TEMP_C, 61.5)
                    .build());
        }
        return Poll.of(minute(minute), samples);
    }

    static void fill(Store store, int events) {
        store.miners().register(List.of(ONE, MOVED), START);
        store.miners()
                .put(Miner.builder(ONE, START)
                        .location("hall B")
                        .site("Odessa")
                        .owner("Nina GmbH")
                        .powerCapW(3_000.5)
                        .build());
        store.miners().readdress(MOVED, TWO);
        AlertRule rule =
                store.rules().create(AlertRule.builder("hot", RuleType.TEMP).build(), START);
        AlertRule deleted =
                store.rules().create(AlertRule.builder("gone", RuleType.FAN).build(), START);
        store.rules().delete(deleted.id());
        store.silences()
                .create(
                        Silence.builder(minute(1), minute(61))
                                .miner(ONE)
                                .comment("fans")
                                .build(),
                        START);
        var applied = store.alerts()
                .apply(new AlertBatch(
                        store.alerts().version(),
                        minute(2),
                        List.of(raised(rule, ONE), raised(rule, TWO)),
                        List.of(),
                        Map.of(
                                new ConditionKey(rule.id(), ONE), ConditionState.raised(minute(2)),
                                new ConditionKey(rule.id(), TWO), ConditionState.raised(minute(2))),
                        Map.of(ONE, new Baseline(40, 100.0 / 3, minute(2)))));
        if (applied.isEmpty()) {
            throw new IllegalStateException("the alerts were not stored");
        }
        for (int event = 0; event < events; event++) {
            store.events()
                    .record(Event.of(
                            minute(event), Event.Level.INFO, "test", event % 2 == 0 ? ONE : null, "n " + event));
        }
        store.facts()
                .record(List.of(
                        new Fact(
                                Fact.UNSAVED, ONE, FactKind.BOARD_SERIAL, 2, "SN-2", "SN-1", "", minute(1), null, true),
                        Fact.of(ONE, new DeviceFault("264", "text", null, 0), minute(1)),
                        Fact.of(ONE, new DeviceFault("265", "text", null, 0), minute(1))));
        store.boards()
                .record(
                        minute(1),
                        Map.of(
                                ONE,
                                List.of(HashBoard.builder(2)
                                        .serial("SN-2")
                                        .set(BoardReading.all().get(0), 1.25)
                                        .build())));
        store.snapshots().save(List.of(snapshot(1, null), snapshot(1, ONE), snapshot(2, null)));
        for (int hour = 0; hour < HOURS; hour++) {
            for (int minute = 0; minute < 3; minute++) {
                store.metrics().append(poll(60 * hour + minute, ONE, TWO));
            }
        }
    }

    private static AlertBatch.Entry raised(AlertRule rule, MinerAddress miner) {
        Alert alert = new Alert(
                Alert.UNSAVED,
                minute(2),
                minute(2),
                rule.id(),
                rule.name(),
                miner,
                rule.type(),
                rule.severity(),
                AlertStatus.ACTIVE,
                false,
                "too hot",
                Map.of("avg_temp_c", 85.5),
                null,
                null,
                null,
                null,
                null,
                Alert.NotificationStatus.PENDING);
        return new AlertBatch.Entry(
                new AlertRow(alert, List.of(Destination.email()), true),
                List.of(new AlertBatch.Message(OutboxEntry.Kind.FIRING, Destination.email(), minute(2))));
    }

    private static ProfitabilitySnapshot snapshot(int minute, @Nullable MinerAddress miner) {
        return new ProfitabilitySnapshot(
                minute(minute),
                miner,
                miner == null ? 2 : 1,
                miner != null,
                new Profitability(
                        61_234.567, 1.1e14, 110.1, 3_250.7, 0.081, 78, 6.3, 1.0 / 3, 9, 3, 0.3, null, 29.5, null));
    }

    /** What the interfaces give, by kind. */
    static Map<String, Object> content(Store store) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("miners", store.miners().all());
        content.put("moves", store.miners().moves(0));
        content.put("rules", store.rules().all());
        content.put("silences", store.silences().all());
        List<Alert> alerts = store.alerts()
                .find(new AlertQuery(Set.of(), Set.of(), null, null, null, 100, null))
                .items();
        content.put("alerts", alerts);
        content.put("rows", store.alerts().rows(alerts.stream().map(Alert::id).toList()));
        content.put("state", store.alerts().load());
        content.put(
                "events",
                store.events()
                        .find(new EventQuery(Event.Level.INFO, null, null, 100, null))
                        .items());
        content.put(
                "facts",
                store.facts()
                        .find(new FactQuery(null, Set.of(), null, null, 100, null))
                        .items());
        content.put("boards", store.boards().history(ONE, START, minute(1_000), 100));
        content.put("fleet snapshots", store.snapshots().history(null, START, 100));
        content.put("miner snapshots", store.snapshots().history(ONE, START, 100));
        List<Object> samples = new ArrayList<>();
        store.metrics().history(new HistoryQuery(null, START, minute(1_000), null, 1_000), (at, sample) -> {
            samples.add(at);
            samples.add(sample);
        });
        content.put("samples", samples);
        for (HistorySource span : List.of(HistorySource.HOURLY, HistorySource.DAILY)) {
            List<Object> rollups = new ArrayList<>();
            store.metrics()
                    .rollups(new RollupQuery(null, span, START.minus(Duration.ofDays(1)), minute(3_000)), rollups::add);
            content.put("rollups " + span, rollups);
        }
        List<Object> latest = new ArrayList<>();
        var fleet = store.metrics().latest();
        for (int row = 0; row < fleet.size(); row++) {
            latest.add(fleet.miner(row).address());
            latest.add(fleet.epochMillis(row));
            latest.add(fleet.hashrateThs(row));
        }
        content.put("latest", latest);
        return content;
    }
}
