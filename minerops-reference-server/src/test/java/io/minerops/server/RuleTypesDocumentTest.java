package io.minerops.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertTransition;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.AlertEngine;
import io.minerops.core.alert.AlertLedger;
import io.minerops.core.alert.Circumstances;
import io.minerops.core.alert.Evaluation;
import io.minerops.core.alert.RuleReview;
import io.minerops.core.alert.RuleSet;
import io.minerops.core.alert.RuleTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/rule-types.md}: its table is that of the engine, and its type from outside works. */
class RuleTypesDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "rule-types.md");
    private static final Path SOURCE = Path.of("src/test/java/io/minerops/server/FanSpreadRule.java");
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Set<String> OF_EVERY_TYPE =
            Set.of("for_minutes", "keep_firing_minutes", "flap_count", "flap_window_minutes", "escalate_after_minutes");

    private final RuleTypes types = RuleTypes.standard().with(new FanSpreadRule());

    @Test
    void every_standard_type_is_in_the_table_with_its_thresholds_and_options() throws IOException {
        String document = Files.readString(DOCUMENT);
        for (RuleType type : RuleTypes.standard().known()) {
            Matcher line =
                    Pattern.compile("(?m)^\\| `" + type.key() + "` \\|.*$").matcher(document);
            assertThat(line.find()).as("a line for %s", type).isTrue();
            Set<String> told = new TreeSet<>();
            Matcher names = Pattern.compile("`([a-z_]+)`").matcher(line.group());
            while (names.find()) {
                told.add(names.group(1));
            }
            Set<String> known = new TreeSet<>(RuleTypes.standard().thresholds(type));
            known.removeAll(OF_EVERY_TYPE);
            known.addAll(RuleTypes.standard().options(type));
            Reading.all().forEach(reading -> known.remove(reading.key()));
            assertThat(told).as(line.group()).containsAll(known);
        }
    }

    @Test
    void the_type_from_outside_is_the_class_that_compiles() throws IOException {
        List<String> source = Files.readAllLines(SOURCE);
        String shown = String.join(
                "\n", source.subList(source.indexOf("// documented from here") + 1, source.indexOf("// to here")));

        assertThat(Files.readString(DOCUMENT)).contains("```java\n" + shown + "\n```");
    }

    @Test
    void the_type_from_outside_raises_and_clears_with_hysteresis() {
        AlertRule rule = AlertRule.builder("fans", FanSpreadRule.TYPE).id(1).build();
        RuleSet rules = RuleSet.compile(List.of(rule), types);
        AlertLedger ledger = new AlertLedger();
        List<String> happened = new ArrayList<>();

        for (double fastest : new double[] {5_600, 5_601, 5_580, Double.NaN, 5_570}) {
            Evaluation evaluation = AlertEngine.evaluate(
                    rules, snapshot(fastest), ledger.state(), START.plusSeconds(happened.size()), Circumstances.NONE);
            ledger.apply(evaluation);
            List<AlertTransition> found = evaluation.batch().transitions();
            happened.add(found.isEmpty() ? "" : found.get(0).getClass().getSimpleName());
        }

        assertThat(happened).containsExactly("", "Raised", "", "", "Cleared");
    }

    @Test
    void the_type_from_outside_refuses_and_warns() {
        AlertRule.Builder rule = AlertRule.builder("fans", FanSpreadRule.TYPE);

        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> types.validate(
                        rule.thresholds(Thresholds.of("max_spread_rpm", 0)).build()))
                .withMessageContaining("max_spread_rpm must be above 0");
        assertThat(RuleReview.of(
                        rule.thresholds(Thresholds.of("max_spread_rpm", 50)).build(),
                        types,
                        snapshot(5_000).roster()))
                .contains("Fans that are well differ by 100 rpm and more.");
    }

    private static FleetSnapshot snapshot(double fastest) {
        return FleetSnapshot.builder(START, 1)
                .row(Miner.builder(MinerAddress.of("10.0.0.1"), START).build())
                .sampledAt(START.toEpochMilli())
                .set(Reading.MIN_FAN_RPM, 5_000)
                .set(Reading.MAX_FAN_RPM, fastest)
                .build();
    }
}
