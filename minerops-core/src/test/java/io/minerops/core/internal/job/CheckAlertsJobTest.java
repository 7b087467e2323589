package io.minerops.core.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.StoreException;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Silence;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.event.Event;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.AlertQuery;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.OutboxQuery;
import io.minerops.core.TestClock;
import io.minerops.core.alert.AlertTransition.Counts;
import io.minerops.core.alert.RuleStatistics;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.alert.internal.change.AlertWriter;
import io.minerops.core.internal.dispatch.AlertAddressing;
import io.minerops.core.job.AlertReport;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CheckAlertsJobTest {
    private static final MinerAddress MINER = MinerAddress.of("10.0.0.1");
    private static final Destination MAIL = Destination.email();
    private static final Destination PAGER =
            Destination.webhook(Webhook.of("https://pager.example.com/in", WebhookFormat.GENERIC));

    private final TestClock clock = new TestClock();
    private final InMemoryStore store = new InMemoryStore();
    private final List<AlertReport> reports = new ArrayList<>();
    private Consumer<AlertReport> first = report -> {};
    private Supplier<Instant> observedSince = () -> TestClock.START;
    private final CheckAlertsJob job = new CheckAlertsJob(
            store,
            RuleTypes.standard(),
            () -> new AlertAddressing(List.of("email", "webhook"), List.of(PAGER)),
            () -> observedSince.get(),
            Optional::empty,
            clock,
            List.of(report -> first.accept(report), reports::add));

    private void hotRule(Map<String, Double> thresholds) {
        store.rules()
                .create(
                        AlertRule.builder("too hot", RuleType.TEMP)
                                .thresholds(Thresholds.of(thresholds))
                                .build(),
                        TestClock.START);
    }

    private void temperature(double celsius) {
        temperature(celsius, clock.instant());
    }

    private void temperature(double celsius, Instant at) {
        store.metrics()
                .append(Poll.of(
                        at,
                        List.of(MetricSample.builder(MINER, at)
                                .set(Reading.AVG_TEMP_C, celsius)
                                .build())));
    }

    private AlertReport check() {
        job.run();
        return reports.get(reports.size() - 1);
    }

    private List<OutboxEntry> outbox() {
        return store.outbox().find(new OutboxQuery(Set.of(), 50, null)).items();
    }

    private List<String> warnings() {
        return store.events().find(new EventQuery(Event.Level.WARNING, null, null, 50, null)).items().stream()
                .map(Event::message)
                .toList();
    }

    @Test
    void an_alert_is_stored_together_with_its_message() {
        hotRule(Map.of());
        temperature(90);

        AlertReport report = check();

        assertThat(report.raised()).extracting(Alert::miner).containsExactly(MINER);
        assertThat(outbox()).extracting(OutboxEntry::destination).containsExactly(MAIL);
        assertThat(job.lastCheck()).isEqualTo(report);
    }

    @Test
    void its_end_is_reported_and_sent() {
        hotRule(Map.of());
        temperature(90);
        check();
        clock.advance(Duration.ofMinutes(2));
        temperature(60);

        AlertReport report = check();

        assertThat(report.resolved()).extracting(Alert::status).containsExactly(AlertStatus.AUTO_RESOLVED);
        assertThat(outbox())
                .extracting(OutboxEntry::kind)
                .containsExactlyInAnyOrder(OutboxEntry.Kind.FIRING, OutboxEntry.Kind.RESOLVED);
    }

    @Test
    void an_unacknowledged_alert_goes_to_the_escalation_recipients() {
        hotRule(Map.of("escalate_after_minutes", 10.0));
        temperature(90);
        check();
        clock.advance(Duration.ofMinutes(10));
        temperature(90);
        check();

        assertThat(outbox())
                .filteredOn(entry -> entry.kind() == OutboxEntry.Kind.ESCALATED)
                .extracting(OutboxEntry::destination)
                .containsExactly(PAGER);
    }

    @Test
    void a_check_is_repeated_when_the_state_changed_meanwhile() {
        hotRule(Map.of());
        temperature(90);
        check();
        long alert = store.alerts().find(AlertQuery.newest(1)).items().get(0).id();
        clock.advance(Duration.ofMinutes(2));
        temperature(60);
        List<Instant> times = new ArrayList<>();
        observedSince = () -> {
            if (times.isEmpty()) {
                new AlertWriter(store.alerts()).acknowledge(alert, "ops", clock.instant());
            }
            times.add(clock.instant());
            return TestClock.START;
        };

        AlertReport report = check();

        assertThat(times).hasSize(2);
        assertThat(report.stale()).isEqualTo(1);
        assertThat(report.resolved()).extracting(Alert::acknowledgedBy).containsExactly("ops");
    }

    @Test
    void a_check_that_is_interfered_with_each_time_says_so() {
        hotRule(Map.of());
        observedSince = () -> {
            clock.advance(Duration.ofMinutes(1));
            temperature(90);
            new CheckAlertsJob(
                            store,
                            RuleTypes.standard(),
                            () -> new AlertAddressing(List.of(), List.of()),
                            () -> TestClock.START,
                            Optional::empty,
                            clock,
                            List.of())
                    .run();
            new AlertWriter(store.alerts())
                    .resolve(
                            store.alerts()
                                    .find(AlertQuery.newest(1))
                                    .items()
                                    .get(0)
                                    .id(),
                            null,
                            null,
                            clock.instant());
            clock.advance(Duration.ofMinutes(31));
            return TestClock.START;
        };
        temperature(90);

        assertThatThrownBy(job::run)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is another instance checking the same store?");
    }

    @Test
    void a_changed_rule_counts_from_the_next_check() {
        temperature(90);
        check();
        hotRule(Map.of());
        clock.advance(Duration.ofSeconds(1));

        assertThat(check().raised()).hasSize(1);
    }

    @Test
    void a_rule_that_cannot_be_watched_is_reported_once_and_stops_no_other() {
        store.rules()
                .create(AlertRule.builder("nonsense", new RuleType("tides")).build(), TestClock.START);
        hotRule(Map.of());
        temperature(90);

        assertThat(check().raised()).hasSize(1);
        check();

        assertThat(warnings()).singleElement().asString().contains("tides");
    }

    @Test
    void a_sample_from_the_future_is_reported_once() {
        temperature(90, TestClock.START.plus(Duration.ofHours(1)));

        check();
        check();

        assertThat(warnings()).singleElement().asString().contains("a time in the future");
    }

    @Test
    void a_rule_that_looks_back_sees_what_the_store_has_from_before_the_start() {
        store.rules()
                .create(
                        AlertRule.builder("restarts", RuleType.RESTART)
                                .thresholds(Thresholds.of("restarts", 2))
                                .build(),
                        TestClock.START);
        elapsed(9_000);
        elapsed(20);
        elapsed(50);
        elapsed(20);

        assertThat(check().raised()).extracting(Alert::message).containsExactly("Restarted 2 times within 60 min");
    }

    @Test
    void a_rule_that_looks_back_reads_on_from_check_to_check_and_forgets() {
        store.rules()
                .create(
                        AlertRule.builder("restarts", RuleType.RESTART)
                                .thresholds(Thresholds.of("restarts", 1))
                                .build(),
                        TestClock.START);
        elapsed(9_000);
        assertThat(check().raised()).isEmpty();
        elapsed(20);
        assertThat(check().raised()).hasSize(1);
        clock.advance(Duration.ofMinutes(61));
        elapsed(3_700);
        elapsed(3_730);

        assertThat(check().resolved()).hasSize(1);
    }

    private void elapsed(double seconds) {
        clock.advance(Duration.ofSeconds(30));
        store.metrics()
                .append(Poll.of(
                        clock.instant(),
                        List.of(MetricSample.builder(MINER, clock.instant())
                                .set(Reading.ELAPSED_S, seconds)
                                .build())));
    }

    @Test
    void the_statistics_say_what_each_rule_saw() {
        hotRule(Map.of());
        temperature(90);
        check();

        assertThat(job.statistics()).extracting(RuleStatistics::violated).containsExactly(1);
    }

    @Test
    void the_report_says_what_was_changed_and_put_into_the_outbox() {
        hotRule(Map.of());
        temperature(90);

        AlertReport report = check();

        assertThat(report.at()).isEqualTo(clock.instant());
        assertThat(report.took()).isPositive();
        assertThat(report.transitions()).isEqualTo(new Counts(1, 0, 0, 0, 0, 0, 0));
        assertThat(report.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.ruleName()).isEqualTo("too hot");
            assertThat(rule.open()).isEqualTo(1);
            assertThat(rule.transitions()).isEqualTo(report.transitions());
        });
        assertThat(report.enqueued()).isEqualTo(1);
        assertThat(report.stale()).isZero();
    }

    @Test
    void a_check_that_changes_nothing_reports_nothing() {
        hotRule(Map.of());
        temperature(90);
        check();
        clock.advance(Duration.ofMinutes(2));

        AlertReport report = check();

        assertThat(report.transitions()).isEqualTo(Counts.NONE);
        assertThat(report.rules()).extracting(RuleStatistics::transitions).containsExactly(Counts.NONE);
        assertThat(report.enqueued()).isZero();
    }

    @Test
    void the_end_of_a_deleted_rules_alert_counts_for_the_check_though_for_no_rule() {
        hotRule(Map.of());
        temperature(90);
        check();
        store.rules().all().forEach(rule -> store.rules().delete(rule.id()));

        AlertReport report = check();

        assertThat(report.transitions().withdrawn()).isEqualTo(1);
        assertThat(report.rules()).isEmpty();
    }

    @Test
    void a_clock_that_stepped_back_is_not_taken_for_the_last_check_again() {
        hotRule(Map.of());
        temperature(90);
        check();
        clock.advance(Duration.ofMinutes(-5));

        assertThat(check().rules()).isEmpty();
    }

    @Test
    void a_listener_that_throws_hurts_neither_the_check_nor_the_others() {
        first = report -> {
            throw new IllegalStateException("a listener of somebody else");
        };
        hotRule(Map.of());
        temperature(90);

        AlertReport report = check();

        assertThat(report.raised()).hasSize(1);
        assertThat(job.lastCheck()).isEqualTo(report);
    }

    @Test
    void the_statistics_count_the_open_alerts_that_a_silence_covers() {
        hotRule(Map.of());
        Silence quiet = silence(60);
        temperature(90);
        check();
        assertThat(silenced()).containsExactly(1);
        clock.advance(Duration.ofMinutes(1));
        check();
        assertThat(silenced()).containsExactly(1);

        store.silences().delete(quiet.id());
        check();
        assertThat(silenced()).containsExactly(0);
        silence(60);
        check();
        assertThat(silenced()).containsExactly(1);
        temperature(20);
        check();
        assertThat(silenced()).containsExactly(0);
    }

    private Silence silence(int minutes) {
        Instant now = clock.instant();
        return store.silences()
                .create(
                        Silence.builder(now, now.plus(Duration.ofMinutes(minutes)))
                                .miner(MINER)
                                .build(),
                        now);
    }

    private List<Integer> silenced() {
        return job.statistics().stream().map(RuleStatistics::silenced).toList();
    }
}
