package io.minerops.core.alert.internal;

import static io.minerops.core.alert.Watch.MINER;
import static io.minerops.core.alert.Watch.minute;
import static io.minerops.core.alert.Watch.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Poll;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.alert.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rule about the faults that a miner reports of itself. */
class DeviceFaultRuleTest {
    private final Watch watch = new Watch();

    private void with(Map<String, Double> thresholds, Map<String, List<String>> options) {
        watch.with(
                rule(RuleType.DEVICE_FAULT, thresholds).cooldown(Duration.ZERO).options(options));
    }

    private List<String> at(double minutes, String @Nullable ... codes) {
        List<DeviceFault> faults = codes == null
                ? null
                : Stream.of(codes).map(code -> new DeviceFault(code, "", null)).toList();
        MetricSample sample =
                MetricSample.builder(MINER, minute(minutes)).faults(faults).build();
        watch.store.metrics().append(Poll.of(minute(minutes), List.of(sample)));
        return watch.check(minutes);
    }

    @Test
    void raises_while_the_miner_reports_a_fault() {
        with(Map.of(), Map.of());

        assertThat(at(0)).isEmpty();
        assertThat(at(1, "264")).containsExactly("raised");
        assertThat(at(2, "264")).isEmpty();
        assertThat(at(3)).containsExactly("auto_resolved");
    }

    @Test
    void neither_raises_nor_clears_where_the_miner_does_not_say() {
        with(Map.of(), Map.of());

        assertThat(at(0, (String[]) null)).isEmpty();
        assertThat(at(1, "264")).hasSize(1);
        assertThat(at(2, (String[]) null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"264, true", "26*, true", "265, false", "*, true"})
    void raises_for_the_codes_that_it_names_alone(String pattern, boolean raises) {
        with(Map.of(), Map.of("codes", List.of(pattern)));

        assertThat(at(0, "264")).hasSize(raises ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"264, false", "26*, false", "265, true"})
    void does_not_raise_for_the_codes_that_it_ignores(String pattern, boolean raises) {
        with(Map.of(), Map.of("ignored_codes", List.of(pattern)));

        assertThat(at(0, "264")).hasSize(raises ? 1 : 0);
    }

    @Test
    void raises_from_as_many_faults_on_as_it_says() {
        with(Map.of("min_faults", 2.0), Map.of());

        assertThat(at(0, "264")).isEmpty();
        assertThat(at(1, "264", "265")).hasSize(1);
        assertThat(at(2, "265")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0", "1.5", "33"})
    void refuses_a_number_of_faults_that_cannot_be(double min) {
        assertThatThrownBy(() -> RuleTypes.standard()
                        .validate(rule(RuleType.DEVICE_FAULT, Map.of("min_faults", min))
                                .build()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("min_faults");
    }

    @Test
    void gets_a_warning_where_it_ignores_all_that_it_names() {
        assertThat(new DeviceFaultRule()
                        .warnings(
                                rule(RuleType.DEVICE_FAULT, Map.of())
                                        .options(Map.of("codes", List.of("264"), "ignored_codes", List.of("2*")))
                                        .build(),
                                List.of(Watch.aMiner().build())))
                .hasSize(1);
    }

    private void fault(String code, @Nullable Integer slot, double from, @Nullable Double until) {
        Fact fact = Fact.of(MINER, new DeviceFault(code, "", null, slot), minute(from));
        watch.store.facts().record(List.of(fact));
        if (until != null) {
            watch.store.facts().record(List.of(fact.ended(minute(until))));
        }
    }

    @Test
    void names_the_board_that_has_the_fault() {
        with(Map.of(), Map.of());
        MetricSample sample = MetricSample.builder(MINER, minute(0))
                .faults(List.of(new DeviceFault("540", "Chip id", null, 2)))
                .build();
        watch.store.metrics().append(Poll.of(minute(0), List.of(sample)));

        assertThat(watch.check(0)).containsExactly("raised");
        assertThat(watch.newest().message()).isEqualTo("Reports a fault: 540 (Chip id) on board 2");
    }

    @Test
    void raises_where_faults_come_again_so_often_within_the_window() {
        with(Map.of("min_times", 3.0, "window_hours", 1.0), Map.of());
        at(0, "264");
        fault("264", 1, 0, 5.0);
        fault("264", 1, 10, 15.0);
        assertThat(watch.check(20)).isEmpty();

        fault("264", 1, 30, 35.0);

        assertThat(watch.check(40)).containsExactly("raised");
        assertThat(watch.newest().message()).isEqualTo("Faults within 1 h: 3 beginnings: 264 on board 1");
        assertThat(watch.check(61)).containsExactly("auto_resolved");
    }

    @Test
    void raises_where_one_fault_lasts_so_long_in_total() {
        with(Map.of("min_total_minutes", 30.0, "window_hours", 1.0), Map.of());
        at(0);
        fault("264", null, 0, 20.0);
        fault("110", null, 20, 40.0);
        assertThat(watch.check(40)).isEmpty();

        fault("264", null, 40, null);
        assertThat(watch.check(49)).isEmpty();
        assertThat(watch.check(50)).containsExactly("raised");
        assertThat(watch.newest().message()).startsWith("Faults within 1 h: 30 min in total: 264");
    }

    @Test
    void codes_select_over_time_too() {
        with(Map.of("min_times", 1.0), Map.of("ignored_codes", List.of("26*")));
        at(0);
        fault("264", null, 1, 2.0);
        assertThat(watch.check(3)).isEmpty();

        fault("110", null, 3, 4.0);
        assertThat(watch.check(5)).containsExactly("raised");
    }

    @Test
    void present_faults_count_beside_it_where_the_rule_says_how_many() {
        with(Map.of("min_times", 3.0, "min_faults", 1.0), Map.of());

        assertThat(at(1, "264")).containsExactly("raised");
        assertThat(at(2)).containsExactly("auto_resolved");
    }
}
