package io.minerops.core.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.internal.TemperatureRule;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.MinerCondition;
import io.minerops.core.alert.type.RuleTypeDefinition;
import io.minerops.core.alert.type.Threshold;
import io.minerops.core.alert.type.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each rule type raises and clears at, one reading after another, and which thresholds it takes. */
class RuleTypesTest {
    private static final Threshold MAX = Threshold.builder("max")
            .label("More than")
            .unit("shares")
            .range(0, 100)
            .defaultValue(0)
            .help("Raises above.")
            .build();

    @ParameterizedTest(name = "{0} {1}: {2} = {3} gives {4}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            temp     | temp_c=80                  | avg_temp_c                 | 80 80.01 76.01 76          | . raised . auto_resolved
            temp     | temp_c=80 clear_c=60       | avg_temp_c                 | 81 61 60                   | raised . auto_resolved
            temp     | temp_c=80 clear_c=80       | avg_temp_c                 | 80.1 80                    | raised auto_resolved
            temp     | -                          | avg_temp_c                 | 80 81                      | . raised
            hashrate | baseline_ths=100           | hashrate_ths               | 90 89.99 94.99 95          | . raised . auto_resolved
            hashrate | baseline_ths=100 clear_ratio=1 | hashrate_ths           | 89 99.9 100                | raised . auto_resolved
            hashrate | baseline_ths=100 drop_threshold=0.5 | hashrate_ths      | 50 49 94 95                | . raised . auto_resolved
            hashrate | baseline_ths=100 drop_threshold=1 | hashrate_ths        | 100 99 100                 | . raised auto_resolved
            fan      | min_rpm=2000               | min_fan_rpm                | 2000 1999 2099 2100        | . raised . auto_resolved
            fan      | min_rpm=2000               | avg_fan_rpm                | 2000 0 2100                | . raised auto_resolved
            fan      | min_rpm=0 max_rpm=6000     | max_fan_rpm                | 6000 6001 5701 5700        | . raised . auto_resolved
            power    | max_power_w=3500           | power_w                    | 3500 3501 3326 3325        | . raised . auto_resolved
            power    | min_power_w=1000           | power_w                    | 1000 999 1049 1050         | . raised . auto_resolved
            power    | -                          | power_w                    | 0 100000                   | . .
            """)
    void raises_and_clears_at_its_limits(
            String type, String thresholds, String reading, String values, String expected) {
        Watch watch = new Watch();
        watch.with(AlertRule.builder("the rule", new RuleType(type)).thresholds(parse(thresholds)));
        List<String> seen = new ArrayList<>();
        double minutes = 0;
        for (String value : values.split(" ", -1)) {
            Map<Reading, Double> readings = new HashMap<>();
            Reading read = Reading.all().stream()
                    .filter(one -> one.key().equals(reading))
                    .findFirst()
                    .orElseThrow();
            readings.put(read, Double.valueOf(value));
            if (read == Reading.MAX_FAN_RPM) {
                readings.put(Reading.MIN_FAN_RPM, 3_000.0);
            }
            List<String> events = watch.sample(minutes, Watch.MINER, readings).check(minutes);
            seen.add(events.isEmpty() ? "." : String.join("+", events));
            minutes += 2;
        }

        assertThat(String.join(" ", seen)).isEqualTo(expected);
    }

    @Test
    void power_is_held_against_the_miners_own_cap_with_its_tolerance() {
        Watch watch = new Watch();
        watch.miner(Miner.builder(Watch.MINER, Watch.START).powerCapW(3_000.0));
        watch.with(Watch.rule(RuleType.POWER, Map.of()));

        assertThat(watch.sample(0, Reading.POWER_W, 3_150).check(0)).isEmpty();
        assertThat(watch.sample(2, Reading.POWER_W, 3_151).check(2)).containsExactly("raised");
        assertThat(watch.sample(4, Reading.POWER_W, 3_001).check(4)).isEmpty();
        assertThat(watch.sample(6, Reading.POWER_W, 3_000).check(6)).containsExactly("auto_resolved");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            temp     | temp_c=0                     | thresholds.temp_c
            temp     | temp_c=80 clear_c=81         | thresholds.clear_c
            temp     | max_rpm=1                    | thresholds.max_rpm
            temp     | for_minutes=-1               | thresholds.for_minutes
            hashrate | drop_threshold=1.1           | thresholds.drop_threshold
            hashrate | drop_threshold=0.9 clear_ratio=0.8 | thresholds.clear_ratio
            hashrate | baseline_ths=0               | thresholds.baseline_ths
            fan      | min_rpm=2000 max_rpm=2100    | thresholds.max_rpm
            power    | cap_tolerance=0.9            | thresholds.cap_tolerance
            power    | min_power_w=100 max_power_w=100 | thresholds.max_power_w
            offline  | max_age_minutes=0            | thresholds.max_age_minutes
            humidity | temp_c=1                     | rule_type
            """)
    void refuses_unusable_thresholds_and_names_the_field(String type, String thresholds, String field) {
        AlertRule rule = AlertRule.builder("the rule", new RuleType(type))
                .thresholds(parse(thresholds))
                .build();

        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> RuleTypes.standard().validate(rule))
                .satisfies(refusal -> assertThat(refusal.argument()).isEqualTo(field))
                .withMessageContaining(field.substring(field.indexOf(".") + 1));
    }

    @Test
    void the_default_rules_can_all_be_watched() {
        assertThat(DefaultRules.standard()).hasSize(4).allSatisfy(RuleTypes.standard()::validate);
    }

    @Test
    void a_second_definition_of_a_type_is_refused() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> RuleTypes.standard().with(new TemperatureRule()))
                .satisfies(refusal -> assertThat(refusal.argument()).isEqualTo("rule_type"))
                .withMessageContaining("temp is defined by " + TemperatureRule.class.getName());
    }

    @Test
    void a_type_of_another_maker_is_watched_beside_the_standard_ones() {
        RuleTypeDefinition definition = new RuleTypeDefinition() {
            @Override
            public RuleType type() {
                return new RuleType("rejects");
            }

            @Override
            public String label() {
                return "rejects";
            }

            @Override
            public String summary() {
                return "more rejected shares than a limit";
            }

            @Override
            public List<Threshold> thresholds() {
                return List.of(MAX);
            }

            @Override
            public Condition compile(AlertRule rule) {
                return new MinerCondition() {
                    @Override
                    public Verdict judge(CheckContext check, int row) {
                        return check.snapshot().value(Reading.REJECTED, row) > MAX.of(rule)
                                ? Verdict.VIOLATED
                                : Verdict.CLEAR;
                    }

                    @Override
                    public Finding describe(CheckContext check, int row) {
                        return new Finding("too many rejects", Map.of());
                    }
                };
            }
        };
        RuleTypes types = RuleTypes.standard().with(definition);
        AlertRule rule = AlertRule.builder("rejects", definition.type())
                .thresholds(Thresholds.of("max", 3))
                .build();

        types.validate(rule);
        assertThat(types.known()).contains(RuleType.TEMP, definition.type());
        assertThat(types.thresholdNames(definition.type())).contains("max", "for_minutes");
        assertThat(types.sentence(rule)).isEqualTo("more than 3 shares");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            offline        | -                                    | no sample for more than 10 min
            temp           | temp_c=75.5 for_minutes=2            | mean temperature above 75.5 °C, for 2 min
            hashrate       | -                                    | hashrate below 90 % of the baseline
            hashrate       | baseline_ths=100 drop_threshold=0.5  | hashrate below 50 % of 100 TH/s
            fan            | -                                    | slowest fan below 2000 rpm
            fan            | max_rpm=6000                         | slowest fan below 2000 rpm or fastest fan above 6000 rpm
            power          | max_power_w=3500                     | power above 3500 W or power above the miner's cap × 1.05
            efficiency     | -                                    | more than 1.2 × the nominal J/TH
            efficiency     | max_j_per_th=38                      | more than 38 J/TH
            hw_errors      | -                                    | more than 5 % hardware errors within 60 min
            reject_rate    | max_pct=1                            | more than 1 % rejected shares within 60 min
            restart        | -                                    | 3 restarts within 60 min
            rate_of_change | avg_temp_c=15                        | avg_temp_c moved by 15 °C within 10 min
            anomaly        | hashrate_ths=-4                      | hashrate_ths off by -4 deviations from its past and its peers
            profit         | max_loss_usd_per_day=2               | a loss of more than 2 USD a day
            board          | -                                    | a hash board missing or a chip missing
            pool           | min_pools_alive=2                    | fewer than 2 pools answer
            fleet          | max_offline=5 min_total_ths=100      | offline more than 5 miners or in total less than 100 TH/s
            device_fault   | -                                    | the miner reports a fault
            device_fault   | min_faults=3                         | the miner reports 3 faults
            fleet          | -                                    | fleet
            """)
    void says_when_a_rule_raises(String type, String thresholds, String sentence) {
        AlertRule rule = AlertRule.builder("the rule", new RuleType(type))
                .thresholds(parse(thresholds))
                .build();

        assertThat(RuleTypes.standard().sentence(rule)).isEqualTo(sentence);
    }

    @Test
    void every_default_and_example_is_in_its_range() {
        for (RuleType type : RuleTypes.standard().known()) {
            assertThat(RuleTypes.standard().thresholds(type)).allSatisfy(threshold -> {
                assertThat(threshold.example()).isBetween(threshold.min(), threshold.max());
                if (threshold.defaultValue() != null) {
                    assertThat(threshold.defaultValue()).isBetween(threshold.min(), threshold.max());
                }
            });
        }
    }

    @Test
    void the_default_rules_take_their_limits_from_the_types() {
        assertThat(DefaultRules.standard())
                .filteredOn(rule -> rule.type().equals(RuleType.TEMP))
                .singleElement()
                .satisfies(rule -> assertThat(rule.thresholds().get("temp_c"))
                        .hasValue(Objects.requireNonNull(TemperatureRule.TEMP_C.defaultValue())));
    }

    private static Thresholds parse(String text) {
        Map<String, Double> values = new HashMap<>();
        if (text != null) {
            for (String part : text.split(" ", -1)) {
                int equals = part.indexOf('=');
                values.put(part.substring(0, equals), Double.valueOf(part.substring(equals + 1)));
            }
        }
        return Thresholds.of(values);
    }
}
