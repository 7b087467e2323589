package io.minerops.core.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.miner.MinerAddress;
import io.minerops.core.TestClock;
import io.minerops.core.alert.AlertTransition;
import io.minerops.core.alert.Evaluation;
import io.minerops.core.alert.internal.change.AlertWriter;
import io.minerops.core.dispatch.RecordingNotifier;
import io.minerops.testkit.memory.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

class AnyMixOfAlertsPropertiesTest {
    /** An alert to raise: of a rule of its own, so that any number of them may have no miner. */
    record Raise(Severity severity, int miner, boolean toPager, boolean toChat) {}

    @Provide
    Arbitrary<List<Raise>> mixes() {
        return Combinators.combine(
                        Arbitraries.of(Severity.class),
                        Arbitraries.frequencyOf(
                                Tuple.of(1, Arbitraries.just(0)),
                                Tuple.of(2, Arbitraries.integers().between(1, 250))),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(Raise::new)
                .list()
                .ofMaxSize(12);
    }

    @Property(tries = 200)
    void every_message_of_any_mix_of_alerts_is_delivered(@ForAll("mixes") List<Raise> mix) {
        TestClock clock = new TestClock();
        InMemoryStore store = new InMemoryStore();
        RecordingNotifier pager = new RecordingNotifier("pager");
        RecordingNotifier chat = new RecordingNotifier("chat");
        NotificationDispatcher dispatcher = new NotificationDispatcher(
                store.outbox(),
                store.events(),
                new NotificationChannels(List.of(pager, chat), List.of()),
                RetrySchedule.STANDARD,
                clock);
        new AlertWriter(store.alerts())
                .apply(new Evaluation(
                        store.alerts().version(),
                        clock.instant(),
                        raised(store, mix, clock),
                        Map.of(),
                        Map.of(),
                        List.of()));
        long messages = mix.stream()
                .mapToLong(raise -> (raise.toPager() ? 1 : 0) + (raise.toChat() ? 1 : 0))
                .sum();

        int runs = 0;
        while (dispatcher.dispatchDue() > 0) {
            assertThat(++runs).isLessThan(100);
        }

        assertThat(store.outbox().count())
                .containsEntry(OutboxEntry.Status.SENT, messages)
                .containsEntry(OutboxEntry.Status.PENDING, 0L)
                .containsEntry(OutboxEntry.Status.FAILED, 0L);
        boolean fleetInGroup = mix.stream().filter(Raise::toPager).count() > MessageGroup.MAX_SINGLES
                && mix.stream().anyMatch(raise -> raise.toPager() && raise.miner() == 0);
        Statistics.label("a group with an alert without a miner")
                .collect(fleetInGroup)
                .coverage(checker -> checker.check(true).percentage(share -> share > 10));
    }

    private static List<AlertTransition> raised(InMemoryStore store, List<Raise> mix, TestClock clock) {
        List<AlertTransition> raised = new ArrayList<>();
        for (Raise raise : mix) {
            AlertRule rule = store.rules()
                    .create(
                            AlertRule.builder("rule " + raised.size(), RuleType.TEMP)
                                    .severity(raise.severity())
                                    .build(),
                            clock.instant());
            List<Destination> reported = new ArrayList<>();
            if (raise.toPager()) {
                reported.add(Destination.of("pager"));
            }
            if (raise.toChat()) {
                reported.add(Destination.of("chat"));
            }
            MinerAddress miner = raise.miner() == 0 ? null : MinerAddress.of("10.0.0." + raise.miner());
            raised.add(new AlertTransition.Raised(
                    new ConditionKey(rule.id(), miner), clock.instant(), rule, "hot", Map.of(), reported, false));
        }
        return raised;
    }
}
