package io.minerops.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.StoreException;
import io.minerops.api.StoreException.Reason;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.event.Event;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.api.notify.Delivery;
import io.minerops.api.notify.Notification;
import io.minerops.api.store.AlertQuery;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.OutboxQuery;
import io.minerops.core.alert.internal.change.AlertWriter;
import io.minerops.core.discovery.MinerRange;
import io.minerops.core.dispatch.RecordingNotifier;
import io.minerops.core.health.Health.ComponentHealth;
import io.minerops.core.job.Job;
import io.minerops.core.job.ScriptedClient;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Alerts are checked and messages are sent while nothing can be stored, and what was sent is stored later. */
class AlertsDuringOutageTest {
    private static final MinerAddress MINER = MinerAddress.of("10.0.0.1");
    private static final double LIMIT_C = 90;

    private final TestClock clock = new TestClock();
    private final InMemoryStore store = new InMemoryStore();
    private final FailingWrites disk = new FailingWrites(store);
    private final ScriptedClient client = new ScriptedClient();
    private final RecordingNotifier mail = new RecordingNotifier("email");

    @SuppressWarnings("NullAway.Init") // built before each test
    private MinerOps ops;

    @BeforeEach
    void build() {
        store.rules()
                .create(
                        AlertRule.builder("hot", RuleType.TEMP)
                                .thresholds(Thresholds.of("temp_c", LIMIT_C))
                                .cooldown(Duration.ofMinutes(10))
                                .notifyEmail(true)
                                .build(),
                        clock.instant());
        ops = start();
        poll(60);
        dispatch();
    }

    private MinerOps start() {
        return MinerOps.builder()
                .store(disk.asStore())
                .minerClient(client)
                .miners(MinerRange.of(List.of(MINER)))
                .notifier(mail)
                .clock(clock)
                .without(Job.values())
                .build();
    }

    @AfterEach
    void close() {
        ops.close();
    }

    /** A poll, a check and a turn of the dispatcher, as they follow each other in a server. */
    private Instant poll(double temperature) {
        clock.advance(Duration.ofSeconds(30));
        MetricSample sample = MetricSample.builder(MINER, clock.instant())
                .set(Reading.HASHRATE_THS, 100)
                .set(Reading.AVG_TEMP_C, temperature)
                .build();
        client.answers(MINER, ScriptedClient.ok(sample));
        Instant at = ops.pollNow().at();
        ops.checkAlertsNow();
        return at;
    }

    /** What the dispatcher cannot store keeps it from the stored messages alone. */
    private void dispatch() {
        try {
            ops.run(Job.DISPATCH_NOTIFICATIONS);
        } catch (StoreException e) {
            assertThat(disk.fails || disk.failsAlone != null).isTrue();
        }
    }

    private List<Alert> alerts() {
        return store.alerts()
                .find(new AlertQuery(Set.of(), Set.of(), null, null, null, 10, null))
                .items();
    }

    private List<OutboxEntry> outbox() {
        return store.outbox().find(new OutboxQuery(Set.of(), 100, null)).items();
    }

    private List<OutboxEntry.Kind> sent() {
        return mail.delivered.stream()
                .map(Notification.OfAlerts.class::cast)
                .map(Notification.OfAlerts::kind)
                .toList();
    }

    private List<String> events() {
        return store.events().find(new EventQuery(Event.Level.INFO, null, null, 100, null)).items().stream()
                .map(Event::message)
                .toList();
    }

    @Test
    void a_message_is_sent_while_the_disk_is_full() {
        disk.fails = true;

        poll(95);
        dispatch();

        assertThat(sent()).containsExactly(OutboxEntry.Kind.FIRING);
        assertThat(alerts()).isEmpty();
        assertThat(ops.health().components())
                .filteredOn(component -> component.name().equals("alert-buffer"))
                .extracting(ComponentHealth::error)
                .singleElement()
                .asString()
                .contains("1 alerts that began and 1 messages, of which 1 were sent: apply: the disk is full");
    }

    @Test
    void one_alert_is_raised_however_many_checks_find_it() {
        disk.fails = true;

        poll(95);
        poll(96);
        poll(97);
        dispatch();

        assertThat(sent()).containsExactly(OutboxEntry.Kind.FIRING);
    }

    @Test
    void when_the_disk_has_room_the_alert_is_stored_with_its_time_and_its_message_is_sent_once() {
        disk.fails = true;
        Instant hot = poll(95);
        dispatch();
        disk.fails = false;

        poll(95);
        dispatch();

        assertThat(sent()).containsExactly(OutboxEntry.Kind.FIRING);
        assertThat(alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.id()).isPositive();
            assertThat(alert.createdAt()).isEqualTo(hot);
            assertThat(alert.status()).isEqualTo(AlertStatus.ACTIVE);
            assertThat(alert.notificationStatus()).isEqualTo(Alert.NotificationStatus.SENT);
        });
        assertThat(outbox()).singleElement().satisfies(entry -> {
            assertThat(entry.status()).isEqualTo(OutboxEntry.Status.SENT);
            assertThat(entry.createdAt()).isEqualTo(hot);
        });
        assertThat(ops.health().components())
                .filteredOn(component -> component.name().equals("alert-buffer"))
                .allMatch(ComponentHealth::ok);
        assertThat(events())
                .anySatisfy(
                        message -> assertThat(message)
                                .contains(
                                        "are stored: 1 alerts that began, 0 that changed; 1 of 1 messages were sent meanwhile"));
    }

    @Test
    void an_alert_that_began_and_ended_meanwhile_is_stored_with_both_times_and_both_messages() {
        disk.fails = true;
        Instant hot = poll(95);
        dispatch();
        Instant cool = poll(60);
        dispatch();
        disk.fails = false;

        poll(60);
        dispatch();

        assertThat(sent()).containsExactly(OutboxEntry.Kind.FIRING, OutboxEntry.Kind.RESOLVED);
        assertThat(alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.status()).isEqualTo(AlertStatus.AUTO_RESOLVED);
            assertThat(alert.createdAt()).isEqualTo(hot);
            assertThat(alert.resolvedAt()).isEqualTo(cool);
        });
        assertThat(outbox()).hasSize(2).allMatch(entry -> entry.status() == OutboxEntry.Status.SENT);
    }

    @Test
    void an_alert_that_was_open_before_ends_meanwhile() {
        Instant hot = poll(95);
        dispatch();
        disk.fails = true;
        Instant cool = poll(60);
        dispatch();
        disk.fails = false;

        poll(60);
        dispatch();

        assertThat(sent()).containsExactly(OutboxEntry.Kind.FIRING, OutboxEntry.Kind.RESOLVED);
        assertThat(alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.createdAt()).isEqualTo(hot);
            assertThat(alert.resolvedAt()).isEqualTo(cool);
        });
        assertThat(outbox()).hasSize(2).allMatch(entry -> entry.status() == OutboxEntry.Status.SENT);
    }

    @Test
    void the_stored_alert_goes_on_with_its_cooldown_and_ends_as_any_other() {
        disk.fails = true;
        poll(95);
        dispatch();
        disk.fails = false;
        poll(95);
        dispatch();
        clock.advance(Duration.ofMinutes(10));

        poll(95);
        dispatch();
        poll(60);
        dispatch();

        assertThat(sent())
                .containsExactly(OutboxEntry.Kind.FIRING, OutboxEntry.Kind.REMINDER, OutboxEntry.Kind.RESOLVED);
        assertThat(alerts()).singleElement().matches(alert -> alert.status() == AlertStatus.AUTO_RESOLVED);
    }

    @Test
    void a_message_that_was_not_delivered_meanwhile_is_delivered_from_the_store() {
        mail.answers(new Delivery.RetryAfter(null, "the mail server is away"));
        disk.fails = true;
        poll(95);
        dispatch();
        mail.answers(new Delivery.Sent("id"));
        disk.fails = false;

        poll(95);
        dispatch();

        assertThat(sent()).containsExactly(OutboxEntry.Kind.FIRING, OutboxEntry.Kind.FIRING);
        assertThat(outbox()).singleElement().matches(entry -> entry.status() == OutboxEntry.Status.SENT);
    }

    @Test
    void alerts_wait_to_be_stored_until_the_end_of_an_attempt_under_way_is_known() {
        CompletableFuture<Delivery> attempt = new CompletableFuture<>();
        mail.answers(notification -> attempt);
        disk.fails = true;
        poll(95);
        dispatch();
        disk.fails = false;

        poll(95);
        assertThat(alerts()).isEmpty();
        attempt.complete(new Delivery.Sent("id"));
        poll(95);
        dispatch();

        assertThat(sent()).containsExactly(OutboxEntry.Kind.FIRING);
        assertThat(outbox()).singleElement().matches(entry -> entry.status() == OutboxEntry.Status.SENT);
    }

    @Test
    void nothing_is_sent_again_where_the_store_fails_between_the_alerts_and_the_outcome_of_their_messages() {
        disk.fails = true;
        poll(95);
        dispatch();
        disk.fails = false;
        disk.failsAlone = "finish";
        poll(95);
        dispatch();
        assertThat(outbox()).singleElement().matches(entry -> entry.status() == OutboxEntry.Status.PENDING);
        disk.failsAlone = null;

        dispatch();

        assertThat(sent()).containsExactly(OutboxEntry.Kind.FIRING);
        assertThat(outbox()).singleElement().matches(entry -> entry.status() == OutboxEntry.Status.SENT);
    }

    @Test
    void what_a_process_that_ends_meanwhile_has_sent_is_sent_again_by_the_next() {
        disk.fails = true;
        poll(95);
        dispatch();
        MinerOps killed = ops;
        ops = start();
        disk.fails = false;

        poll(95);
        dispatch();

        assertThat(sent()).containsExactly(OutboxEntry.Kind.FIRING, OutboxEntry.Kind.FIRING);
        assertThat(alerts()).hasSize(1);
        killed.close();
    }

    @Test
    void what_waits_is_stored_before_the_store_is_closed() {
        disk.fails = true;
        poll(95);
        dispatch();
        disk.fails = false;

        ops.close();

        assertThat(alerts()).hasSize(1);
        assertThat(outbox()).singleElement().matches(entry -> entry.status() == OutboxEntry.Status.SENT);
    }

    @Test
    void an_alert_that_a_user_resolved_before_the_checks_were_stored_stays_resolved() {
        poll(95);
        dispatch();
        long id = alerts().get(0).id();
        disk.fails = true;
        poll(60);
        disk.fails = false;

        new AlertWriter(store.alerts()).resolve(id, "nina", "seen to", clock.instant());
        poll(60);
        dispatch();

        assertThat(alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.status()).isEqualTo(AlertStatus.RESOLVED);
            assertThat(alert.resolutionNote()).contains("nina");
        });
        assertThat(sent()).startsWith(OutboxEntry.Kind.FIRING).hasSize(2);
    }

    @Test
    void a_user_cannot_change_an_alert_that_cannot_be_stored() {
        poll(95);
        dispatch();
        long id = alerts().get(0).id();
        disk.fails = true;
        poll(95);

        assertThatThrownBy(() -> ops.alerts().acknowledge(id, "nina"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the alert is not changed: the store fails since");

        disk.fails = false;
        ops.alerts().acknowledge(id, "nina");
        poll(95);
        assertThat(alerts()).singleElement().matches(alert -> alert.status() == AlertStatus.ACKNOWLEDGED);
    }

    @Test
    void a_check_that_a_working_store_refuses_fails_as_before() {
        disk.reason = Reason.OTHER;
        disk.failsAlone = "apply";

        assertThatThrownBy(() -> poll(95)).isInstanceOf(StoreException.class);
        dispatch();

        assertThat(sent()).isEmpty();
    }

    @Test
    void checks_that_the_store_refuses_for_good_are_dropped_and_made_again() {
        disk.fails = true;
        poll(95);
        dispatch();
        disk.fails = false;
        disk.reason = Reason.OTHER;
        disk.failsAlone = "apply";
        assertThatThrownBy(() -> {
                    while (true) {
                        poll(95);
                    }
                })
                .isInstanceOf(StoreException.class);
        disk.failsAlone = null;

        poll(95);
        dispatch();

        assertThat(alerts()).hasSize(1);
        assertThat(sent()).containsExactly(OutboxEntry.Kind.FIRING, OutboxEntry.Kind.FIRING);
        assertThat(events()).anySatisfy(message -> assertThat(message).contains("were dropped, and are made again"));
    }

    @Test
    void samples_that_wait_are_part_of_the_history_that_rules_look_back_on() {
        store.rules()
                .create(
                        AlertRule.builder("sudden", RuleType.RATE_OF_CHANGE)
                                .thresholds(Thresholds.of(Map.of("avg_temp_c", 15.0, "within_minutes", 5.0)))
                                .notifyEmail(true)
                                .build(),
                        clock.instant());
        disk.fails = true;
        poll(60);
        poll(60);

        poll(85);
        dispatch();

        assertThat(sent()).containsExactly(OutboxEntry.Kind.FIRING);
    }
}
