package io.minerops.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.Silence;
import io.minerops.api.alert.StatusChange;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.event.Event;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.notify.Delivery;
import io.minerops.api.notify.Notification;
import io.minerops.api.store.AlertQuery;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.HistoryQuery;
import io.minerops.core.MinerOps;
import io.minerops.core.dispatch.RecordingNotifier;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What an embedding program does with the facade, over a store in memory and a clock that a test sets. */
class ServicesTest {
    private static final MinerAddress ONE = MinerAddress.parse("10.0.0.1");
    private static final MinerAddress TWO = MinerAddress.parse("10.0.0.2");
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration WAIT = Duration.ofSeconds(20);

    private Instant now = BEGIN;
    private final InMemoryStore store = new InMemoryStore();
    private final RecordingNotifier mail = new RecordingNotifier("email");
    private final MinerOps ops = MinerOps.builder()
            .store(store)
            .notifier(mail)
            .clock(() -> now)
            .pollInterval(Duration.ofSeconds(30))
            .minerDeadline(Duration.ofSeconds(20))
            .build();

    @AfterEach
    void close() {
        ops.close();
    }

    private void hot(MinerAddress miner, double celsius) {
        ops.fleet().register(List.of(miner));
        store.metrics()
                .append(Poll.of(
                        now,
                        List.of(MetricSample.builder(miner, now)
                                .set(Reading.AVG_TEMP_C, celsius)
                                .set(Reading.HASHRATE_THS, 100)
                                .build())));
    }

    private AlertRule ruleAbove80() {
        return ops.rules()
                .create(AlertRule.builder("hot", RuleType.TEMP)
                        .thresholds(Thresholds.of("temp_c", 80))
                        .notifyEmail(true)
                        .build());
    }

    private Alert raised() {
        return ops.checkAlertsNow().raised().get(0);
    }

    @Nested
    class Fleet {
        @Test
        void a_miner_is_online_for_three_polls_with_their_deadlines() {
            hot(ONE, 60);
            now = BEGIN.plus(Duration.ofSeconds(3 * (30 + 5)));
            assertThat(ops.fleet().online()).extracting(Miner::address).containsExactly(ONE);

            now = now.plusMillis(1);
            assertThat(ops.fleet().online()).isEmpty();
            assertThat(ops.fleet().summary().offline()).isOne();
        }

        @Test
        void the_summary_adds_up_the_miners_that_are_online() {
            hot(TWO, 90);
            now = BEGIN.plus(Duration.ofHours(1));
            hot(ONE, 60);

            FleetSummary summary = ops.fleet().summary();

            assertThat(summary.total()).isEqualTo(2);
            assertThat(summary.online()).isOne();
            assertThat(summary.hashrateThs()).isEqualTo(100);
            assertThat(summary.avgTempC()).isEqualTo(60);
            assertThat(summary.powerW()).isNaN();
            assertThat(summary.lastSampleAt()).isEqualTo(now);
        }

        @Test
        void a_change_registers_a_miner_that_is_not_registered_at_the_time_of_the_clock() {
            Miner stored = ops.fleet()
                    .change(ONE, miner -> miner.toBuilder().location("rack 3").build());

            assertThat(stored.registeredAt()).isEqualTo(BEGIN);
            assertThat(ops.fleet().find(ONE))
                    .hasValueSatisfying(miner -> assertThat(miner.location()).isEqualTo("rack 3"));
            assertThat(ops.fleet().remove(ONE)).isTrue();
            assertThat(ops.fleet().all()).isEmpty();
        }

        @Test
        void a_change_cannot_move_a_miner() {
            assertThatThrownBy(() -> ops.fleet()
                            .change(ONE, miner -> Miner.builder(TWO, BEGIN).build()))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("address must stay 10.0.0.1");
            assertThat(ops.fleet().all()).isEmpty();
        }

        @Test
        void the_history_of_a_miner_is_read_in_its_order() {
            hot(ONE, 60);
            now = BEGIN.plusSeconds(30);
            hot(ONE, 61);
            List<Double> temperatures = new ArrayList<>();

            ops.fleet()
                    .history(
                            new HistoryQuery(ONE, BEGIN, now.plusMillis(1), null, 10),
                            (at, sample) -> temperatures.add(sample.value(Reading.AVG_TEMP_C)));

            assertThat(temperatures).containsExactly(60.0, 61.0);
            assertThat(ops.fleet()
                            .trend(ops.fleet().latest().roster(), Reading.HASHRATE_THS, Duration.ofHours(1), 4)
                            .values(0))
                    .contains(100.0);
        }
    }

    @Nested
    class Rules {
        private final AlertRule unknown =
                AlertRule.builder("odd", new RuleType("moonlight")).build();

        @Test
        void a_rule_that_the_engine_refuses_is_not_created_and_the_message_is_the_engines() {
            assertThatThrownBy(() -> ops.rules().create(unknown))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("rule_type must be one of")
                    .hasMessageContaining("moonlight");
            assertThat(ops.rules().all()).isEmpty();
        }

        @Test
        void a_rule_cannot_become_one_that_the_engine_refuses() {
            AlertRule rule = ruleAbove80();

            assertThatThrownBy(() -> ops.rules()
                            .update(rule.toBuilder()
                                    .thresholds(Thresholds.of("moon", 1))
                                    .build()))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("moon");
            assertThat(ops.rules().find(rule.id())).contains(rule);
        }

        @Test
        void one_refused_rule_keeps_a_whole_set_from_being_stored() {
            AlertRule good = AlertRule.builder("hot", RuleType.TEMP).build();

            assertThatThrownBy(() -> ops.rules().createIfNone(List.of(good, unknown)))
                    .isInstanceOf(InvalidArgumentException.class);
            assertThatThrownBy(() -> ops.rules().change(List.of(good, unknown), List.of(), List.of()))
                    .isInstanceOf(InvalidArgumentException.class);
            assertThat(ops.rules().all()).isEmpty();
        }

        @Test
        void a_rule_has_the_time_of_the_clock() {
            AlertRule rule = ruleAbove80();
            now = BEGIN.plusSeconds(5);

            AlertRule after =
                    ops.rules().update(rule.toBuilder().name("hotter").build()).orElseThrow();

            assertThat(rule.createdAt()).isEqualTo(BEGIN);
            assertThat(after.updatedAt()).isEqualTo(now);
        }

        @Test
        void deleting_a_rule_ends_its_alerts_at_once() {
            AlertRule rule = ruleAbove80();
            hot(ONE, 95);
            Alert alert = raised();

            assertThat(ops.rules().delete(rule.id()))
                    .hasValueSatisfying(
                            ended -> assertThat(ended).extracting(Alert::id).containsExactly(alert.id()));
            assertThat(ops.alerts().find(alert.id()).orElseThrow().status()).isEqualTo(AlertStatus.RESOLVED);
            assertThat(ops.rules().delete(rule.id())).isEmpty();
        }

        @Test
        void a_change_that_deletes_rules_ends_their_alerts_at_once() {
            AlertRule rule = ruleAbove80();
            hot(ONE, 95);
            raised();

            assertThat(ops.rules().change(List.of(), List.of(), List.of(rule.id())))
                    .isTrue();

            assertThat(ops.alerts().countOpen().values()).containsOnly(0L);
        }

        @Test
        void a_backtest_goes_back_a_positive_time() {
            assertThatThrownBy(() -> ops.rules().backtest(ruleAbove80(), Duration.ZERO, Duration.ofMinutes(2), 5))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageStartingWith("back must be");
        }

        @Test
        void a_rule_that_covers_no_miner_is_stored_with_a_warning() {
            assertThat(ops.rules().warnings(ruleAbove80())).anyMatch(warning -> warning.contains("covers no miner"));
            assertThat(ops.rules().sentence(ruleAbove80())).contains("80 °C");
        }
    }

    @Nested
    class Alerts {
        @Test
        void resolving_sends_the_end_without_waiting_for_the_next_dispatch() {
            CompletableFuture<Notification> end = new CompletableFuture<>();
            mail.answers(notification -> {
                if (resolved(notification)) {
                    end.complete(notification);
                }
                return CompletableFuture.completedFuture(new Delivery.Sent("1"));
            });
            ruleAbove80();
            hot(ONE, 95);
            Alert alert = raised();

            // the jobs are not started: nothing else would send it
            StatusChange change = ops.alerts().resolve(alert.id(), "nina", "fan replaced");

            assertThat(((StatusChange.Changed) change).alert().resolvedAt()).isEqualTo(now);
            assertThat(end.orTimeout(WAIT.toSeconds(), TimeUnit.SECONDS).join()).matches(this::resolved);
        }

        private boolean resolved(Notification notification) {
            return notification instanceof Notification.OfAlerts sent && sent.kind() == OutboxEntry.Kind.RESOLVED;
        }

        @Test
        void an_alert_is_acknowledged_once_at_the_time_of_the_clock() {
            ruleAbove80();
            hot(ONE, 95);
            Alert alert = raised();

            StatusChange first = ops.alerts().acknowledge(alert.id(), "nina");

            assertThat(((StatusChange.Changed) first).alert().acknowledgedAt()).isEqualTo(BEGIN);
            assertThat(ops.alerts().acknowledge(alert.id(), "otto")).isInstanceOf(StatusChange.Conflict.class);
            assertThat(ops.alerts().acknowledge(99, null)).isInstanceOf(StatusChange.NotFound.class);
            assertThat(ops.alerts().find(AlertQuery.newest(10)).items())
                    .singleElement()
                    .satisfies(stored -> assertThat(stored.acknowledgedBy()).isEqualTo("nina"));
        }

        @Test
        void open_alerts_are_counted_by_severity() {
            AlertRule rule = ruleAbove80();
            hot(ONE, 95);
            raised();

            assertThat(ops.alerts().countOpen()).containsEntry(rule.severity(), 1L);
            assertThat(ops.alerts().countOpen().keySet()).containsExactlyInAnyOrder(Severity.values());
            assertThat(ops.alerts().count().total()).isOne();
        }
    }

    @Nested
    class Silences {
        @Test
        void a_silence_marks_open_alerts_at_once_and_its_end_unmarks_them() {
            ruleAbove80();
            hot(ONE, 95);
            Alert alert = raised();

            Silence silence = ops.silences()
                    .create(Silence.builder(now, now.plusSeconds(3_600))
                            .miner(ONE)
                            .build());
            assertThat(silence.createdAt()).isEqualTo(BEGIN);
            assertThat(ops.alerts().find(alert.id()).orElseThrow().silenced()).isTrue();

            assertThat(ops.silences().end(silence.id())).isTrue();
            assertThat(ops.alerts().find(alert.id()).orElseThrow().silenced()).isFalse();
            assertThat(ops.silences().end(silence.id())).isFalse();
            assertThat(ops.silences().all()).isEmpty();
        }
    }

    @Nested
    class Notifications {
        @Test
        void channels_that_cannot_be_used_are_closed_and_change_nothing() {
            RecordingNotifier one = new RecordingNotifier("webhook");
            RecordingNotifier same = new RecordingNotifier("webhook");

            assertThatThrownBy(() -> ops.notifications().replaceChannels(List.of(one, same), List.of()))
                    .isInstanceOf(InvalidArgumentException.class);

            assertThat(one.closed).isTrue();
            assertThat(same.closed).isTrue();
            assertThat(ops.notifications().channels()).containsExactly("email");
        }

        @Test
        void channels_are_replaced_by_others() {
            ops.notifications().replaceChannels(List.of(new RecordingNotifier("webhook")), List.of());

            assertThat(ops.notifications().channels()).containsExactly("webhook");
            assertThat(mail.closed).isTrue();
        }
    }

    @Nested
    class Events {
        @Test
        void an_event_has_the_time_of_the_clock() {
            Event event = ops.events().record(Event.Level.INFO, "maintenance", ONE, "rack 3 is being cleaned");

            assertThat(event.at()).isEqualTo(BEGIN);
            assertThat(ops.events()
                            .find(new EventQuery(Event.Level.INFO, ONE, null, 10, null))
                            .items())
                    .containsExactly(event);
        }
    }
}
