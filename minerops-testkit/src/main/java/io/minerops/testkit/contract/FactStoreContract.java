package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Page;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.FactQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link io.minerops.api.store.FactStore} must do. */
public abstract class FactStoreContract extends StoreContract {
    private static final MinerAddress ELSEWHERE = MinerAddress.of("10.0.0.99");

    /** For subclasses. */
    protected FactStoreContract() {}

    @Test
    public void a_fact_comes_back_as_it_was_with_a_number() {
        Fact fact = new Fact(Fact.UNSAVED, MINER, FactKind.BOARD_SERIAL, 2, "SN-2", "SN-1", "", minute(1), null, true);

        record(fact);

        Fact stored = all().get(0);
        assertThat(stored.id()).isPositive();
        assertThat(stored).isEqualTo(fact.stored(stored.id()));
    }

    @Test
    public void a_fault_comes_back_as_it_was() {
        record(fault("264", 0, 1));

        assertThat(all())
                .singleElement()
                .usingRecursiveComparison()
                .ignoringFields("id")
                .isEqualTo(fault("264", 0, 1));
    }

    @Test
    public void another_value_ends_the_one_before() {
        Fact first = pool("a", 1);
        record(first, first.changedTo("b", minute(5), false));

        assertThat(all())
                .extracting(Fact::value, Fact::previous, Fact::from, Fact::until)
                .containsExactly(tuple("b", "a", 5, null), tuple("a", null, 1, 5));
        assertThat(holding(MINER)).extracting(Fact::value).containsExactly("b");
    }

    @Test
    public void slots_and_miners_are_subjects_of_their_own() {
        record(board(MINER, 0, "x"), board(MINER, 1, "y"), board(OTHER, 0, "z"), pool("a", 1));

        assertThat(holding(MINER)).extracting(Fact::value).containsExactlyInAnyOrder("x", "y", "a");
        assertThat(holding(OTHER)).extracting(Fact::value).containsExactly("z");
        assertThat(holding(MINER, OTHER)).hasSize(4);
        assertThat(holding(ELSEWHERE)).isEmpty();
    }

    @Test
    public void a_value_that_its_subject_has_already_changes_nothing() {
        record(pool("a", 1));
        record(pool("a", 7));

        assertThat(all()).extracting(Fact::from).containsExactly(minute(1));
    }

    @Test
    public void several_faults_hold_at_a_time_and_one_code_on_two_boards_is_two() {
        record(fault("264", 0, 1), fault("264", 1, 2), fault("264", null, 3), fault("110", 0, 4));

        assertThat(holding(MINER)).hasSize(4);
    }

    @Test
    public void a_fault_ends_and_begins_again_as_another_one() {
        record(fault("264", null, 1));
        record(fault("264", null, 1).ended(minute(3)));
        record(fault("264", null, 5));

        assertThat(all())
                .extracting(Fact::value, Fact::previous, Fact::from, Fact::until)
                .containsExactly(tuple("264", null, 5, null), tuple("264", null, 1, 3));
    }

    @Test
    public void what_is_stored_twice_is_there_once() {
        Fact first = pool("a", 1);
        Fact second = first.changedTo("b", minute(5), false);
        List<Fact> story = List.of(
                first,
                fault("264", null, 1),
                second,
                fault("264", null, 1).ended(minute(5)),
                second.changedTo("a", minute(7), false),
                fault("264", null, 7));
        store.facts().record(story);
        List<Fact> before = all();

        store.facts().record(story);

        assertThat(all()).isEqualTo(before).hasSize(5);
    }

    @Test
    public void an_end_of_what_does_not_hold_changes_nothing() {
        record(pool("a", 1));
        record(pool("b", 1).ended(minute(3)), fault("264", null, 1).ended(minute(3)));

        assertThat(all()).extracting(Fact::value).containsExactly("a");
        assertThat(holding(MINER)).hasSize(1);
    }

    @Test
    public void an_end_that_saw_a_later_beginning_than_the_stored_one_counts() {
        record(fault("264", null, 1));
        record(fault("264", null, 2).ended(minute(3)));

        assertThat(all()).extracting(Fact::from, Fact::until).containsExactly(Tuple.tuple(minute(1), minute(3)));
    }

    @Test
    public void a_fact_never_ends_before_it_began() {
        Fact late = pool("a", 5);
        record(late, late.changedTo("b", minute(2), false));

        assertThat(all())
                .extracting(Fact::value, Fact::previous, Fact::from, Fact::until)
                .containsExactly(tuple("b", "a", 2, null), tuple("a", null, 5, 5));
    }

    @Test
    public void what_changed_since_a_time_is_every_later_change_and_every_fault_that_held_then() {
        Fact first = pool("a", 1);
        Fact early = first.changedTo("b", minute(2), false);
        Fact late = early.changedTo("c", minute(20), false);
        record(first, early, late, board(MINER, 0, "x"));
        record(fault("over", null, 1), fault("over", null, 1).ended(minute(9)));
        record(fault("ended later", null, 1), fault("ended later", null, 1).ended(minute(10)));
        record(fault("holds", null, 1));

        assertThat(store.facts().changedSince(minute(10)))
                .extracting(Fact::value)
                .containsExactly("c", "ended later", "holds");
        assertThat(store.facts().changedSince(minute(21)))
                .extracting(Fact::value)
                .containsExactly("holds");
    }

    @Test
    public void a_change_is_accepted_with_those_of_its_kind_up_to_a_time() {
        Fact first = pool("a", 1);
        Fact second = first.changedTo("b", minute(2), false);
        Fact third = second.changedTo("c", minute(3), false);
        Fact otherKind = board(MINER, 0, "x");
        record(first, second, third, otherKind, otherKind.changedTo("y", minute(2), false));

        assertThat(store.facts().accept(MINER, Set.of(FactKind.POOL, FactKind.WORKER), minute(2)))
                .isEqualTo(1);
        assertThat(store.facts().accept(MINER, Set.of(FactKind.POOL), minute(2)))
                .isZero();
        assertThat(store.facts().accept(OTHER, Set.of(FactKind.POOL), minute(9)))
                .isZero();

        assertThat(all()).filteredOn(Fact::announced).extracting(Fact::value).containsExactly("b");
    }

    @Test
    public void facts_are_given_page_by_page() {
        record(pool("a", 1), board(MINER, 0, "x"), board(MINER, 1, "y"));

        Page<Fact> one = store.facts().find(new FactQuery(MINER, Set.of(), null, null, 2, null));
        Page<Fact> two = store.facts().find(new FactQuery(MINER, Set.of(), null, null, 2, one.next()));

        assertThat(one.items()).extracting(Fact::value).containsExactly("y", "x");
        assertThat(two.items()).extracting(Fact::value).containsExactly("a");
        assertThat(two.next()).isNull();
    }

    @Test
    public void a_cursor_of_another_list_is_refused() {
        FactQuery query = new FactQuery(null, Set.of(), null, null, 2, "from elsewhere");

        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> store.facts().find(query))
                .matches(e -> e.argument().equals("cursor"));
    }

    @Test
    public void miner_kind_and_time_select_what_held_then() {
        Fact first = pool("a", 1);
        record(first, first.changedTo("b", minute(5), false), board(MINER, 0, "x"), board(OTHER, 0, "z"));

        assertThat(find(MINER, Set.of(FactKind.POOL), null, null)).containsExactly("b", "a");
        assertThat(find(MINER, Set.of(FactKind.POOL), 6, null)).containsExactly("b");
        assertThat(find(MINER, Set.of(FactKind.POOL), 5, null)).containsExactly("b", "a");
        assertThat(find(MINER, Set.of(FactKind.POOL), null, 5)).containsExactly("a");
        assertThat(find(null, Set.of(FactKind.BOARD_SERIAL, FactKind.FAULT), null, null))
                .containsExactly("z", "x");
    }

    @Test
    public void pruning_deletes_what_ended_before_and_keeps_what_holds() {
        Fact first = pool("a", 1);
        Fact second = first.changedTo("b", minute(5), false);
        record(first, second, second.changedTo("c", minute(9), false));

        assertThat(store.facts().prune(minute(9))).isEqualTo(1);
        assertThat(all()).extracting(Fact::value).containsExactly("c", "b");
        assertThat(store.facts().prune(minute(10_000))).isEqualTo(1);
        assertThat(all()).extracting(Fact::value).containsExactly("c");
    }

    @Test
    public void a_miner_that_is_readdressed_keeps_its_facts_and_nothing_is_mixed() {
        store.miners().register(List.of(MINER, OTHER), START);
        record(board(MINER, 0, "mine"), board(OTHER, 0, "theirs"));

        store.miners().readdress(MINER, OTHER);
        assertThat(holding(OTHER)).extracting(Fact::value).containsExactly("mine");
        assertThat(holding(MINER)).extracting(Fact::value).containsExactly("theirs");

        store.miners().readdress(OTHER, ELSEWHERE);
        record(board(ELSEWHERE, 0, "mine"));
        assertThat(find(ELSEWHERE, Set.of(), null, null)).containsExactly("mine");
        assertThat(holding(OTHER)).isEmpty();
    }

    @Test
    public void a_miner_that_is_removed_keeps_its_facts() {
        store.miners().register(List.of(MINER), START);
        record(pool("a", 1));

        store.miners().remove(MINER);

        assertThat(holding(MINER)).extracting(Fact::value).containsExactly("a");
    }

    @Test
    public void times_are_kept_to_the_millisecond() {
        Instant exact = minute(1).plus(Duration.ofNanos(1_999_999));
        record(Fact.first(MINER, FactKind.MODEL, null, "x", exact));
        record(Fact.first(MINER, FactKind.MODEL, null, "x", exact).ended(exact));

        assertThat(all())
                .singleElement()
                .matches(fact -> fact.from().equals(minute(1).plusMillis(1)))
                .matches(fact -> fact.from().equals(fact.until()));
    }

    private static Tuple tuple(String value, @Nullable String previous, int from, @Nullable Integer until) {
        return Tuple.tuple(value, previous, minute(from), until == null ? null : minute(until));
    }

    private static Fact pool(String value, int from) {
        return Fact.first(MINER, FactKind.POOL, null, value, minute(from));
    }

    private static Fact board(MinerAddress miner, int slot, String serial) {
        return Fact.first(miner, FactKind.BOARD_SERIAL, slot, serial, minute(1));
    }

    private static Fact fault(String code, @Nullable Integer slot, int from) {
        return Fact.of(MINER, new DeviceFault(code, "text of " + code, null, slot), minute(from));
    }

    private void record(Fact... facts) {
        store.facts().record(List.of(facts));
    }

    private List<Fact> all() {
        return store.facts()
                .find(new FactQuery(null, Set.of(), null, null, 100, null))
                .items();
    }

    private List<Fact> holding(MinerAddress... miners) {
        return store.facts().holding(List.of(miners));
    }

    private List<String> find(
            @Nullable MinerAddress miner, Set<FactKind> kinds, @Nullable Integer from, @Nullable Integer until) {
        FactQuery query = new FactQuery(
                miner, kinds, from == null ? null : minute(from), until == null ? null : minute(until), 100, null);
        return store.facts().find(query).items().stream().map(Fact::value).toList();
    }
}
