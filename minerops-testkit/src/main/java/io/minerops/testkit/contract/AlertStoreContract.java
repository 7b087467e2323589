package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Page;
import io.minerops.api.StoreException;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCost;
import io.minerops.api.alert.AlertCounts;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.Baseline;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertQuery;
import io.minerops.api.store.AlertRow;
import io.minerops.api.store.OutboxQuery;
import io.minerops.api.store.OutboxStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link io.minerops.api.store.AlertStore} must do. */
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

    private static AlertCost cost(double usd) {
        return new AlertCost(usd, minute(1), Duration.ofMinutes(90), AlertCost.Basis.MEAN_BEFORE, true);
    }

    private static AlertCost.OfDay day(long alertId, int day, double usd) {
        return new AlertCost.OfDay(
                alertId,
                Instant.parse("2026-10-01T00:00:00Z").plus(Duration.ofDays(day)),
                usd,
                usd / 2,
                Duration.ofHours(3));
    }

    private List<Long> byCost(int limit) {
        List<Long> ids = new ArrayList<>();
        String cursor = null;
        do {
            Page<Alert> page = store.alerts()
                    .find(new AlertQuery(Set.of(), Set.of(), null, null, null, limit, cursor, AlertQuery.Order.COST));
            page.items().forEach(alert -> ids.add(alert.id()));
            cursor = page.next();
        } while (cursor != null);
        return ids;
    }

    @Test
    public void what_an_alert_costs_is_replaced_leaves_the_version_and_stays_when_it_ends() {
        AlertRule rule = rule();
        long id = raise(rule, MINER, minute(1));
        long version = store.alerts().version();
        assertThat(store.alerts().find(id).orElseThrow().cost()).isNull();

        store.alerts().putCosts(Map.of(id, cost(1)), List.of());
        store.alerts().putCosts(Map.of(id, cost(-2.5)), List.of());

        assertThat(store.alerts().version()).isEqualTo(version);
        assertThat(store.alerts().find(id).orElseThrow().cost()).isEqualTo(cost(-2.5));
        clear(rule, MINER, id, minute(2));
        Alert closed = store.alerts().find(id).orElseThrow();
        assertThat(closed.status()).isEqualTo(AlertStatus.AUTO_RESOLVED);
        assertThat(closed.cost()).isEqualTo(cost(-2.5));
    }

    @Test
    public void costs_of_days_are_replaced_and_found_by_alert_and_by_period() {
        AlertRule rule = rule();
        long first = raise(rule, MINER, minute(1));
        long second = raise(rule, OTHER, minute(1));
        store.alerts().putCosts(Map.of(), List.of(day(first, 0, 1), day(first, 1, 2), day(second, 1, 3)));
        store.alerts().putCosts(Map.of(), List.of(day(first, 1, 5)));

        assertThat(store.alerts().costs(List.of(first))).containsExactly(day(first, 0, 1), day(first, 1, 5));
        assertThat(store.alerts().costs(day(0, 1, 0).day(), day(0, 2, 0).day()))
                .containsExactly(day(first, 1, 5), day(second, 1, 3));
        assertThat(store.alerts().costs(List.of())).isEmpty();
    }

    @Test
    public void alerts_are_listed_by_cost_page_by_page_and_those_without_one_come_last() {
        AlertRule rule = rule();
        AlertRule another = rule();
        long cheap = raise(rule, MINER, minute(1));
        long unknown = raise(rule, OTHER, minute(1));
        long dear = raise(another, MINER, minute(1));
        long newer = raise(another, OTHER, minute(1));
        store.alerts().putCosts(Map.of(cheap, cost(-1), dear, cost(7), newer, cost(-1)), List.of());

        assertThat(byCost(10)).containsExactly(dear, newer, cheap, unknown);
        assertThat(byCost(1)).containsExactly(dear, newer, cheap, unknown);
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> store.alerts()
                        .find(new AlertQuery(Set.of(), Set.of(), null, null, null, 1, "x", AlertQuery.Order.COST)))
                .withMessageContaining("cursor must be one that this list gave");
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
                .apply(new AlertBatch(
                        store.alerts().version(),
                        minute(1),
                        List.of(),
                        List.of(),
                        Map.of(key, pending),
                        Map.of(MINER, baseline)));

        assertThat(store.alerts().load().conditions()).isEqualTo(Map.of(key, pending));
        assertThat(store.alerts().load().baselines()).isEqualTo(Map.of(MINER, baseline));
        store.alerts().apply(batch(minute(2), Map.of(key, ConditionState.NONE), List.of(), List.of()));
        assertThat(store.alerts().load().conditions()).isEmpty();
    }

    @Test
    public void a_batch_from_an_older_state_is_refused_and_stores_nothing() {
        AlertRule rule = rule();
        AlertState before = store.alerts().load();
        raise(rule, MINER, minute(1));

        assertThat(store.alerts()
                        .apply(new AlertBatch(
                                before.version(),
                                minute(2),
                                List.of(raised(rule, OTHER, minute(2), Destination.email())),
                                List.of(),
                                Map.of(),
                                Map.of(OTHER, new Baseline(3, 101.25, minute(2))))))
                .isEmpty();
        assertThat(store.alerts().load().baselines()).isEmpty();
        assertThat(messages()).isEmpty();
        assertThat(all()).hasSize(1);
    }

    @Test
    public void a_change_by_a_user_makes_a_check_under_way_stale_and_leaves_its_time() {
        AlertRule rule = rule();
        long id = raise(rule, MINER, minute(1));
        AlertState before = store.alerts().load();
        acknowledge(id, null, minute(2));

        assertThat(store.alerts()
                        .apply(new AlertBatch(before.version(), minute(2), List.of(), List.of(), Map.of(), Map.of())))
                .isEmpty();
        assertThat(store.alerts().load().checkedAt()).isEqualTo(minute(1));
    }

    @Test
    public void every_batch_that_is_stored_moves_the_version() {
        long before = store.alerts().version();
        store.alerts().apply(batch(minute(1), Map.of(), List.of(), List.of()));

        assertThat(store.alerts().version()).isGreaterThan(before);
        assertThat(store.alerts().load().version()).isEqualTo(store.alerts().version());
    }

    @Test
    public void a_batch_of_which_one_row_cannot_be_stored_stores_nothing() {
        AlertRule rule = rule();
        long open = raise(rule, MINER, minute(1), Destination.email());
        AlertState before = store.alerts().load();
        AlertRow unknown = new AlertRow(row(open).alert().numbered(open + 99), List.of(), true);

        for (AlertBatch refused : List.of(
                batch(
                        minute(2),
                        Map.of(),
                        List.of(raised(rule, OTHER, minute(2), Destination.email())),
                        List.of(new AlertBatch.Entry(unknown, List.of()))),
                batch(
                        minute(2),
                        Map.of(),
                        List.of(raised(rule, OTHER, minute(2)), raised(rule, MINER, minute(2))),
                        List.of()))) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.alerts().apply(refused));
        }

        assertThat(store.alerts().load()).isEqualTo(before);
        assertThat(all()).hasSize(1);
        assertThat(messages()).hasSize(1);
    }

    @Test
    public void one_of_many_checks_at_the_same_time_wins() throws Exception {
        AlertRule rule = rule();
        AlertState base = store.alerts().load();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(RACERS);
        try {
            List<Future<Optional<List<Long>>>> racers = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                racers.add(threads.submit(() -> {
                    start.await();
                    return store.alerts()
                            .apply(new AlertBatch(
                                    base.version(),
                                    minute(1),
                                    List.of(raised(rule, MINER, minute(1), Destination.email())),
                                    List.of(),
                                    Map.of(),
                                    Map.of()));
                }));
            }
            start.countDown();
            int applied = 0;
            for (Future<Optional<List<Long>>> racer : racers) {
                applied += racer.get().isPresent() ? 1 : 0;
            }
            assertThat(applied).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
        assertThat(all()).hasSize(1);
        assertThat(store.outbox().due(minute(9), 100)).hasSize(1);
    }

    @Test
    public void a_closed_alert_has_its_note_and_is_not_open_any_more() {
        AlertRule rule = rule();
        long id = raise(rule, MINER, minute(1));

        clear(rule, MINER, id, minute(2));

        Alert alert = store.alerts().find(id).orElseThrow();
        assertThat(alert.status()).isEqualTo(AlertStatus.AUTO_RESOLVED);
        assertThat(alert.updatedAt()).isEqualTo(minute(2));
        assertThat(alert.resolvedAt()).isEqualTo(minute(2));
        assertThat(alert.resolutionNote()).isEqualTo("cool again");
        assertThat(store.alerts().load().conditions().values())
                .allSatisfy(state -> assertThat(state.open()).isNull());
    }

    @Test
    public void an_alert_may_end_and_begin_in_one_batch() {
        AlertRule rule = rule();
        long first = raise(rule, MINER, minute(1), Destination.email());
        AlertRow closed = changed(first, alert -> alert.closed(AlertStatus.RESOLVED, minute(2), "rule changed"));

        long second = store.alerts()
                .apply(batch(
                        minute(2),
                        Map.of(),
                        List.of(raised(rule, MINER, minute(2), Destination.email())),
                        List.of(entry(closed, OutboxEntry.Kind.RESOLVED, minute(2)))))
                .orElseThrow()
                .get(0);

        assertThat(find(new AlertQuery(Set.of(AlertStatus.ACTIVE), Set.of(), null, null, null, 9, null)))
                .containsExactly(second);
        assertThat(messages())
                .extracting(OutboxEntry::kind)
                .containsExactly(OutboxEntry.Kind.FIRING, OutboxEntry.Kind.RESOLVED, OutboxEntry.Kind.FIRING);
    }

    @Test
    public void created_alerts_are_numbered_upwards_in_the_batch_s_order() {
        AlertRule rule = rule();
        List<Long> numbers = store.alerts()
                .apply(batch(
                        minute(1),
                        Map.of(),
                        List.of(raised(rule, OTHER, minute(1)), raised(rule, MINER, minute(1))),
                        List.of()))
                .orElseThrow();

        assertThat(numbers).hasSize(2).isSorted();
        assertThat(store.alerts().find(numbers.get(0)).orElseThrow().miner()).isEqualTo(OTHER);
        assertThat(store.alerts().find(numbers.get(1)).orElseThrow().miner()).isEqualTo(MINER);
    }

    @Test
    public void a_row_comes_back_with_its_destinations_in_order() {
        Destination hook = Destination.webhook(Webhook.of("https://hooks.example.com/a/b", WebhookFormat.SLACK));
        long id = raise(rule(), MINER, minute(1), hook, Destination.email(), Destination.of("pager"));

        AlertRow row = row(id);

        assertThat(row.alert()).isEqualTo(store.alerts().find(id).orElseThrow());
        assertThat(row.destinations()).containsExactly(hook, Destination.email(), Destination.of("pager"));
        assertThat(row.announced()).isTrue();
        assertThat(store.alerts().rows(List.of(id + 99))).isEmpty();
        assertThat(store.alerts().rows(List.of())).isEmpty();
    }

    @Test
    public void messages_are_enqueued_in_the_order_of_the_batch() {
        long id = raise(rule(), MINER, minute(1), Destination.email(), Destination.of("pager"));
        change(minute(2), entry(row(id), OutboxEntry.Kind.REMINDER, minute(2)));

        assertThat(messages())
                .extracting(entry -> entry.kind() + " " + entry.destination())
                .containsExactly("REMINDER pager", "REMINDER email", "FIRING pager", "FIRING email");
        assertThat(messages().get(0).createdAt()).isEqualTo(minute(2));
    }

    @Test
    public void a_changed_alert_keeps_what_it_was_and_gets_the_destinations_that_are_new() {
        long id = raise(rule(), MINER, minute(1), Destination.email());
        Alert before = store.alerts().find(id).orElseThrow();
        List<Destination> both = List.of(Destination.email(), Destination.of("pager"));
        Alert escalated = before.escalated(minute(2), Severity.CRITICAL);

        change(
                minute(2),
                new AlertBatch.Entry(
                        new AlertRow(escalated, both, true),
                        List.of(new AlertBatch.Message(
                                OutboxEntry.Kind.ESCALATED, Destination.of("pager"), minute(2)))));

        assertThat(row(id)).isEqualTo(new AlertRow(escalated, both, true));
        assertThat(messages())
                .extracting(entry -> entry.kind() + " " + entry.destination())
                .containsExactly("ESCALATED pager", "FIRING email");
    }

    @Test
    public void a_change_leaves_how_far_the_first_messages_are() {
        long id = raise(rule(), MINER, minute(1), Destination.email());
        AlertRow read = row(id);
        OutboxEntry firing = messages().get(0);
        store.outbox()
                .finish(List.of(
                        new OutboxStore.Outcome(firing.id(), 0, OutboxEntry.Status.SENT, minute(2), minute(2), null)));

        change(
                minute(3),
                new AlertBatch.Entry(
                        new AlertRow(read.alert().escalated(minute(3), Severity.CRITICAL), read.destinations(), true),
                        List.of()));

        Alert alert = store.alerts().find(id).orElseThrow();
        assertThat(alert.notificationStatus()).isEqualTo(Alert.NotificationStatus.SENT);
        assertThat(alert.notifiedAt()).isEqualTo(minute(2));
    }

    @Test
    public void everything_that_the_engine_remembers_of_a_condition_comes_back() {
        AlertRule rule = rule();
        ConditionKey key = new ConditionKey(rule.id(), MINER);
        long id = raise(rule, MINER, minute(1));
        ConditionState open =
                new ConditionState(null, minute(4), minute(1), minute(3), List.of(minute(0), minute(1)), 2, null);

        store.alerts().apply(batch(minute(5), Map.of(key, open), List.of(), List.of()));

        assertThat(store.alerts().load().conditions())
                .isEqualTo(Map.of(key, open.withOpen(new ConditionState.OpenAlert(id, false, false))));
    }

    @Test
    public void an_acknowledged_alert_says_by_whom_and_stays_open() {
        long id = raise(rule(), MINER, minute(1));

        acknowledge(id, "ana", minute(2));

        Alert alert = store.alerts().find(id).orElseThrow();
        assertThat(alert.status()).isEqualTo(AlertStatus.ACKNOWLEDGED);
        assertThat(alert.acknowledgedBy()).isEqualTo("ana");
        assertThat(alert.acknowledgedAt()).isEqualTo(minute(2));
        assertThat(store.alerts().load().conditions().values())
                .extracting(ConditionState::open)
                .containsExactly(new ConditionState.OpenAlert(id, true, false));
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
    public void a_cursor_of_another_list_is_refused() {
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
        acknowledge(first, null, minute(2));

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
    public void counts_report_statuses_severities_and_the_last_day() {
        AlertRule rule = rule();
        long first = raise(rule, MINER, minute(1));
        raise(rule, OTHER, minute(2));
        acknowledge(first, null, minute(3));

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
        acknowledge(first, null, minute(3));

        assertThat(store.alerts().countOpen())
                .containsOnly(
                        Map.entry(Severity.INFO, 0L),
                        Map.entry(Severity.WARNING, 2L),
                        Map.entry(Severity.CRITICAL, 0L));

        resolve(second, minute(4));

        assertThat(store.alerts().countOpen()).containsEntry(Severity.WARNING, 1L);
    }

    private List<Alert> all() {
        return store.alerts().find(AlertQuery.newest(100)).items();
    }

    private List<Long> find(AlertQuery query) {
        return store.alerts().find(query).items().stream().map(Alert::id).toList();
    }
}
