package io.minerops.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.AlertEngine;
import io.minerops.core.alert.AlertTransition;
import io.minerops.core.alert.Evaluation;
import io.minerops.core.alert.RuleLinter;
import io.minerops.core.alert.RuleSet;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.alert.internal.change.AlertLedger;
import io.minerops.core.alert.type.EvaluationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/rule-types.md}: its type from outside works. */
class RuleTypesDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "rule-types.md");
    private static final Path SOURCE = Path.of("src/test/java/io/minerops/server/FanSpreadRule.java");
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private final RuleTypes types = RuleTypes.standard().with(new FanSpreadRule());

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
                    rules,
                    snapshot(fastest),
                    ledger.state(),
                    START.plusSeconds(happened.size()),
                    EvaluationContext.NONE);
            ledger.apply(evaluation);
            List<AlertTransition> found = evaluation.transitions();
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
                .withMessageContaining("max_spread_rpm must be between 1 and 20000");
        assertThat(RuleLinter.of(
                        rule.thresholds(Thresholds.of("max_spread_rpm", 50)).build(),
                        types,
                        snapshot(5_000).roster()))
                .contains("Healthy fans differ by 100 rpm and more.");
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
