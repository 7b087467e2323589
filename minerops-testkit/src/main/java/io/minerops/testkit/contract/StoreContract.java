package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertRow;
import io.minerops.api.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of the parts of a {@link Store} share: an empty store, and the methods that fill it. */
public abstract class StoreContract {
    /** The time at which each story begins. */
    protected static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    /** A miner of the stories. */
    protected static final MinerAddress MINER = MinerAddress.of("10.0.0.1");

    /** Another miner of the stories. */
    protected static final MinerAddress OTHER = MinerAddress.of("10.0.0.2");

    /** The store under test, empty at first. */
    protected Store store;

    /** For subclasses. */
    protected StoreContract() {}

    /** A new, empty store; closed after the test. */
    protected abstract Store openEmptyStore() throws Exception;

    @BeforeEach
    final void open() throws Exception {
        store = openEmptyStore();
    }

    @AfterEach
    final void close() {
        store.close();
    }

    static Instant minute(int minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }

    static MetricSample sample(MinerAddress miner, Instant at, double hashrateThs) {
        return MetricSample.builder(miner, at)
                .set(Reading.HASHRATE_THS, hashrateThs)
                .build();
    }

    void poll(Instant at, MetricSample... samples) {
        store.metrics().append(Poll.of(at, List.of(samples)));
    }

    AlertRule rule() {
        return store.rules().create(AlertRule.builder("hot", RuleType.TEMP).build(), START);
    }

    /** An alert to create, with the messages of its beginning. */
    static AlertBatch.Entry raised(
            AlertRule rule, @Nullable MinerAddress miner, Instant at, Destination... destinations) {
        Alert alert = begun(rule, miner, at, false)
                .notified(
                        null,
                        destinations.length == 0 ? Alert.NotificationStatus.NONE : Alert.NotificationStatus.PENDING);
        return entry(new AlertRow(alert, List.of(destinations), true), OutboxEntry.Kind.FIRING, at);
    }

    /** An alert that begins while a silence covers it: no message yet. */
    static AlertBatch.Entry raisedInSilence(
            AlertRule rule, @Nullable MinerAddress miner, Instant at, Destination... destinations) {
        return new AlertBatch.Entry(
                new AlertRow(begun(rule, miner, at, true), List.of(destinations), false), List.of());
    }

    private static Alert begun(AlertRule rule, @Nullable MinerAddress miner, Instant at, boolean silenced) {
        return new Alert(
                Alert.UNSAVED,
                at,
                at,
                rule.id(),
                rule.name(),
                miner,
                rule.type(),
                rule.severity(),
                AlertStatus.ACTIVE,
                silenced,
                "too hot",
                Map.of("avg_temp_c", 85.5),
                null,
                null,
                null,
                null,
                null,
                Alert.NotificationStatus.NONE);
    }

    /** A row with one message of that kind to each of its destinations. */
    static AlertBatch.Entry entry(AlertRow row, OutboxEntry.Kind kind, Instant at) {
        return new AlertBatch.Entry(
                row,
                row.destinations().stream()
                        .map(destination -> new AlertBatch.Message(kind, destination, at))
                        .toList());
    }

    /** A stored row as it is now. */
    AlertRow row(long alertId) {
        return store.alerts().rows(List.of(alertId)).get(0);
    }

    /** The stored row of an alert with the alert changed. */
    AlertRow changed(long alertId, UnaryOperator<Alert> change) {
        AlertRow row = row(alertId);
        return new AlertRow(change.apply(row.alert()), row.destinations(), row.announced());
    }

    AlertBatch batch(
            Instant at,
            Map<ConditionKey, ConditionState> conditions,
            List<AlertBatch.Entry> created,
            List<AlertBatch.Entry> changed) {
        return new AlertBatch(store.alerts().version(), at, created, changed, conditions, Map.of());
    }

    /** Stores changed rows on top of what the store holds now. */
    void change(Instant at, AlertBatch.Entry... changed) {
        assertThat(store.alerts().apply(batch(at, Map.of(), List.of(), List.of(changed))))
                .contains(List.of());
    }

    /** Raises one alert and gives its number. */
    long raise(AlertRule rule, @Nullable MinerAddress miner, Instant at, Destination... destinations) {
        return create(at, raised(rule, miner, at, destinations));
    }

    /** Stores a new alert with its condition and gives its number. */
    long create(Instant at, AlertBatch.Entry entry) {
        Alert alert = entry.row().alert();
        ConditionKey key = new ConditionKey(alert.ruleId(), alert.miner());
        return store.alerts()
                .apply(batch(at, Map.of(key, ConditionState.raised(at)), List.of(entry), List.of()))
                .orElseThrow()
                .get(0);
    }

    /** Ends an alert by itself; its condition goes on cooling down. */
    void clear(AlertRule rule, @Nullable MinerAddress miner, long alertId, Instant at) {
        ConditionState cooling = new ConditionState(null, null, minute(0), null, List.of(), 0, null);
        AlertRow closed = changed(alertId, alert -> alert.closed(AlertStatus.AUTO_RESOLVED, at, "cool again"));
        assertThat(store.alerts()
                        .apply(batch(
                                at,
                                Map.of(new ConditionKey(rule.id(), miner), cooling),
                                List.of(),
                                List.of(entry(closed, OutboxEntry.Kind.RESOLVED, at)))))
                .isPresent();
    }

    /** A user acknowledges an alert. */
    void acknowledge(long alertId, @Nullable String user, Instant at) {
        byUser(new AlertBatch.Entry(changed(alertId, alert -> alert.acknowledged(at, user)), List.of()));
    }

    /** A user resolves an alert. */
    void resolve(long alertId, Instant at) {
        AlertRow closed = changed(alertId, alert -> alert.closed(AlertStatus.RESOLVED, at, "new fan"));
        byUser(entry(closed, OutboxEntry.Kind.RESOLVED, at));
    }

    private void byUser(AlertBatch.Entry entry) {
        assertThat(store.alerts()
                        .apply(new AlertBatch(
                                store.alerts().version(), null, List.of(), List.of(entry), Map.of(), Map.of())))
                .isPresent();
    }
}
