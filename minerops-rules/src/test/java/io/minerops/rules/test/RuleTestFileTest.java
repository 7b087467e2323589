package io.minerops.rules.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.InvalidArgumentException;
import io.minerops.rules.RuleFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of rules: what passes, the report of one that does not, and what is no test at all. */
class RuleTestFileTest {
    private static final String HEAD = """
            version: 1
            check_interval: 1m
            rules:
              - {name: Hot, rule_type: temp, cooldown_minutes: 10}
            tests:
            """;

    @TempDir
    Path folder;

    private RuleTestFile file(String tests) throws IOException {
        Path file = folder.resolve("t.yaml");
        Files.writeString(file, HEAD + tests.indent(2));
        return RuleTestFile.read(file);
    }

    private List<String> failures(String test) throws IOException {
        return file(test).run().get(0).failures();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "60 | 60.0",
                "60x2 | 60.0 60.0 60.0",
                "60+5x2 | 60.0 65.0 70.0",
                "60-2.5x2 | 60.0 57.5 55.0",
                "-4 0.5 | -4.0 0.5",
                "_ 1 _x2 | NaN 1.0 NaN NaN",
                "1 silent 1 silentx2 | 1.0 null 1.0 null null",
            })
    void values_are_written_shortly(String text, String values) {
        assertThat(SeriesValues.parse(text).stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .isEqualTo(values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hot", "60y5", "60x", "1e5", "NaN", "60+x5", "60x9999999", "stale", "999999x999999"})
    void values_that_are_none_are_refused(String text) {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> SeriesValues.parse(text))
                .withMessageStartingWith("values must be");
    }

    @Test
    void a_test_passes_whose_alerts_are_open_when_they_should() throws IOException {
        assertThat(failures("""
                        - name: hot
                          series: [{miner: 10.0.0.1, reading: avg_temp_c, values: 70 85x3 70}]
                          expect:
                            - {at: 0m, alerts: []}
                            - {at: 1m, alerts: [{rule: Hot, miner: 10.0.0.1}]}
                            - {at: 90s, alerts: [{rule: Hot, miner: 10.0.0.1}]}
                            - {at: 5m, alerts: []}
                        """)).isEmpty();
    }

    @Test
    void what_is_missing_and_what_is_too_much_is_reported_with_its_time() throws IOException {
        assertThat(failures("""
                        - name: hot
                          miners: [{address: 10.0.0.2}]
                          series: [{miner: 10.0.0.1, reading: avg_temp_c, values: 85x3}]
                          expect:
                            - at: 2m
                              alerts:
                                - {rule: Hot, miner: 10.0.0.2, severity: critical}
                          events:
                            - {at: 1m, event: cleared, rule: Hot, miner: 10.0.0.1}
                        """))
                .containsExactly(
                        "at 2m: expected Hot on 10.0.0.2 active critical, but it is not",
                        "at 2m: not expected: Hot on 10.0.0.1 active warning",
                        "did not happen at 1m: cleared Hot on 10.0.0.1",
                        "not expected at 0s: raised Hot on 10.0.0.1");
    }

    @Test
    void an_action_on_an_alert_that_is_not_open_is_a_failure() throws IOException {
        assertThat(failures("""
                        - name: cold
                          series: [{miner: 10.0.0.1, reading: avg_temp_c, values: 60x3}]
                          actions:
                            - {at: 1m, acknowledge: {rule: Hot, miner: 10.0.0.1}}
                            - {at: 2m, resolve: {rule: Hot, miner: 10.0.0.1}}
                          expect: [{at: 2m, alerts: []}]
                        """))
                .containsExactly(
                        "at 1m: there is no active alert of Hot on 10.0.0.1 to acknowledge",
                        "at 2m: there is no open alert of Hot on 10.0.0.1 to resolve");
    }

    @Test
    void a_rule_that_was_deleted_can_be_changed_no_more() throws IOException {
        assertThat(failures("""
                        - name: gone
                          series: [{miner: 10.0.0.1, reading: avg_temp_c, values: 60x3}]
                          actions:
                            - {at: 1m, delete: Hot}
                            - {at: 2m, change: {name: Hot, severity: critical}}
                            - {at: 2m, delete: Hot}
                          expect: [{at: 2m, alerts: []}]
                        """))
                .containsExactly(
                        "at 2m: there is no rule Hot any more to change",
                        "at 2m: there is no rule Hot any more to delete");
    }

    @Test
    void a_test_that_would_take_for_ever_is_refused_with_its_length() throws IOException {
        assertThat(failures("""
                        - name: long
                          series: [{miner: 10.0.0.1, reading: avg_temp_c, values: 60}]
                          expect: [{at: 9999d, alerts: []}]
                        """))
                .singleElement()
                .asString()
                .startsWith("takes 14398561 checks and as many samples of each series; at most 1000000 are made");
    }

    @Test
    void every_error_of_a_file_is_reported_with_its_line() {
        assertThatExceptionOfType(RuleFileException.class)
                .isThrownBy(() -> file("""
                                - name: wrong
                                  sample_interval: soon
                                  miners: [{address: 10.0.0.1, nominal_ths: -1}, {address: 10.0.0.1}]
                                  series:
                                    - {miner: 10.0.0.1, reading: avg_temp, values: 60}
                                    - {miner: 10.0.0.1, reading: avg_temp_c, values: hot}
                                  actions:
                                    - {at: 1m, delete: Hott}
                                    - {at: 1m}
                                    - {at: 1m, silence: {until: 2m}}
                                  expect: [{at: 1m, alerts: [{rule: Cold}]}]
                                """))
                .satisfies(refusal -> assertThat(refusal.problems())
                        .extracting(problem -> problem.line() + ": " + problem.message())
                        .satisfiesExactly(
                                one -> assertThat(one).startsWith("7: sample_interval must be a time such as"),
                                one -> assertThat(one).startsWith("8: nominal_ths must be"),
                                one -> assertThat(one).startsWith("8: address 10.0.0.1 is another miner's"),
                                one -> assertThat(one).contains("did you mean avg_temp_c"),
                                one -> assertThat(one).startsWith("11: values must be such as"),
                                one -> assertThat(one)
                                        .isEqualTo("13: rule must be one of Hot, not \"Hott\"; did you mean Hot?"),
                                one -> assertThat(one).startsWith("14: an action must have exactly one of"),
                                one -> assertThat(one).startsWith("15: a silence must name what it covers"),
                                one -> assertThat(one).startsWith("16: rule must be one of Hot")));
    }

    @Test
    void a_test_that_expects_nothing_is_refused() {
        assertThatExceptionOfType(RuleFileException.class)
                .isThrownBy(() -> file("""
                                - name: nothing
                                  series: [{miner: 10.0.0.1, reading: avg_temp_c, values: 60}]
                                """))
                .withMessageContaining("a test must have expect or events");
    }

    @Test
    void rules_that_look_back_and_rules_that_calculate_are_tested_too() throws IOException {
        Path file = folder.resolve("wide.yaml");
        Files.writeString(file, """
                version: 1
                check_interval: 1m
                rules:
                  - {name: Rise, rule_type: rate_of_change, thresholds: {avg_temp_c: 15, within_minutes: 5}}
                  - {name: Loss, rule_type: profit}
                tests:
                  - name: both
                    economics: {revenue_usd_per_th_day: 0.05, tariff_usd_per_kwh: 0.1}
                    series:
                      - {miner: 10.0.0.1, reading: avg_temp_c, values: 60+4x4}
                      - {miner: 10.0.0.1, reading: hashrate_ths, values: 100x4}
                      - {miner: 10.0.0.1, reading: power_w, values: 2000x2 2200 2200}
                    events:
                      - {at: 3m, event: raised, rule: Loss, miner: 10.0.0.1}
                      - {at: 4m, event: raised, rule: Rise, miner: 10.0.0.1}
                """);

        assertThat(RuleTestFile.read(file).run())
                .singleElement()
                .satisfies(result -> assertThat(result.failures()).isEmpty());
    }
}
