package io.minerops.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertTransition;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.Delivery;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.Notification;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.OutboxQuery;
import io.minerops.api.alert.OutboxStore;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.TransitionBatch;
import io.minerops.api.miner.MinerAddress;
import io.minerops.core.TestClock;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NotificationDispatcherTest {
    private static final Destination PAGER = Destination.of("pager");

    private final TestClock clock = new TestClock();
    private final InMemoryStore store = new InMemoryStore();
    private final RecordingNotifier pager = new RecordingNotifier("pager");
    private final RecordingNotifier chat = new RecordingNotifier("chat");
    private final NotificationDispatcher dispatcher = new NotificationDispatcher(
            store.outbox(), new NotificationChannels(List.of(pager, chat), List.of()), RetrySchedule.STANDARD, clock);
    private final AlertRule rule =
            store.rules().create(AlertRule.builder("hot", RuleType.TEMP).build(), TestClock.START);

    @Nested
    class Delivering {
        @Test
        void one_alert_is_one_message_and_goes_out_once() {
            raise(1, PAGER);

            assertThat(dispatcher.dispatchDue()).isEqualTo(1);
            assertThat(dispatcher.dispatchDue()).isZero();

            assertThat(pager.delivered).singleElement().isInstanceOf(Notification.Firing.class);
            assertThat(statuses()).containsExactly(OutboxEntry.Status.SENT);
        }

        @Test
        void up_to_three_alerts_are_told_one_by_one() {
            raise(3, PAGER);

            dispatcher.dispatchDue();

            assertThat(pager.delivered).hasSize(3).allMatch(Notification.Firing.class::isInstance);
        }

        @Test
        void a_storm_is_one_message_per_channel() {
            raise(200, PAGER, Destination.of("chat"));

            assertThat(dispatcher.dispatchDue()).isEqualTo(2);

            Notification.Grouped grouped = (Notification.Grouped) pager.delivered.get(0);
            assertThat(grouped.alerts()).hasSize(200);
            assertThat(grouped.kind()).isEqualTo(OutboxEntry.Kind.FIRING);
            assertThat(chat.delivered).hasSize(1);
        }

        @Test
        void what_begins_and_what_ends_are_told_apart() {
            raise(5, PAGER);
            dispatcher.dispatchDue();
            clearAll();

            dispatcher.dispatchDue();

            assertThat(((Notification.Grouped) pager.delivered.get(1)).kind()).isEqualTo(OutboxEntry.Kind.RESOLVED);
        }

        @Test
        void a_channel_that_fails_holds_up_no_other() {
            raise(1, PAGER, Destination.of("chat"));
            pager.answers(new Delivery.RetryAfter(null, "down"));

            dispatcher.dispatchDue();

            assertThat(statuses()).containsExactlyInAnyOrder(OutboxEntry.Status.PENDING, OutboxEntry.Status.SENT);
        }
    }

    @Nested
    class Retrying {
        @Test
        void waits_five_seconds_then_ten_then_twenty() {
            raise(1, PAGER);
            pager.answers(new Delivery.RetryAfter(null, "down"));
            dispatcher.dispatchDue();

            for (int seconds : new int[] {5, 10, 20}) {
                clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
                assertThat(dispatcher.dispatchDue()).isZero();
                clock.advance(Duration.ofMillis(1));
                assertThat(dispatcher.dispatchDue()).isEqualTo(1);
            }
        }

        @Test
        void waits_as_long_as_the_service_asks_for() {
            raise(1, PAGER);
            pager.answers(new Delivery.RetryAfter(Duration.ofMinutes(3), "slow down"));
            dispatcher.dispatchDue();

            clock.advance(Duration.ofSeconds(179));
            assertThat(dispatcher.dispatchDue()).isZero();
            clock.advance(Duration.ofSeconds(1));
            assertThat(dispatcher.dispatchDue()).isEqualTo(1);
        }

        @Test
        void sends_the_same_message_under_the_same_key() {
            raise(5, PAGER);
            pager.answers(new Delivery.RetryAfter(null, "down"));
            dispatcher.dispatchDue();
            raise(6, PAGER);
            clock.advance(Duration.ofSeconds(5));

            dispatcher.dispatchDue();

            List<String> keys = pager.delivered.stream().map(Notification::key).toList();
            assertThat(keys).hasSize(3);
            assertThat(keys.subList(1, 3)).containsOnlyOnce(keys.get(0));
        }

        @Test
        void ends_after_a_day_visibly() {
            raise(1, PAGER);
            pager.answers(new Delivery.RetryAfter(null, "down"));

            for (int tries = 0; tries < 200; tries++) {
                dispatcher.dispatchDue();
                clock.advance(Duration.ofMinutes(10));
            }

            OutboxEntry entry = entries().get(0);
            assertThat(entry.status()).isEqualTo(OutboxEntry.Status.FAILED);
            assertThat(entry.lastError()).isEqualTo("given up after 24 h: down");
        }

        @Test
        void ends_at_once_where_the_service_refuses_for_good() {
            raise(1, PAGER);
            pager.answers(new Delivery.Failed("no such channel"));

            dispatcher.dispatchDue();

            assertThat(entries().get(0).lastError()).isEqualTo("no such channel");
            assertThat(statuses()).containsExactly(OutboxEntry.Status.FAILED);
        }

        @Test
        void takes_up_what_a_crash_cut_short() {
            raise(1, PAGER);
            store.outbox()
                    .begin(List.of(new OutboxStore.Attempt(
                            entries().get(0).id(), "the-key", clock.instant().plusSeconds(60))));
            assertThat(dispatcher.dispatchDue()).isZero();

            clock.advance(Duration.ofSeconds(60));

            assertThat(dispatcher.dispatchDue()).isEqualTo(1);
            assertThat(pager.delivered.get(0).key()).isEqualTo("the-key");
        }
    }

    @Nested
    class Faults {
        @Test
        void a_notifier_that_throws_is_tried_again() {
            raise(1, PAGER);
            pager.answers(notification -> {
                throw new IllegalStateException("secret-token");
            });

            dispatcher.dispatchDue();

            assertThat(statuses()).containsExactly(OutboxEntry.Status.PENDING);
            assertThat(entries().get(0).lastError())
                    .contains("IllegalStateException")
                    .doesNotContain("secret-token");
        }

        @Test
        void a_stage_that_fails_is_tried_again() {
            raise(1, PAGER);
            pager.answers(notification -> CompletableFuture.failedFuture(new IllegalStateException("broken")));

            dispatcher.dispatchDue();

            assertThat(statuses()).containsExactly(OutboxEntry.Status.PENDING);
        }

        @Test
        void a_message_for_a_channel_that_nobody_serves_waits() {
            raise(1, Destination.of("fax"));

            dispatcher.dispatchDue();

            assertThat(entries().get(0).lastError()).isEqualTo("no notifier is set up for channel fax");
            assertThat(statuses()).containsExactly(OutboxEntry.Status.PENDING);
        }
    }

    private void raise(int miners, Destination... told) {
        List<AlertTransition> raised = IntStream.range(0, miners)
                .mapToObj(number -> new AlertTransition.Raised(
                        new ConditionKey(rule.id(), nextMiner(number)),
                        clock.instant(),
                        rule,
                        "too hot",
                        Map.of(),
                        List.of(told),
                        false))
                .map(AlertTransition.class::cast)
                .toList();
        apply(raised);
    }

    private MinerAddress nextMiner(int number) {
        long version = store.alerts().load().version();
        return MinerAddress.of("10." + version + "." + number / 200 + "." + (number % 200 + 1));
    }

    private void clearAll() {
        apply(store.alerts().load().conditions().entrySet().stream()
                .map(entry -> (AlertTransition) new AlertTransition.Cleared(
                        entry.getKey(),
                        clock.instant(),
                        Objects.requireNonNull(entry.getValue().open()).alertId(),
                        "cool"))
                .toList());
    }

    private void apply(List<AlertTransition> transitions) {
        store.alerts()
                .apply(new TransitionBatch(
                        store.alerts().load().version(), clock.instant(), transitions, Map.of(), Map.of()));
    }

    private List<OutboxEntry> entries() {
        return store.outbox().find(new OutboxQuery(Set.of(), 1_000, null)).items();
    }

    private List<OutboxEntry.Status> statuses() {
        return entries().stream().map(OutboxEntry::status).toList();
    }
}
