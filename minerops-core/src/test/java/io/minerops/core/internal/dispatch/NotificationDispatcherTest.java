package io.minerops.core.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.StoreException;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.event.Event;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.notify.Delivery;
import io.minerops.api.notify.Notification;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.OutboxQuery;
import io.minerops.api.store.OutboxStore;
import io.minerops.core.TestClock;
import io.minerops.core.alert.AlertTransition;
import io.minerops.core.alert.Evaluation;
import io.minerops.core.alert.internal.change.AlertWriter;
import io.minerops.core.dispatch.RecordingNotifier;
import io.minerops.testkit.memory.InMemoryStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NotificationDispatcherTest {
    private static final Destination PAGER = Destination.of("pager");
    private static final CompletableFuture<Delivery> SENT = CompletableFuture.completedFuture(new Delivery.Sent("id"));

    private final TestClock clock = new TestClock();
    private final InMemoryStore store = new InMemoryStore();
    private final RecordingNotifier pager = new RecordingNotifier("pager");
    private final RecordingNotifier chat = new RecordingNotifier("chat");
    private final NotificationDispatcher dispatcher = new NotificationDispatcher(
            store.outbox(),
            store.events(),
            new NotificationChannels(List.of(pager, chat), List.of()),
            RetrySchedule.STANDARD,
            clock);
    private final AlertRule rule =
            store.rules().create(AlertRule.builder("hot", RuleType.TEMP).build(), TestClock.START);

    @Nested
    class Delivering {
        @Test
        void one_alert_is_one_message_and_goes_out_once() {
            raise(1, PAGER);

            assertThat(dispatcher.dispatchDue()).isEqualTo(1);
            assertThat(dispatcher.dispatchDue()).isZero();

            assertThat(kinds(pager)).containsExactly("1 FIRING");
            assertThat(statuses()).containsExactly(OutboxEntry.Status.SENT);
        }

        @Test
        void up_to_three_alerts_are_sent_one_by_one() {
            raise(3, PAGER);

            dispatcher.dispatchDue();

            assertThat(kinds(pager)).containsExactly("1 FIRING", "1 FIRING", "1 FIRING");
        }

        @Test
        void a_storm_is_one_message_per_channel() {
            raise(200, PAGER, Destination.of("chat"));

            assertThat(dispatcher.dispatchDue()).isEqualTo(2);

            Notification.OfAlerts grouped = (Notification.OfAlerts) pager.delivered.get(0);
            assertThat(grouped.alerts()).hasSize(200);
            assertThat(grouped.kind()).isEqualTo(OutboxEntry.Kind.FIRING);
            assertThat(chat.delivered).hasSize(1);
        }

        @Test
        void what_begins_and_what_ends_are_distinguished() {
            raise(5, PAGER);
            dispatcher.dispatchDue();
            clearAll();

            dispatcher.dispatchDue();

            assertThat(((Notification.OfAlerts) pager.delivered.get(1)).kind()).isEqualTo(OutboxEntry.Kind.RESOLVED);
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
        void waits_as_long_as_the_service_requests() {
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
                            entries().get(0).id(), 0, "the-key", clock.instant().plusSeconds(60))));
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
        void a_message_for_a_missing_channel_waits() {
            raise(1, Destination.of("fax"));

            dispatcher.dispatchDue();

            assertThat(entries().get(0).lastError()).isEqualTo("no notifier is set up for channel fax");
            assertThat(statuses()).containsExactly(OutboxEntry.Status.PENDING);
        }
    }

    @Nested
    class Poison {
        @Test
        void an_alert_of_the_whole_fleet_goes_out_in_a_group_and_before_those_of_its_severity() {
            raise(4, PAGER);
            raiseForFleet(PAGER);

            dispatcher.dispatchDue();

            assertThat(pager.delivered).singleElement().isInstanceOfSatisfying(Notification.OfAlerts.class, grouped -> {
                assertThat(grouped.alerts()).hasSize(5);
                assertThat(grouped.alerts().get(0).miner()).isNull();
            });
            assertThat(statuses()).containsOnly(OutboxEntry.Status.SENT);
        }

        @ParameterizedTest
        @EnumSource(Fault.class)
        void a_group_that_cannot_be_composed_is_sent_as_single_messages_with_an_event(Fault fault) {
            raise(5, PAGER);
            pager.answers(notification -> alerts(notification).size() > 1 ? fault.happen() : SENT);

            while (dispatcher.dispatchDue() > 0) {
                assertThat(pager.delivered).hasSizeLessThan(100);
            }

            assertThat(statuses()).hasSize(5).containsOnly(OutboxEntry.Status.SENT);
            assertThat(pager.delivered.stream().map(Notification::key).distinct())
                    .hasSize(6);
            assertThat(events())
                    .singleElement()
                    .asString()
                    .contains("one by one")
                    .contains("pager");
        }

        @Test
        void only_the_message_that_cannot_be_composed_fails_at_once_with_an_event() {
            raise(5, PAGER);
            MinerAddress poison =
                    Objects.requireNonNull(entries().get(2).alert().miner());
            pager.answers(notification -> alerts(notification).size() == 1
                            && !poison.equals(alerts(notification).get(0).miner())
                    ? SENT
                    : Fault.NOT_COMPOSED.happen());

            while (dispatcher.dispatchDue() > 0) {
                assertThat(pager.delivered).hasSizeLessThan(100);
            }

            assertThat(entries())
                    .filteredOn(entry -> entry.status() == OutboxEntry.Status.FAILED)
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.alert().miner()).isEqualTo(poison));
            assertThat(statuses()).filteredOn(OutboxEntry.Status.SENT::equals).hasSize(4);
            assertThat(events()).hasSize(2).anyMatch(event -> event.contains("1 message to pager failed"));
        }

        @Test
        void a_notifier_that_keeps_throwing_is_one_event_and_not_one_per_attempt() {
            raise(1, PAGER);
            pager.answers(notification -> Fault.THROWN.happen());

            for (int attempt = 0; attempt < 5; attempt++) {
                dispatcher.dispatchDue();
                clock.advance(Duration.ofMinutes(10));
            }

            assertThat(pager.delivered).hasSize(5);
            assertThat(events()).hasSize(1);
        }

        @Test
        void a_message_that_is_refused_for_good_is_an_event() {
            raise(1, PAGER);
            pager.answers(new Delivery.Failed("no such channel"));

            dispatcher.dispatchDue();

            assertThat(events()).singleElement().asString().contains("pager").contains("no such channel");
        }
    }

    /** Ways in which a notifier fails by itself. */
    enum Fault {
        NOT_COMPOSED {
            @Override
            CompletableFuture<Delivery> happen() {
                return CompletableFuture.completedFuture(Delivery.NotComposed.because(new NullPointerException()));
            }
        },
        THROWN {
            @Override
            CompletableFuture<Delivery> happen() {
                throw new IllegalArgumentException("no");
            }
        },
        FAILED_STAGE {
            @Override
            CompletableFuture<Delivery> happen() {
                return CompletableFuture.failedFuture(new NullPointerException());
            }
        };

        abstract CompletableFuture<Delivery> happen();
    }

    @Nested
    class Order {
        @Test
        void an_end_waits_for_the_beginning_and_follows_it_to_the_same_destination() {
            raise(1, PAGER, Destination.of("chat"));
            pager.answers(new Delivery.RetryAfter(Duration.ofMinutes(3), "down"));
            dispatcher.dispatchDue();
            clearAll();
            dispatcher.dispatchDue();

            assertThat(kinds(pager)).containsExactly("1 FIRING");
            assertThat(kinds(chat)).containsExactly("1 FIRING", "1 RESOLVED");
            pager.answers(new Delivery.Sent("id"));
            clock.advance(Duration.ofMinutes(3));
            while (dispatcher.dispatchDue() > 0) {
                assertThat(pager.delivered).hasSizeLessThan(100);
            }

            assertThat(kinds(pager)).containsExactly("1 FIRING", "1 FIRING", "1 RESOLVED");
        }
    }

    @Nested
    class Independence {
        private final List<CompletableFuture<Delivery>> hanging = new ArrayList<>();

        @Test
        void a_destination_that_hangs_holds_up_no_other_not_even_later_messages() {
            pager.answers(notification -> hang());
            raise(1, PAGER);
            assertThat(dispatcher.dispatchDue()).isEqualTo(1);
            raise(1, Destination.of("chat"));

            assertThat(dispatcher.dispatchDue()).isEqualTo(1);

            assertThat(hanging).singleElement().matches(attempt -> !attempt.isDone());
            assertThat(chat.delivered).hasSize(1);
            assertThat(statuses()).containsExactly(OutboxEntry.Status.SENT, OutboxEntry.Status.PENDING);
        }

        @Test
        void a_hanging_destination_has_a_limited_number_under_way_and_lets_full_batches_of_it_pass() {
            pager.answers(notification -> hang());
            for (int storm = 0; storm < 40; storm++) {
                raise(1, PAGER);
                dispatcher.dispatchDue();
            }
            raise(1, Destination.of("chat"));
            dispatcher.dispatchDue();

            assertThat(hanging).hasSize(AttemptsUnderWay.MAX_PER_DESTINATION);
            assertThat(chat.delivered).hasSize(1);
        }

        @Test
        void hundreds_of_hanging_destinations_that_are_known_to_be_slow_leave_room_for_others() {
            int many = 3 * AttemptsUnderWay.MAX_IN_TOTAL;
            pager.answers(notification -> hang());
            raise(1, hooks(many));
            dispatcher.dispatchDue();
            assertThat(hanging).hasSize(AttemptsUnderWay.MAX_IN_TOTAL);

            int rounds = 0;
            while (pager.delivered.size() < many || hanging.stream().anyMatch(attempt -> !attempt.isDone())) {
                clock.advance(Duration.ofSeconds(20));
                List.copyOf(hanging).forEach(attempt -> attempt.complete(new Delivery.RetryAfter(null, "late")));
                if (rounds++ > 20) {
                    break;
                }
                dispatcher.dispatchDue();
            }
            raise(1, Destination.of("chat"));
            dispatcher.dispatchDue();

            assertThat(chat.delivered).hasSize(1);
            assertThat(hanging.stream().filter(attempt -> !attempt.isDone()))
                    .hasSizeBetween(1, AttemptsUnderWay.MAX_SLOW);
        }

        private Destination[] hooks(int many) {
            // one notifier serves many destinations: those of the channel pager that differ in their webhook
            return IntStream.range(0, many)
                    .mapToObj(number -> new Destination(
                            "pager", Webhook.of("https://hooks.example.com/" + number, WebhookFormat.GENERIC)))
                    .toArray(Destination[]::new);
        }

        private CompletableFuture<Delivery> hang() {
            CompletableFuture<Delivery> attempt = new CompletableFuture<>();
            hanging.add(attempt);
            return attempt;
        }
    }

    @Test
    void an_outcome_that_cannot_be_stored_fails_the_next_runs_until_one_stores_it_and_the_message_is_not_sent_again() {
        AtomicBoolean full = new AtomicBoolean();
        NotificationDispatcher failing = dispatcher(outbox("finish", () -> {
            if (full.get()) {
                throw new StoreException("the disk is full");
            }
        }));
        raise(1, PAGER);
        full.set(true);
        assertThat(failing.dispatchDue()).isEqualTo(1);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(failing::dispatchDue)
                .withMessage("the disk is full");

        full.set(false);
        clock.advance(Duration.ofMinutes(1));
        assertThat(failing.dispatchDue()).isZero();
        assertThat(pager.delivered).hasSize(1);
        assertThat(statuses()).containsExactly(OutboxEntry.Status.SENT);
    }

    @Test
    void a_message_that_another_instance_begins_meanwhile_is_left_to_it() {
        raise(5, PAGER);
        long other = entries().get(2).id();
        NotificationDispatcher late = dispatcher(outbox("begin", () -> {
            var unused = store.outbox()
                    .begin(List.of(new OutboxStore.Attempt(
                            other, 0, "of-another", clock.instant().plusSeconds(60))));
        }));

        assertThat(late.dispatchDue()).isEqualTo(1);

        assertThat(alerts(pager.delivered.get(0))).hasSize(4);
        assertThat(statuses()).filteredOn(OutboxEntry.Status.SENT::equals).hasSize(4);
        assertThat(entries().get(2).groupKey()).isEqualTo("of-another");
    }

    @Test
    void a_message_that_other_instances_have_begun_is_not_sent() {
        raise(1, PAGER);
        NotificationDispatcher late = dispatcher(outbox("begin", dispatcher::dispatchDue));

        late.dispatchDue();

        assertThat(pager.delivered).hasSize(1);
    }

    @Test
    void a_process_that_is_suspended_between_the_beginning_and_the_sending_leaves_the_message_to_a_later_attempt() {
        raise(1, PAGER);
        NotificationDispatcher suspended = dispatcher(outbox("begin", () -> clock.advance(Duration.ofSeconds(31))));

        suspended.dispatchDue();
        assertThat(pager.delivered).isEmpty();

        clock.advance(Duration.ofSeconds(29));
        assertThat(dispatcher.dispatchDue()).isEqualTo(1);
        assertThat(statuses()).containsExactly(OutboxEntry.Status.SENT);
    }

    private NotificationDispatcher dispatcher(OutboxStore outbox) {
        return new NotificationDispatcher(
                outbox,
                store.events(),
                new NotificationChannels(List.of(pager), List.of()),
                RetrySchedule.STANDARD,
                clock);
    }

    /** The outbox of which something happens at the beginning of one method. */
    private OutboxStore outbox(String method, Runnable event) {
        return (OutboxStore) Proxy.newProxyInstance(
                OutboxStore.class.getClassLoader(), new Class<?>[] {OutboxStore.class}, (proxy, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        event.run();
                    }
                    return called.invoke(store.outbox(), arguments);
                });
    }

    private List<String> events() {
        return store.events().find(new EventQuery(Event.Level.INFO, null, null, 100, null)).items().stream()
                .map(Event::message)
                .toList();
    }

    private static List<Alert> alerts(Notification notification) {
        return ((Notification.OfAlerts) notification).alerts();
    }

    private static List<String> kinds(RecordingNotifier notifier) {
        return notifier.delivered.stream()
                .map(Notification.OfAlerts.class::cast)
                .map(event -> event.alerts().size() + " " + event.kind())
                .toList();
    }

    private void raiseForFleet(Destination... reported) {
        apply(List.of(new AlertTransition.Raised(
                new ConditionKey(rule.id(), null),
                clock.instant(),
                rule,
                "fleet",
                Map.of(),
                List.of(reported),
                false)));
    }

    private void raise(int miners, Destination... reported) {
        List<AlertTransition> raised = IntStream.range(0, miners)
                .mapToObj(number -> new AlertTransition.Raised(
                        new ConditionKey(rule.id(), nextMiner(number)),
                        clock.instant(),
                        rule,
                        "too hot",
                        Map.of(),
                        List.of(reported),
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
        new AlertWriter(store.alerts())
                .apply(new Evaluation(
                        store.alerts().version(), clock.instant(), transitions, Map.of(), Map.of(), List.of()));
    }

    private List<OutboxEntry> entries() {
        return store.outbox().find(new OutboxQuery(Set.of(), 1_000, null)).items();
    }

    private List<OutboxEntry.Status> statuses() {
        return entries().stream().map(OutboxEntry::status).toList();
    }
}
