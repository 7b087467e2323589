package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.StoreException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Silence;
import io.minerops.api.event.Event;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.Poll;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertQuery;
import io.minerops.api.store.FactQuery;
import io.minerops.api.store.HistoryQuery;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every {@link io.minerops.api.store.Store} must do once it is closed: refuse, and never give what it no longer holds. */
public abstract class ClosedStoreContract extends StoreContract {
    /** For subclasses. */
    protected ClosedStoreContract() {}

    @Test
    public void closing_twice_is_safe() {
        store.close();

        assertThatCode(() -> store.close()).doesNotThrowAnyException();
    }

    @TestFactory
    public Stream<DynamicTest> every_part_refuses() {
        poll(minute(0), sample(MINER, minute(0), 100));
        rule();
        store.close();
        return calls().entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(
                        call.getKey(),
                        () -> assertThatExceptionOfType(StoreException.class).isThrownBy(call.getValue())));
    }

    private Map<String, ThrowingCallable> calls() {
        AlertBatch batch = new AlertBatch(0, minute(1), List.of(), List.of(), Map.of(), Map.of());
        HistoryQuery history = new HistoryQuery(null, minute(0), minute(9), null, 10);
        AlertRule rule = AlertRule.builder("x", RuleType.TEMP).build();
        Event event = Event.of(minute(1), Event.Level.INFO, "test", null, "late");
        Silence silence = Silence.builder(minute(0), minute(9)).miner(MINER).build();
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("ping", () -> store.ping());
        Poll later = Poll.of(minute(1), List.of(sample(MINER, minute(1), 90)));
        calls.put("append a poll", () -> store.metrics().append(later));
        calls.put("latest samples", () -> store.metrics().latest());
        calls.put("history", () -> store.metrics().history(history, (at, sample) -> {}));
        calls.put("prune polls", () -> store.metrics().prune(minute(1)));
        calls.put("all miners", () -> store.miners().all());
        calls.put("a miner", () -> store.miners().find(MINER));
        calls.put("register a miner", () -> store.miners().register(List.of(OTHER), minute(1)));
        calls.put("readdress a miner", () -> store.miners().readdress(MINER, OTHER));
        calls.put("moves of miners", () -> store.miners().moves(0));
        calls.put("remove a miner", () -> store.miners().remove(MINER));
        calls.put("all rules", () -> store.rules().all());
        calls.put("the rules' version", () -> store.rules().version());
        calls.put("create a rule", () -> store.rules().create(rule, minute(1)));
        calls.put("load alert state", () -> store.alerts().load());
        calls.put("the alerts' version", () -> store.alerts().version());
        calls.put("rows of alerts", () -> store.alerts().rows(List.of(1L)));
        calls.put("apply a batch", () -> store.alerts().apply(batch));
        calls.put("find alerts", () -> store.alerts().find(AlertQuery.newest(1)));
        calls.put("count open alerts", () -> store.alerts().countOpen());
        calls.put("all silences", () -> store.silences().all());
        calls.put("create a silence", () -> store.silences().create(silence, minute(1)));
        calls.put("due messages", () -> store.outbox().due(minute(1), 1));
        calls.put("count messages", () -> store.outbox().count());
        calls.put("profitability", () -> store.snapshots().history(null, minute(0), 1));
        calls.put("record an event", () -> store.events().record(event));
        Fact fact = Fact.first(MINER, FactKind.MODEL, null, "x", minute(1));
        calls.put("record a fact", () -> store.facts().record(List.of(fact)));
        calls.put("facts that hold", () -> store.facts().holding(List.of(MINER)));
        calls.put("find facts", () -> store.facts().find(FactQuery.of(MINER)));
        calls.put("record boards", () -> store.boards().record(minute(1), Map.of()));
        calls.put("history of boards", () -> store.boards().history(MINER, minute(0), minute(1), 1));
        calls.put("acquire the lease", () -> store.lease().acquire("poll", Duration.ofMinutes(1)));
        return calls;
    }
}
