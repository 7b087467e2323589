package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.Baseline;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Silence;
import io.minerops.api.event.Event;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertQuery;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.MinerStore;
import io.minerops.api.store.OutboxQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What {@link io.minerops.api.store.MinerStore#readdress} must do in every store: what follows a miner to another
 * address and what does not.
 */
public abstract class ReaddressContract extends StoreContract {
    private static final MinerAddress ELSEWHERE = MinerAddress.of("10.0.0.99");

    /** For subclasses. */
    protected ReaddressContract() {}

    private Miner registered(MinerAddress address, String notes) {
        return store.miners()
                .put(Miner.builder(address, START)
                        .mac("02:00:00:00:00:01")
                        .location("hall b")
                        .site("Odessa")
                        .owner("Nina GmbH")
                        .tags(List.of("hydro"))
                        .notes(notes)
                        .build());
    }

    private List<String> history(MinerAddress miner) {
        List<String> found = new ArrayList<>();
        store.metrics()
                .history(
                        new HistoryQuery(miner, START, minute(1_000), null, 100),
                        (at, sample) -> found.add(sample.miner() + " " + at));
        return found;
    }

    private double latestThs(MinerAddress miner) {
        FleetSnapshot latest = store.metrics().latest();
        return latest.hashrateThs(latest.roster().row(miner));
    }

    private List<Alert> alerts(MinerAddress miner) {
        return store.alerts()
                .find(new AlertQuery(Set.of(), Set.of(), miner, null, null, 100, null))
                .items();
    }

    @Test
    public void the_entry_goes_with_all_that_a_person_said_and_its_time_of_registration() {
        Miner before = registered(MINER, "mine");

        assertThat(store.miners().readdress(MINER, ELSEWHERE)).isTrue();

        assertThat(store.miners().all())
                .containsExactly(before.toBuilder(ELSEWHERE, START).build());
        assertThat(store.miners().find(MINER)).isEmpty();
    }

    @Test
    public void the_latest_sample_and_the_history_go_too() {
        registered(MINER, "mine");
        poll(minute(1), sample(MINER, minute(1), 95), sample(OTHER, minute(1), 200));

        store.miners().readdress(MINER, ELSEWHERE);
        poll(minute(2), sample(ELSEWHERE, minute(2), 96));

        assertThat(history(ELSEWHERE)).containsExactly(ELSEWHERE + " " + minute(1), ELSEWHERE + " " + minute(2));
        assertThat(history(MINER)).isEmpty();
        assertThat(history(OTHER)).hasSize(1);
        assertThat(latestThs(ELSEWHERE)).isEqualTo(96);
        assertThat(latestThs(OTHER)).isEqualTo(200);
        assertThat(store.miners().all()).hasSize(2);
    }

    @Test
    public void the_history_of_the_fleet_names_the_new_address_in_its_order() {
        poll(minute(1), sample(MINER, minute(1), 95), sample(OTHER, minute(1), 200));
        List<MinerAddress> before = new ArrayList<>();
        HistoryQuery all = new HistoryQuery(null, START, minute(1_000), null, 100);
        store.metrics().history(all, (at, sample) -> before.add(sample.miner()));

        store.miners().readdress(MINER, ELSEWHERE);

        List<MinerAddress> after = new ArrayList<>();
        store.metrics().history(all, (at, sample) -> after.add(sample.miner()));
        assertThat(before).containsExactly(MINER, OTHER);
        assertThat(after).containsExactly(OTHER, ELSEWHERE);
    }

    @Test
    public void two_miners_that_exchanged_addresses_are_corrected_by_one_call_and_nothing_is_mixed() {
        registered(MINER, "one");
        registered(OTHER, "two");
        poll(minute(1), sample(MINER, minute(1), 95), sample(OTHER, minute(1), 200));
        poll(minute(2), sample(OTHER, minute(2), 201));

        store.miners().readdress(MINER, OTHER);

        assertThat(store.miners().find(OTHER).orElseThrow().notes()).isEqualTo("one");
        assertThat(store.miners().find(MINER).orElseThrow().notes()).isEqualTo("two");
        assertThat(history(MINER)).hasSize(2);
        assertThat(history(OTHER)).hasSize(1);
        assertThat(latestThs(MINER)).isEqualTo(201);
        assertThat(latestThs(OTHER)).isEqualTo(95);
    }

    @Test
    public void a_move_there_and_back_changes_nothing() {
        registered(MINER, "one");
        poll(minute(1), sample(MINER, minute(1), 95), sample(OTHER, minute(1), 200));
        List<Miner> before = store.miners().all();

        store.miners().readdress(MINER, OTHER);
        store.miners().readdress(MINER, OTHER);

        assertThat(store.miners().all()).isEqualTo(before);
        assertThat(latestThs(MINER)).isEqualTo(95);
        assertThat(latestThs(OTHER)).isEqualTo(200);
    }

    @Test
    public void its_alerts_go_ended_ones_too_and_their_messages_are_still_sent() {
        registered(MINER, "mine");
        AlertRule rule = rule();
        long ended = raise(rule, MINER, minute(0), Destination.email());
        clear(rule, MINER, ended, minute(1));
        long open = raise(rule, MINER, minute(2), Destination.email());

        store.miners().readdress(MINER, ELSEWHERE);

        assertThat(alerts(ELSEWHERE)).extracting(Alert::id).containsExactly(open, ended);
        assertThat(alerts(MINER)).isEmpty();
        assertThat(store.alerts().load().conditions())
                .containsOnlyKeys(new ConditionKey(rule.id(), ELSEWHERE))
                .extractingByKey(new ConditionKey(rule.id(), ELSEWHERE))
                .extracting(ConditionState::raisedAt)
                .isEqualTo(minute(2));
        assertThat(store.outbox()
                        .find(new OutboxQuery(Set.of(OutboxEntry.Status.PENDING), 100, null))
                        .items())
                .hasSize(3)
                .allSatisfy(entry -> assertThat(entry.alert().miner()).isEqualTo(ELSEWHERE));
        clear(rule, ELSEWHERE, open, minute(3));
        assertThat(alerts(ELSEWHERE))
                .noneMatch(alert -> alert.status().isOpen())
                .hasSize(2);
    }

    @Test
    public void the_learned_baseline_goes() {
        registered(MINER, "mine");
        Baseline learned = new Baseline(7, 95.5, minute(1));
        store.alerts()
                .apply(new AlertBatch(
                        store.alerts().version(), minute(1), List.of(), List.of(), Map.of(), Map.of(MINER, learned)));

        store.miners().readdress(MINER, ELSEWHERE);

        assertThat(store.alerts().load().baselines()).isEqualTo(Map.of(ELSEWHERE, learned));
    }

    @Test
    public void a_check_that_was_begun_before_is_refused() {
        registered(MINER, "mine");
        AlertRule rule = rule();
        AlertState before = store.alerts().load();

        store.miners().readdress(MINER, ELSEWHERE);

        var begun = raised(rule, MINER, minute(1));
        assertThat(store.alerts()
                        .apply(new AlertBatch(
                                before.version(), minute(1), List.of(begun), List.of(), Map.of(), Map.of())))
                .isEmpty();
        assertThat(alerts(ELSEWHERE)).isEmpty();
    }

    @Test
    public void rules_and_silences_that_name_it_go_and_others_stay() {
        registered(MINER, "mine");
        AlertRule scoped = store.rules()
                .create(AlertRule.builder("one", RuleType.TEMP).miner(MINER).build(), START);
        AlertRule wide = rule();
        Silence silence = store.silences()
                .create(Silence.builder(minute(0), minute(60)).miner(MINER).build(), minute(0));
        store.silences()
                .create(Silence.builder(minute(0), minute(60)).tag("hydro").build(), minute(0));
        long version = store.rules().version();

        store.miners().readdress(MINER, ELSEWHERE);

        assertThat(store.rules().find(scoped.id()).orElseThrow().miner()).isEqualTo(ELSEWHERE);
        assertThat(store.rules().find(wide.id())).contains(wide);
        assertThat(store.rules().version()).isGreaterThan(version);
        assertThat(store.silences().all()).extracting(Silence::miner).containsExactlyInAnyOrder(ELSEWHERE, null);
        assertThat(store.alerts().load().silences())
                .filteredOn(one -> one.id() == silence.id())
                .extracting(Silence::miner)
                .containsExactly(ELSEWHERE);
    }

    @Test
    public void the_version_of_the_rules_stays_where_none_names_it() {
        registered(MINER, "mine");
        rule();
        long version = store.rules().version();

        store.miners().readdress(MINER, ELSEWHERE);

        assertThat(store.rules().version()).isEqualTo(version);
    }

    @Test
    public void its_profitability_goes_and_that_of_the_fleet_stays() {
        registered(MINER, "mine");
        store.snapshots().save(List.of(profit(MINER), profit(null)));

        store.miners().readdress(MINER, ELSEWHERE);

        assertThat(store.snapshots().history(ELSEWHERE, START, 10)).containsExactly(profit(ELSEWHERE));
        assertThat(store.snapshots().history(MINER, START, 10)).isEmpty();
        assertThat(store.snapshots().history(null, START, 10)).containsExactly(profit(null));
    }

    private static ProfitabilitySnapshot profit(@Nullable MinerAddress miner) {
        return new ProfitabilitySnapshot(
                minute(1),
                miner,
                1,
                false,
                new Profitability(60_000, 1e14, 0, 0, 0.1, 0, 0, 0, 0, 0, null, null, null, null));
    }

    @Test
    public void an_event_stays_with_the_address_of_its_time() {
        registered(MINER, "mine");
        store.events().record(Event.of(minute(1), Event.Level.INFO, "test", MINER, "so it was"));

        store.miners().readdress(MINER, ELSEWHERE);

        assertThat(store.events()
                        .find(new EventQuery(Event.Level.INFO, MINER, null, 10, null))
                        .items())
                .hasSize(1);
    }

    @Test
    public void each_move_is_remembered_in_order_by_a_number_that_ascends() {
        registered(MINER, "one");
        assertThat(store.miners().moves(0)).isEmpty();

        store.miners().readdress(MINER, ELSEWHERE);
        store.miners().readdress(MINER, OTHER);
        store.miners().readdress(ELSEWHERE, MINER);

        List<MinerStore.Move> moves = store.miners().moves(0);
        assertThat(moves)
                .extracting(MinerStore.Move::from, MinerStore.Move::to)
                .containsExactly(tuple(MINER, ELSEWHERE), tuple(ELSEWHERE, MINER));
        assertThat(moves.get(0).number()).isPositive().isLessThan(moves.get(1).number());
        assertThat(store.miners().moves(moves.get(0).number())).containsExactly(moves.get(1));
        assertThat(store.miners().moves(moves.get(1).number())).isEmpty();
    }

    @Test
    public void an_address_without_a_registered_miner_changes_nothing() {
        registered(MINER, "mine");
        List<Miner> before = store.miners().all();

        assertThat(store.miners().readdress(ELSEWHERE, MINER)).isFalse();
        assertThat(store.miners().all()).isEqualTo(before);
    }

    @Test
    public void one_address_twice_is_refused() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> store.miners().readdress(MINER, MINER))
                .withMessageContaining("another address than from");
    }
}
