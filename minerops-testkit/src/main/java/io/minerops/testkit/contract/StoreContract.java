package io.minerops.testkit.contract;

import io.minerops.api.Store;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertTransition;
import io.minerops.api.alert.AppliedTransitions;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.TransitionBatch;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of the parts of a {@link Store} share: an empty store, and the words to fill it with. */
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

    AlertTransition.Raised raised(AlertRule rule, @Nullable MinerAddress miner, Instant at, Destination... told) {
        return new AlertTransition.Raised(
                new ConditionKey(rule.id(), miner),
                at,
                rule,
                "too hot",
                Map.of("avg_temp_c", 85.5),
                List.of(told),
                false);
    }

    static ConditionState raisedAt(Instant at) {
        return ConditionState.raised(at);
    }

    /** Applies transitions on top of what the store holds now. */
    AppliedTransitions apply(Instant at, Map<ConditionKey, ConditionState> conditions, AlertTransition... transitions) {
        return store.alerts()
                .apply(new TransitionBatch(
                        store.alerts().load().version(), at, List.of(transitions), conditions, Map.of()));
    }

    /** Raises one alert and gives its number. */
    long raise(AlertRule rule, @Nullable MinerAddress miner, Instant at, Destination... told) {
        AlertTransition.Raised begun = raised(rule, miner, at, told);
        AppliedTransitions applied = apply(at, Map.of(begun.key(), raisedAt(at)), begun);
        return ((AppliedTransitions.Applied) applied).raised().get(0).id();
    }

    AppliedTransitions clear(AlertRule rule, @Nullable MinerAddress miner, long alertId, Instant at) {
        ConditionKey key = new ConditionKey(rule.id(), miner);
        return apply(
                at,
                Map.of(key, new ConditionState(null, null, minute(0), null, List.of(), 0, null)),
                new AlertTransition.Cleared(key, at, alertId, "cool again"));
    }
}
