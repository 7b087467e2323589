package io.minerops.core.alert.internal;

import static io.minerops.core.alert.Watch.MINER;
import static io.minerops.core.alert.Watch.minute;
import static io.minerops.core.alert.Watch.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.core.alert.AlertEngine;
import io.minerops.core.alert.RuleSet;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.alert.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A rule about changes that were not announced. */
class ChangedRuleTest {
    private final Watch watch = new Watch().miner(Watch.aMiner());

    private void with(Map<String, Double> thresholds, Map<String, List<String>> options) {
        watch.with(rule(RuleType.CHANGED, thresholds).cooldown(Duration.ZERO).options(options));
    }

    private Fact held(FactKind kind, @Nullable Integer slot) {
        return watch.store.facts().holding(List.of(MINER)).stream()
                .filter(fact -> fact.kind() == kind && Objects.equals(fact.slot(), slot))
                .findFirst()
                .orElseThrow();
    }

    private void first(double minutes, FactKind kind, @Nullable Integer slot, String value) {
        watch.store.facts().record(List.of(Fact.first(MINER, kind, slot, value, minute(minutes))));
    }

    private void changes(double minutes, FactKind kind, @Nullable Integer slot, String value, boolean announced) {
        watch.store.facts().record(List.of(held(kind, slot).changedTo(value, minute(minutes), announced)));
    }

    @Test
    void another_board_raises_and_the_message_says_from_what_to_what() {
        with(Map.of(), Map.of());
        first(0, FactKind.BOARD_SERIAL, 2, "SN-1");
        assertThat(watch.check(1)).isEmpty();

        changes(2, FactKind.BOARD_SERIAL, 2, "SN-9", false);

        assertThat(watch.check(3)).containsExactly("raised");
        assertThat(watch.newest().message())
                .isEqualTo("Changed without announcement: serial number of the board of slot 2 from SN-1 to SN-9");
        assertThat(watch.check(4)).isEmpty();
    }

    @Test
    void first_sight_and_what_was_announced_raise_nothing() {
        with(Map.of(), Map.of());
        first(0, FactKind.POOL, null, "a");
        changes(1, FactKind.POOL, null, "b", true);

        assertThat(watch.check(2)).isEmpty();
    }

    @Test
    void the_former_value_resolves_it() {
        with(Map.of(), Map.of());
        first(0, FactKind.POOL, null, "a");
        changes(1, FactKind.POOL, null, "b", false);
        assertThat(watch.check(2)).containsExactly("raised");

        changes(3, FactKind.POOL, null, "c", false);
        assertThat(watch.check(4)).isEmpty();
        changes(5, FactKind.POOL, null, "a", false);
        assertThat(watch.check(6)).containsExactly("auto_resolved");
    }

    @Test
    void a_change_after_an_announced_one_is_measured_by_that() {
        with(Map.of(), Map.of());
        first(0, FactKind.POOL, null, "a");
        changes(1, FactKind.POOL, null, "b", true);
        changes(2, FactKind.POOL, null, "a", false);

        assertThat(watch.check(3)).containsExactly("raised");
        assertThat(watch.newest().message()).endsWith("pool from b to a");
    }

    @Test
    void it_resolves_after_the_time_of_the_rule() {
        with(Map.of("resolve_after_hours", 1.0), Map.of());
        first(0, FactKind.MAC, null, "x");
        changes(1, FactKind.MAC, null, "y", false);

        assertThat(watch.check(2)).containsExactly("raised");
        assertThat(watch.check(60)).isEmpty();
        assertThat(watch.check(62)).containsExactly("auto_resolved");
    }

    @Test
    void acceptance_resolves_it_and_a_later_change_raises_again() {
        with(Map.of(), Map.of());
        first(0, FactKind.POOL, null, "a");
        changes(1, FactKind.POOL, null, "b", false);
        assertThat(watch.check(2)).containsExactly("raised");

        watch.store.facts().accept(MINER, Set.of(FactKind.POOL), minute(2));
        assertThat(watch.check(3)).containsExactly("auto_resolved");
        changes(4, FactKind.POOL, null, "c", false);
        assertThat(watch.check(5)).containsExactly("raised");
        assertThat(watch.newest().message()).endsWith("pool from b to c");
    }

    @Test
    void facts_that_the_rule_does_not_name_raise_nothing() {
        with(Map.of(), Map.of("facts", List.of("board_serial")));
        first(0, FactKind.POOL, null, "a");
        changes(1, FactKind.POOL, null, "b", false);
        assertThat(watch.check(2)).isEmpty();

        first(3, FactKind.BOARD_SERIAL, 0, "x");
        changes(4, FactKind.BOARD_SERIAL, 0, "y", false);
        assertThat(watch.check(5)).containsExactly("raised");
    }

    @Test
    void a_hostname_or_model_counts_only_where_it_is_named() {
        with(Map.of(), Map.of());
        first(0, FactKind.HOSTNAME, null, "a");
        changes(1, FactKind.HOSTNAME, null, "b", false);
        assertThat(watch.check(2)).isEmpty();

        with(Map.of(), Map.of("facts", List.of("hostname")));
        assertThat(watch.check(3)).containsExactly("raised");
    }

    @Test
    void of_firmware_downgrades_alone_count_where_the_rule_says_so() {
        with(Map.of(), Map.of("facts", List.of("firmware_downgrade")));
        first(0, FactKind.FIRMWARE, null, "1.9");
        changes(1, FactKind.FIRMWARE, null, "1.10", false);
        assertThat(watch.check(2)).isEmpty();

        changes(3, FactKind.FIRMWARE, null, "1.8", false);
        assertThat(watch.check(4)).containsExactly("raised");
    }

    @Test
    void a_change_to_an_allowed_pool_raises_nothing() {
        with(Map.of(), Map.of("allowed_pools", List.of("*.example.com")));
        first(0, FactKind.POOL, null, "stratum+tcp://eu.example.com:3333");
        changes(1, FactKind.POOL, null, "stratum+tcp://us.example.com:3333", false);
        assertThat(watch.check(2)).isEmpty();

        changes(3, FactKind.POOL, null, "stratum+tcp://thief.example.net:3333", false);
        assertThat(watch.check(4)).containsExactly("raised");
    }

    @Test
    void several_changes_of_one_miner_are_one_alert() {
        with(Map.of(), Map.of());
        for (int slot = 0; slot < 7; slot++) {
            first(0, FactKind.BOARD_SERIAL, slot, "old " + slot);
            changes(1, FactKind.BOARD_SERIAL, slot, "new " + slot, false);
        }

        assertThat(watch.check(2)).containsExactly("raised");
        assertThat(watch.newest().message()).endsWith("; and others");
        assertThat(watch.newest().details()).containsEntry("changes", 7.0);
    }

    @Test
    void without_facts_nothing_is_concluded() {
        with(Map.of(), Map.of());
        first(0, FactKind.POOL, null, "a");
        changes(1, FactKind.POOL, null, "b", false);
        assertThat(watch.check(2)).containsExactly("raised");

        FleetSnapshot latest = watch.store.metrics().latest();
        AlertState state = watch.store.alerts().load();
        RuleSet rules = RuleSet.compile(watch.store.rules().all());
        assertThat(AlertEngine.evaluate(rules, latest, state, minute(3)).transitions())
                .isEmpty();
    }

    @Test
    void a_fact_that_does_not_exist_is_refused_with_those_that_do() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> RuleTypes.standard()
                        .validate(rule(RuleType.CHANGED, Map.of())
                                .options(Map.of("facts", List.of("boards")))
                                .build()))
                .withMessageContaining("board_serial")
                .withMessageContaining("not \"boards\"")
                .matches(e -> e.argument().equals("options.facts"));
    }
}
