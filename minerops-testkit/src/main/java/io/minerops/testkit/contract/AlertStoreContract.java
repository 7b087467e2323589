package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Page;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCounts;
import io.minerops.api.alert.AlertQuery;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.AlertTransition;
import io.minerops.api.alert.AppliedTransitions;
import io.minerops.api.alert.Baseline;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.OutboxQuery;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.StatusChange;
import io.minerops.api.alert.TransitionBatch;
import io.minerops.api.miner.MinerAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link io.minerops.api.alert.AlertStore} must do. */
public abstract class AlertStoreContract extends StoreContract {
    private static final int RACERS = 8;

    /** For subclasses. */
    protected AlertStoreContract() {}

    @Test
    public void a_new_store_remembers_nothing() {
        AlertState state = store.alerts().load();

        assertThat(state.checkedAt()).isNull();
        assertThat(state.conditions()).isEmpty();
        assertThat(state.baselines()).isEmpty();
    }

    @Test
    public void a_raised_alert_has_all_that_the_batch_said() {
        AlertRule rule = rule();
        long id = raise(rule, MINER, minute(1));

        Alert alert = store.alerts().find(id).orElseThrow();

        assertThat(alert.createdAt()).isEqualTo(minute(1));
        assertThat(alert.ruleId()).isEqualTo(rule.id());
        assertThat(alert.ruleName()).isEqualTo("hot");
        assertThat(alert.miner()).isEqualTo(MINER);
        assertThat(alert.type()).isEqualTo(RuleType.TEMP);
        assertThat(alert.severity()).isEqualTo(Severity.WARNING);
        assertThat(alert.status()).isEqualTo(AlertStatus.ACTIVE);
        assertThat(alert.message()).isEqualTo("too hot");
        assertThat(alert.details()).isEqualTo(Map.of("avg_temp_c", 85.5));
        assertThat(alert.notificationStatus()).isEqualTo(Alert.NotificationStatus.NONE);
    }

    @Test
    public void state_comes_back_with_the_open_alert_in_it() {
        AlertRule rule = rule();
        long id = raise(rule, MINER, minute(1));

        AlertState state = store.alerts().load();

        assertThat(state.checkedAt()).isEqualTo(minute(1));
        assertThat(state.conditions())
                .containsOnlyKeys(new ConditionKey(rule.id(), MINER))
                .containsValue(
                        ConditionState.raised(minute(1)).withOpen(new ConditionState.OpenAlert(id, false, false)));
    }

    @Test
    public void an_alert_of_many_miners_together_names_none_and_is_open_once() {
        AlertRule rule = rule();
        long together = raise(rule, null, minute(1));
        long ofOne = raise(rule, MINER, minute(1));

        assertThat(store.alerts().find(together).orElseThrow().miner()).isNull();
        assertThat(store.alerts()
                        .find(new AlertQuery(Set.of(), Set.of(), MINER, null, null, 3, null))
                        .items())
                .extracting(Alert::id)
                .containsExactly(ofOne);
        assertThat(store.alerts().load().conditions())
                .containsOnlyKeys(new ConditionKey(rule.id(), null), new ConditionKey(rule.id(), MINER));
        clear(rule, null, together, minute(2));
        assertThat(store.alerts().find(together).orElseThrow().status()).isEqualTo(AlertStatus.AUTO_RESOLVED);
        assertThat(store.alerts().find(ofOne).orElseThrow().status()).isEqualTo(AlertStatus.ACTIVE);
    }

    @Test
    public void pending_times_and_baselines_come_back_and_a_condition_at_rest_is_forgotten() {
        ConditionKey key = new ConditionKey(rule().id(), MINER);
        ConditionState pending = ConditionState.pending(minute(1));
        Baseline baseline = new Baseline(3, 101.25, minute(1));
        store.alerts()
                .apply(new TransitionBatch(
                        store.alerts().load().version(),
                        minute(1),
                        List.of(),
                        Map.of(key, pending),
                        Map.of(MINER, baseline)));

        assertThat(store.alerts().load().conditions()).isEqualTo(Map.of(key, pending));
        assertThat(store.alerts().load().baselines()).isEqualTo(Map.of(MINER, baseline));
        apply(minute(2), Map.of(key, ConditionState.NONE));
        assertThat(store.alerts().load().conditions()).isEmpty();
    }

    @Test
    public void a_batch_from_an_older_state_is_refused_and_stores_nothing() {
        AlertRule rule = rule();
        AlertState before = store.alerts().load();
        raise(rule, MINER, minute(1));

        AppliedTransitions second = store.alerts()
                .apply(new TransitionBatch(
                        before.version(), minute(2), List.of(raised(rule, OTHER, minute(2))), Map.of(), Map.of()));

        assertThat(second)
                .isEqualTo(new AppliedTransitions.Stale(store.alerts().load().version()));
        assertThat(all()).hasSize(1);
    }

    @Test
    public void a_person_s_change_makes_a_check_under_way_stale() {
        AlertRule rule = rule();
        long id = raise(rule, MINER, minute(1));
        AlertState before = store.alerts().load();
        store.alerts().acknowledge(id, null, minute(2));

        AppliedTransitions applied =
                store.alerts().apply(new TransitionBatch(before.version(), minute(2), List.of(), Map.of(), Map.of()));

        assertThat(applied).isInstanceOf(AppliedTransitions.Stale.class);
    }

    @Test
    public void one_of_many_checks_at_the_same_time_wins() throws Exception {
        AlertRule rule = rule();
        AlertState base = store.alerts().load();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(RACERS);
        try {
            List<Future<AppliedTransitions>> racers = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                racers.add(threads.submit(() -> {
                    start.await();
                    return store.alerts()
                            .apply(new TransitionBatch(
                                    base.version(),
                                    minute(1),
                                    List.of(raised(rule, MINER, minute(1), Destination.email())),
                                    Map.of(),
                                    Map.of()));
                }));
            }
            start.countDown();
            int applied = 0;
            for (Future<AppliedTransitions> racer : racers) {
                applied += racer.get() instanceof AppliedTransitions.Applied ? 1 : 0;
            }
            assertThat(applied).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
        assertThat(all()).hasSize(1);
        assertThat(store.outbox().due(minute(9), 100)).hasSize(1);
    }

    @Test
    public void a_cleared_alert_is_auto_resolved_with_its_note() {
        AlertRule rule = rule();
        long id = raise(rule, MINER, minute(1));

        AppliedTransitions.Applied applied = (AppliedTransitions.Applied) clear(rule, MINER, id, minute(2));

        Alert alert = store.alerts().find(id).orElseThrow();
        assertThat(applied.resolved()).containsExactly(alert);
        assertThat(alert.status()).isEqualTo(AlertStatus.AUTO_RESOLVED);
        assertThat(alert.resolvedAt()).isEqualTo(minute(2));
        assertThat(alert.resolutionNote()).isEqualTo("cool again");
        assertThat(store.alerts().load().conditions().values())
                .allSatisfy(state -> assertThat(state.open()).isNull());
    }

    @Test
    public void an_alert_that_is_no_longer_watched_is_resolved_with_its_note() {
        AlertRule rule = rule();
        long id = raise(rule, MINER, minute(1));
        ConditionKey key = new ConditionKey(rule.id(), MINER);

        apply(minute(2), Map.of(), new AlertTransition.Withdrawn(key, minute(2), id, "rule deleted"));

        Alert alert = store.alerts().find(id).orElseThrow();
        assertThat(alert.status()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(alert.resolutionNote()).isEqualTo("rule deleted");
    }

    @Test
    public void beginning_reminder_and_end_each_put_a_message_for_each_destination() {
        AlertRule rule = rule();
        long id = raise(rule, MINER, minute(1), Destination.email(), Destination.of("pager"));
        apply(minute(2), Map.of(), new AlertTransition.Reminded(new ConditionKey(rule.id(), MINER), minute(2), id));
        clear(rule, MINER, id, minute(3));

        assertThat(messages())
                .extracting(entry -> entry.kind() + " " + entry.destination())
                .containsExactlyInAnyOrder(
                        "FIRING email",
                        "FIRING pager",
                        "REMINDER email",
                        "REMINDER pager",
                        "RESOLVED email",
                        "RESOLVED pager");
        assertThat(store.alerts().find(id).orElseThrow().notificationStatus())
                .isEqualTo(Alert.NotificationStatus.PENDING);
    }

    @Test
    public void an_escalation_makes_the_alert_graver_and_tells_only_its_own_destinations() {
        AlertRule rule = rule();
        long id = raise(rule, MINER, minute(1), Destination.email());
        ConditionKey key = new ConditionKey(rule.id(), MINER);
        List<Destination> told = List.of(Destination.email(), Destination.of("pager"));

        apply(minute(2), Map.of(), new AlertTransition.Escalated(key, minute(2), id, 1, rule, Severity.CRITICAL, told));
        clear(rule, MINER, id, minute(3));

        assertThat(store.alerts().find(id).orElseThrow().severity()).isEqualTo(Severity.CRITICAL);
        assertThat(messages())
                .extracting(entry -> entry.kind() + " " + entry.destination())
                .containsExactlyInAnyOrder(
                        "FIRING email", "ESCALATED email", "ESCALATED pager", "RESOLVED email", "RESOLVED pager");
    }

    @Test
    public void everything_that_the_engine_remembers_of_a_condition_comes_back() {
        AlertRule rule = rule();
        ConditionKey key = new ConditionKey(rule.id(), MINER);
        long id = raise(rule, MINER, minute(1));
        ConditionState open =
                new ConditionState(null, minute(4), minute(1), minute(3), List.of(minute(0), minute(1)), 2, null);

        apply(minute(5), Map.of(key, open));

        assertThat(store.alerts().load().conditions())
                .isEqualTo(Map.of(key, open.withOpen(new ConditionState.OpenAlert(id, false, false))));
    }

    @Test
    public void a_person_takes_an_active_alert_once() {
        long id = raise(rule(), MINER, minute(1));

        Alert taken = ((StatusChange.Changed) store.alerts().acknowledge(id, "ana", minute(2))).alert();

        assertThat(taken.status()).isEqualTo(AlertStatus.ACKNOWLEDGED);
        assertThat(taken.acknowledgedBy()).isEqualTo("ana");
        assertThat(taken.acknowledgedAt()).isEqualTo(minute(2));
        assertThat(store.alerts().acknowledge(id, "ben", minute(3))).isInstanceOf(StatusChange.Conflict.class);
        assertThat(store.alerts().acknowledge(id + 99, null, minute(3))).isEqualTo(new StatusChange.NotFound(id + 99));
    }

    @Test
    public void a_person_closes_an_open_alert_and_whoever_was_told_of_it_is_told() {
        long id = raise(rule(), MINER, minute(1), Destination.email());
        store.alerts().acknowledge(id, "ana", minute(2));

        Alert closed = ((StatusChange.Changed) store.alerts().resolve(id, "ana", "new fan", minute(3))).alert();

        assertThat(closed.status()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(closed.resolvedAt()).isEqualTo(minute(3));
        assertThat(closed.resolutionNote()).contains("new fan").contains("ana");
        assertThat(store.alerts().resolve(id, null, null, minute(4))).isInstanceOf(StatusChange.Conflict.class);
        assertThat(messages()).extracting(OutboxEntry::kind).contains(OutboxEntry.Kind.RESOLVED);
    }

    private List<OutboxEntry> messages() {
        return store.outbox()
                .find(new OutboxQuery(Set.of(OutboxEntry.Status.PENDING), 100, null))
                .items();
    }

    @Test
    public void alerts_are_listed_newest_first_page_by_page() {
        AlertRule rule = rule();
        for (int i = 1; i <= 5; i++) {
            raise(rule, MinerAddress.of("10.0.0." + i), minute(i));
        }

        Page<Alert> first = store.alerts().find(AlertQuery.newest(3));
        Page<Alert> second = store.alerts().find(new AlertQuery(Set.of(), Set.of(), null, null, null, 3, first.next()));

        assertThat(first.items()).extracting(Alert::createdAt).containsExactly(minute(5), minute(4), minute(3));
        assertThat(second.items()).extracting(Alert::createdAt).containsExactly(minute(2), minute(1));
        assertThat(second.next()).isNull();
    }

    @Test
    public void a_cursor_of_somebody_else_is_refused() {
        AlertQuery query = new AlertQuery(Set.of(), Set.of(), null, null, null, 3, "not-a-cursor");

        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> store.alerts().find(query))
                .satisfies(refusal -> assertThat(refusal.argument()).isEqualTo("cursor"));
    }

    @Test
    public void every_filter_keeps_what_it_names() {
        AlertRule rule = rule();
        long first = raise(rule, MINER, minute(1));
        long second = raise(rule, OTHER, minute(5));
        store.alerts().acknowledge(first, null, minute(2));

        assertThat(find(new AlertQuery(Set.of(AlertStatus.ACTIVE), Set.of(), null, null, null, 9, null)))
                .containsExactly(second);
        assertThat(find(new AlertQuery(Set.of(), Set.of(Severity.INFO), null, null, null, 9, null)))
                .isEmpty();
        assertThat(find(new AlertQuery(Set.of(), Set.of(), MINER, null, null, 9, null)))
                .containsExactly(first);
        assertThat(find(new AlertQuery(Set.of(), Set.of(), null, RuleType.FAN, null, 9, null)))
                .isEmpty();
        assertThat(find(new AlertQuery(Set.of(), Set.of(), null, null, minute(5), 9, null)))
                .containsExactly(second);
    }

    @Test
    public void counts_tell_statuses_severities_and_the_last_day() {
        AlertRule rule = rule();
        long first = raise(rule, MINER, minute(1));
        raise(rule, OTHER, minute(2));
        store.alerts().acknowledge(first, null, minute(3));

        AlertCounts counts = store.alerts().count(minute(1 + 24 * 60).plusMillis(1));

        assertThat(counts.total()).isEqualTo(2);
        assertThat(counts.byStatus().get(AlertStatus.ACKNOWLEDGED)).isEqualTo(1);
        assertThat(counts.openBySeverity().get(Severity.WARNING)).isEqualTo(2);
        assertThat(counts.activeBySeverity().get(Severity.WARNING)).isEqualTo(1);
        assertThat(counts.since24h()).isEqualTo(1);
    }

    @Test
    public void open_alerts_are_counted_by_severity() {
        AlertRule rule = rule();
        long first = raise(rule, MINER, minute(1));
        long second = raise(rule, OTHER, minute(2));
        store.alerts().acknowledge(first, null, minute(3));

        assertThat(store.alerts().countOpen())
                .containsOnly(entry(Severity.INFO, 0L), entry(Severity.WARNING, 2L), entry(Severity.CRITICAL, 0L));

        store.alerts().resolve(second, null, null, minute(4));

        assertThat(store.alerts().countOpen()).containsEntry(Severity.WARNING, 1L);
    }

    private List<Alert> all() {
        return store.alerts().find(AlertQuery.newest(100)).items();
    }

    private List<Long> find(AlertQuery query) {
        return store.alerts().find(query).items().stream().map(Alert::id).toList();
    }
}
