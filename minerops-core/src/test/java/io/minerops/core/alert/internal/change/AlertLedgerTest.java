package io.minerops.core.alert.internal.change;

import static io.minerops.core.alert.Watch.MINER;
import static io.minerops.core.alert.Watch.START;
import static io.minerops.core.alert.Watch.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.Silence;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.AlertQuery;
import io.minerops.core.alert.AlertEngine;
import io.minerops.core.alert.Evaluation;
import io.minerops.core.alert.RuleSet;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AlertLedgerTest {
    private static final AlertRule HOT = AlertRule.builder("hot", RuleType.TEMP)
            .id(1)
            .severity(Severity.INFO)
            .thresholds(Thresholds.of(Map.of("temp_c", 80.0, "escalate_after_minutes", 6.0, "flap_count", 2.0)))
            .cooldown(Duration.ofMinutes(4))
            .build();
    private static final AlertRule SLOW =
            AlertRule.builder("slow", RuleType.HASHRATE).id(2).build();
    private static final ConditionKey HOT_MINER = new ConditionKey(1, MINER);

    private final AlertLedger ledger = new AlertLedger();

    private AppliedChanges check(double minutes, double tempC) {
        return ledger.apply(AlertEngine.evaluate(
                RuleSet.compile(List.of(HOT)), snapshot(minutes, tempC), ledger.state(), minute(minutes)));
    }

    private static FleetSnapshot snapshot(double minutes, double tempC) {
        return FleetSnapshot.builder(minute(minutes), 1)
                .row(Miner.builder(MINER, START).build())
                .sampledAt(minute(minutes).toEpochMilli())
                .set(Reading.AVG_TEMP_C, tempC)
                .set(Reading.HASHRATE_THS, tempC * 2)
                .build();
    }

    @Test
    void alerts_are_numbered_in_the_order_in_which_they_begin() {
        assertThat(check(0, 90).raised()).extracting(Alert::id).containsExactly(1L);
        assertThat(check(2, 70).resolved()).extracting(Alert::status).containsExactly(AlertStatus.AUTO_RESOLVED);
        assertThat(ledger.open()).isEmpty();
        assertThat(check(4, 90).raised()).extracting(Alert::id).containsExactly(2L);
        assertThat(ledger.open(HOT_MINER).orElseThrow().createdAt()).isEqualTo(minute(4));
    }

    @Test
    void an_alert_that_a_person_took_is_not_escalated() {
        check(0, 90);
        assertThat(ledger.acknowledge(HOT_MINER, "ops", minute(1)).orElseThrow().acknowledgedBy())
                .isEqualTo("ops");
        check(8, 90);

        assertThat(ledger.open()).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Severity.INFO);
            assertThat(alert.status()).isEqualTo(AlertStatus.ACKNOWLEDGED);
        });
        assertThat(ledger.acknowledge(HOT_MINER, "ops", minute(9))).isEmpty();
    }

    @Test
    void an_alert_that_a_person_closed_may_begin_again_after_its_cooldown() {
        check(0, 90);

        assertThat(ledger.resolve(HOT_MINER, "swept", minute(1)).orElseThrow().resolutionNote())
                .isEqualTo("swept");
        assertThat(ledger.resolve(HOT_MINER, "swept", minute(1))).isEmpty();
        assertThat(check(2, 90).raised()).isEmpty();
        assertThat(check(4, 90).raised()).hasSize(1);
    }

    @Test
    void a_check_of_another_state_is_refused() {
        Evaluation first =
                AlertEngine.evaluate(RuleSet.compile(List.of(HOT)), snapshot(0, 90), ledger.state(), minute(0));
        ledger.apply(first);

        assertThatIllegalStateException()
                .isThrownBy(() -> ledger.apply(first))
                .withMessage("the check started from version 0 of the alert state, which is at 1");
    }

    @Test
    void a_check_in_which_nothing_happens_moves_the_time_alone() {
        check(0, 90);
        Map<ConditionKey, ?> before = ledger.state().conditions();
        ledger.apply(Evaluation.nothing(ledger.state(), minute(1)));

        assertThat(ledger.state().checkedAt()).isEqualTo(minute(1));
        assertThat(ledger.state().conditions()).isSameAs(before);
    }

    @Property(tries = 300)
    void it_comes_to_what_a_store_comes_to(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 70, max = 90) Integer> temperatures,
            @ForAll @IntRange(max = 40) int acknowledgedAt,
            @ForAll @IntRange(max = 40) int resolvedAt,
            @ForAll @IntRange(max = 40) int silencedAt) {
        AlertLedger folded = new AlertLedger();
        InMemoryStore store = new InMemoryStore();
        AlertWriter writer = new AlertWriter(store.alerts());
        RuleSet rules = RuleSet.compile(List.of(HOT, SLOW));
        for (int minute = 0; minute < temperatures.size(); minute++) {
            Instant now = minute(minute);
            if (minute == silencedAt) {
                Silence silence =
                        Silence.builder(now, minute(minute + 5)).miner(MINER).build();
                folded.silence(List.of(store.silences().create(silence, now)));
            }
            if (minute == acknowledgedAt || minute == resolvedAt) {
                boolean resolved = minute == resolvedAt;
                openOf(store).forEach(alert -> {
                    ConditionKey key = new ConditionKey(alert.ruleId(), alert.miner());
                    if (resolved) {
                        writer.resolve(alert.id(), null, "done", now);
                        folded.resolve(key, "done", now);
                    } else {
                        writer.acknowledge(alert.id(), "ops", now);
                        folded.acknowledge(key, "ops", now);
                    }
                });
            }
            var readings = snapshot(minute, temperatures.get(minute));
            AppliedChanges stored = writer.apply(
                            AlertEngine.evaluate(rules, readings, store.alerts().load(), now))
                    .orElseThrow();
            AppliedChanges here = folded.apply(AlertEngine.evaluate(rules, readings, folded.state(), now));

            assertThat(here).isEqualTo(stored);
            assertThat(withoutVersion(folded.state()))
                    .isEqualTo(withoutVersion(store.alerts().load()));
            assertThat(folded.open()).containsExactlyInAnyOrderElementsOf(openOf(store));
        }
    }

    private static List<Alert> openOf(InMemoryStore store) {
        Set<AlertStatus> statuses = EnumSet.of(AlertStatus.ACTIVE, AlertStatus.ACKNOWLEDGED);
        return store.alerts().find(AlertQuery.newest(1_000)).items().stream()
                .filter(alert -> statuses.contains(alert.status()))
                .toList();
    }

    private static AlertState withoutVersion(AlertState state) {
        return new AlertState(0, state.checkedAt(), state.conditions(), state.baselines(), state.silences());
    }
}
