package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertTransition;
import io.minerops.api.alert.AppliedTransitions;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.OutboxQuery;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.Silence;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link io.minerops.api.alert.SilenceStore} must do, and what a silence does to the alerts beside it. */
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
    public void an_alert_raised_in_silence_is_kept_and_marked_and_nobody_is_told() {
        Alert alert = raiseInSilence();

        assertThat(alert.silenced()).isTrue();
        assertThat(alert.notificationStatus()).isEqualTo(Alert.NotificationStatus.NONE);
        assertThat(store.alerts().find(alert.id())).contains(alert);
        assertThat(openAlert().silenced()).isTrue();
        assertThat(told()).isEmpty();
    }

    @Test
    public void its_end_in_silence_is_told_to_nobody() {
        Alert alert = raiseInSilence();

        clear(rule(alert), MINER, alert.id(), minute(5));

        assertThat(told()).isEmpty();
        assertThat(store.alerts().find(alert.id()).orElseThrow().silenced()).isTrue();
    }

    @Test
    public void its_end_by_a_person_is_told_to_nobody() {
        store.alerts().resolve(raiseInSilence().id(), "ops", null, minute(5));

        assertThat(told()).isEmpty();
    }

    @Test
    public void its_beginning_is_told_when_the_silence_is_over_and_its_end_after_that() {
        Alert alert = raiseInSilence();

        apply(minute(5), Map.of(), new AlertTransition.Unsilenced(key(alert), minute(5), alert.id()));

        assertThat(told()).containsExactly(OutboxEntry.Kind.FIRING);
        assertThat(store.alerts().find(alert.id()).orElseThrow().notificationStatus())
                .isEqualTo(Alert.NotificationStatus.PENDING);
        assertThat(openAlert().silenced()).isFalse();

        clear(rule(alert), MINER, alert.id(), minute(6));

        assertThat(told()).containsExactly(OutboxEntry.Kind.RESOLVED, OutboxEntry.Kind.FIRING);
    }

    @Test
    public void an_alert_told_before_the_silence_is_not_told_anew_after_it() {
        AlertRule rule = rule();
        long alert = raise(rule, MINER, minute(0), MAIL);
        ConditionKey key = new ConditionKey(rule.id(), MINER);

        apply(minute(1), Map.of(), new AlertTransition.Silenced(key, minute(1), alert));
        apply(minute(2), Map.of(), new AlertTransition.Reminded(key, minute(2), alert));
        assertThat(openAlert().silenced()).isTrue();
        apply(minute(3), Map.of(), new AlertTransition.Unsilenced(key, minute(3), alert));

        assertThat(told()).containsExactly(OutboxEntry.Kind.FIRING);

        apply(minute(4), Map.of(), new AlertTransition.Reminded(key, minute(4), alert));

        assertThat(told()).containsExactly(OutboxEntry.Kind.REMINDER, OutboxEntry.Kind.FIRING);
    }

    @Test
    public void an_end_in_the_check_that_finds_the_silence_is_told_to_nobody() {
        AlertRule rule = rule();
        long alert = raise(rule, MINER, minute(0), MAIL);
        ConditionKey key = new ConditionKey(rule.id(), MINER);

        apply(
                minute(1),
                Map.of(),
                new AlertTransition.Cleared(key, minute(1), alert, "cool again"),
                new AlertTransition.Silenced(key, minute(1), alert));

        assertThat(told()).containsExactly(OutboxEntry.Kind.FIRING);
    }

    @Test
    public void an_escalation_in_silence_makes_the_alert_graver_and_tells_nobody() {
        Alert alert = raiseInSilence();
        AlertRule rule =
                AlertRule.builder("hot", RuleType.TEMP).id(alert.ruleId()).build();

        apply(
                minute(5),
                Map.of(),
                new AlertTransition.Escalated(
                        key(alert), minute(5), alert.id(), 1, rule, Severity.CRITICAL, List.of(MAIL)));

        assertThat(store.alerts().find(alert.id()).orElseThrow().severity()).isEqualTo(Severity.CRITICAL);
        assertThat(told()).isEmpty();
    }

    private Alert raiseInSilence() {
        AlertTransition.Raised begun = raised(rule(), MINER, minute(0), MAIL).inSilence();
        AppliedTransitions applied = apply(minute(0), Map.of(begun.key(), raisedAt(minute(0))), begun);
        return ((AppliedTransitions.Applied) applied).raised().get(0);
    }

    private AlertRule rule(Alert alert) {
        return store.rules().find(alert.ruleId()).orElseThrow();
    }

    private static ConditionKey key(Alert alert) {
        return new ConditionKey(alert.ruleId(), alert.miner());
    }

    private ConditionState.OpenAlert openAlert() {
        return Objects.requireNonNull(
                store.alerts().load().conditions().values().iterator().next().open(), "an alert is open");
    }

    private List<OutboxEntry.Kind> told() {
        return store.outbox().find(new OutboxQuery(Set.of(), 50, null)).items().stream()
                .map(OutboxEntry::kind)
                .toList();
    }
}
