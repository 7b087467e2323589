package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.Silence;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertRow;
import io.minerops.api.store.OutboxQuery;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link io.minerops.api.store.SilenceStore} must do, and how the mark of a silence is kept. */
public abstract class SilenceStoreContract extends StoreContract {
    private static final Destination MAIL = Destination.email();

    /** For subclasses. */
    protected SilenceStoreContract() {}

    private Silence silence() {
        return store.silences()
                .create(Silence.builder(minute(0), minute(60)).miner(MINER).build(), minute(0));
    }

    @Test
    public void every_field_comes_back_as_it_was() {
        Silence silence = Silence.builder(minute(1), minute(61))
                .miner(MINER)
                .tag("hall-b")
                .modelFilter("S21")
                .ruleId(7L)
                .author("ops")
                .comment("fans are changed")
                .build();

        Silence stored = store.silences().create(silence, minute(0));

        assertThat(stored).isEqualTo(silence.stored(stored.id(), minute(0)));
        assertThat(stored.id()).isPositive();
        assertThat(store.silences().all()).containsExactly(stored);
    }

    @Test
    public void silences_are_listed_newest_first_and_given_to_the_engine() {
        Silence first = silence();
        Silence second = silence();

        assertThat(store.silences().all()).containsExactly(second, first);
        assertThat(store.alerts().load().silences()).containsExactly(second, first);
    }

    @Test
    public void a_change_refuses_the_check_under_way() {
        long before = store.alerts().load().version();
        Silence silence = silence();
        long between = store.alerts().load().version();
        store.silences().delete(silence.id());

        assertThat(between).isGreaterThan(before);
        assertThat(store.alerts().load().version()).isGreaterThan(between);
    }

    @Test
    public void what_changes_nothing_refuses_no_check() {
        silence();
        long before = store.alerts().load().version();

        store.silences().delete(999);
        store.silences().prune(minute(1));

        assertThat(store.alerts().load().version()).isEqualTo(before);
    }

    @Test
    public void deleting_says_whether_there_was_one() {
        Silence silence = silence();

        assertThat(store.silences().delete(silence.id())).isTrue();
        assertThat(store.silences().delete(silence.id())).isFalse();
        assertThat(store.silences().all()).isEmpty();
    }

    @Test
    public void a_silence_that_is_long_over_is_pruned() {
        silence();

        assertThat(store.silences().prune(minute(60))).isZero();
        assertThat(store.silences().prune(minute(61))).isEqualTo(1);
        assertThat(store.silences().all()).isEmpty();
    }

    @Test
    public void an_alert_raised_in_silence_is_kept_with_its_mark_and_as_not_announced() {
        long alert = create(minute(0), raisedInSilence(rule(), MINER, minute(0), MAIL));

        assertThat(row(alert).announced()).isFalse();
        assertThat(row(alert).destinations()).containsExactly(MAIL);
        assertThat(row(alert).alert().silenced()).isTrue();
        assertThat(row(alert).alert().notificationStatus()).isEqualTo(Alert.NotificationStatus.NONE);
        assertThat(openAlert().silenced()).isTrue();
        assertThat(messages()).isEmpty();
    }

    @Test
    public void an_alert_that_a_silence_covers_later_is_marked_and_stays_announced() {
        long alert = raise(rule(), MINER, minute(0), MAIL);

        change(minute(1), new AlertBatch.Entry(changed(alert, it -> it.silenced(minute(1), true)), List.of()));

        assertThat(openAlert().silenced()).isTrue();
        assertThat(row(alert).announced()).isTrue();
    }

    @Test
    public void a_beginning_that_is_announced_later_is_pending() {
        long alert = create(minute(0), raisedInSilence(rule(), MINER, minute(0), MAIL));
        AlertRow over = new AlertRow(row(alert).alert().silenced(minute(5), false), List.of(MAIL), true);

        change(minute(5), entry(over, OutboxEntry.Kind.FIRING, minute(5)));

        assertThat(messages()).containsExactly(OutboxEntry.Kind.FIRING);
        assertThat(row(alert).announced()).isTrue();
        assertThat(row(alert).alert().notificationStatus()).isEqualTo(Alert.NotificationStatus.PENDING);
        assertThat(openAlert().silenced()).isFalse();
    }

    private ConditionState.OpenAlert openAlert() {
        return Objects.requireNonNull(
                store.alerts().load().conditions().values().iterator().next().open(), "an alert is open");
    }

    private List<OutboxEntry.Kind> messages() {
        return store.outbox().find(new OutboxQuery(Set.of(), 50, null)).items().stream()
                .map(OutboxEntry::kind)
                .toList();
    }
}
