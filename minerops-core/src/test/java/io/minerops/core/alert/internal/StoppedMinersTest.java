package io.minerops.core.alert.internal;

import static io.minerops.core.alert.Watch.MINER;
import static io.minerops.core.alert.Watch.minute;
import static io.minerops.core.alert.Watch.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.alert.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Miners that an operator or a schedule stopped, and states that last too long. */
class StoppedMinersTest {
    private final Watch watch = new Watch();

    private List<String> at(double minutes, WorkState state, Map<Reading, Double> readings) {
        MetricSample.Builder sample =
                MetricSample.builder(MINER, minute(minutes)).state(state);
        readings.forEach(sample::set);
        watch.store.metrics().append(Poll.of(minute(minutes), List.of(sample.build())));
        return watch.check(minutes);
    }

    private List<String> slow(double minutes, WorkState state) {
        return at(minutes, state, Map.of(Reading.HASHRATE_THS, 0.0));
    }

    private List<String> fast(double minutes, WorkState state) {
        return at(minutes, state, Map.of(Reading.HASHRATE_THS, 100.0));
    }

    private void hashrateRule(double forMinutes, Map<String, List<String>> options) {
        watch.with(rule(RuleType.HASHRATE, Map.of("baseline_ths", 100.0, "for_minutes", forMinutes))
                .cooldown(Duration.ofMinutes(30))
                .options(options));
    }

    @ParameterizedTest
    @EnumSource(WorkState.class)
    void a_hashrate_rule_raises_in_every_state_but_paused_and_asleep(WorkState state) {
        hashrateRule(0, Map.of());

        assertThat(slow(0, state)).hasSize(state == WorkState.PAUSED || state == WorkState.ASLEEP ? 0 : 1);
    }

    @Test
    void a_rule_for_any_state_raises_on_an_asleep_miner_too() {
        hashrateRule(0, Map.of("when", List.of("any")));

        assertThat(slow(0, WorkState.ASLEEP)).containsExactly("raised");
    }

    @Test
    void an_open_alert_stays_as_it_is_while_the_miner_sleeps_and_ends_when_it_works_well_again() {
        hashrateRule(0, Map.of());
        assertThat(slow(0, WorkState.MINING)).containsExactly("raised");

        assertThat(slow(60, WorkState.ASLEEP)).isEmpty();
        assertThat(fast(120, WorkState.ASLEEP)).isEmpty();
        assertThat(slow(121, WorkState.MINING)).containsExactly("reminded");
        assertThat(fast(122, WorkState.MINING)).containsExactly("auto_resolved");
    }

    @Test
    void sleep_ends_a_pending_time_so_that_a_miner_has_it_all_again_when_it_wakes() {
        hashrateRule(10, Map.of());
        assertThat(slow(0, WorkState.MINING)).isEmpty();
        assertThat(slow(1, WorkState.ASLEEP)).isEmpty();

        assertThat(slow(600, WorkState.TUNING)).isEmpty();
        assertThat(slow(605, WorkState.MINING)).isEmpty();
        assertThat(slow(610, WorkState.MINING)).containsExactly("raised");
    }

    @Test
    void nothing_is_learned_of_what_a_miner_does_in_its_sleep() {
        watch.with(rule(RuleType.HASHRATE, Map.of()));
        fast(0, WorkState.MINING);
        double learned = watch.baseline().meanThs();

        for (int minute = 1; minute < 50; minute++) {
            at(minute, WorkState.PAUSED, Map.of(Reading.HASHRATE_THS, 3.0));
        }

        assertThat(watch.baseline().meanThs()).isEqualTo(learned);
    }

    @ParameterizedTest
    @CsvSource({"fan, min_fan_rpm, 0", "board, boards_alive, 0", "profit, power_w, 3000"})
    void fans_boards_and_losses_of_an_asleep_miner_raise_nothing(String type, String reading, double value) {
        watch.economics(0.05, 0.1);
        watch.with(rule(new RuleType(type), Map.of()));
        Map<Reading, Double> readings = Map.of(
                Reading.valueOf(reading.toUpperCase(Locale.ROOT)),
                value,
                Reading.HASHRATE_THS,
                0.0,
                Reading.BOARDS_EXPECTED,
                3.0);

        assertThat(at(0, WorkState.ASLEEP, readings)).isEmpty();
        assertThat(at(1, WorkState.MINING, readings)).containsExactly("raised");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sometimes", "Any"})
    void another_word_for_when_is_refused(String word) {
        assertThatThrownBy(() -> RuleTypes.standard()
                        .validate(rule(RuleType.FAN, Map.of())
                                .options(Map.of("when", List.of(word)))
                                .build()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("options.when must be mining or any, not \"" + word + "\"");
    }

    @Test
    void two_words_for_when_are_refused() {
        assertThatThrownBy(() -> RuleTypes.standard()
                        .validate(rule(RuleType.FAN, Map.of())
                                .options(Map.of("when", List.of("any", "mining")))
                                .build()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("options.when must be mining or any, not \"any, mining\"");
    }

    @Test
    void a_temperature_rule_has_no_such_option_and_raises_whatever_the_miner_does() {
        watch.with(rule(RuleType.TEMP, Map.of()));

        assertThat(at(0, WorkState.ASLEEP, Map.of(Reading.AVG_TEMP_C, 95.0))).containsExactly("raised");
        assertThat(RuleTypes.standard().optionNames(RuleType.TEMP)).isEmpty();
        assertThat(RuleTypes.standard().optionNames(RuleType.BOARD)).containsExactly("when");
    }

    @Test
    void a_state_that_should_not_last_raises_after_its_time_and_ends_with_the_state() {
        watch.with(rule(RuleType.STATE, Map.of("for_minutes", 720.0)).options(Map.of("states", List.of("asleep"))));

        assertThat(slow(0, WorkState.ASLEEP)).isEmpty();
        assertThat(slow(719, WorkState.ASLEEP)).isEmpty();
        assertThat(slow(720, WorkState.ASLEEP)).containsExactly("raised");
        assertThat(watch.newest().message()).isEqualTo("State of work: asleep");
        assertThat(slow(721, WorkState.UNKNOWN)).isEmpty();
        assertThat(fast(722, WorkState.MINING)).containsExactly("auto_resolved");
    }

    @ParameterizedTest
    @EnumSource(WorkState.class)
    void a_state_rule_that_names_none_raises_on_idle_and_fault(WorkState state) {
        watch.with(rule(RuleType.STATE, Map.of()));

        assertThat(slow(0, state)).hasSize(state == WorkState.IDLE || state == WorkState.FAULT ? 1 : 0);
    }

    @Test
    void a_state_that_there_is_not_is_refused() {
        assertThatThrownBy(() -> RuleTypes.standard()
                        .validate(rule(RuleType.STATE, Map.of())
                                .options(Map.of("states", List.of("broken")))
                                .build()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("options.states must be of mining, idle, paused, asleep, tuning, fault, unknown,"
                        + " not \"broken\"");
    }
}
