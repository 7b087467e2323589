package io.minerops.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Holds the engine against a file of test vectors, {@code alert-cases.json} in the folder that the environment variable
 * {@value #FOLDER} names; without it, nothing runs here.
 */
@EnabledIfEnvironmentVariable(named = AlertVectorsTest.FOLDER, matches = ".+")
class AlertVectorsTest {
    static final String FOLDER = "MINEROPS_VECTORS";

    @TestFactory
    Stream<DynamicTest> every_case_changes_state_when_it_should_and_never_else() throws IOException {
        JsonNode file = new ObjectMapper()
                .readTree(Path.of(System.getenv(FOLDER), "alert-cases.json").toFile());
        return StreamSupport.stream(file.path("cases").spliterator(), false)
                .map(one -> DynamicTest.dynamicTest(one.path("name").asText(), () -> run(one)));
    }

    private static void run(JsonNode one) {
        Watch watch = new Watch();
        watch.miner(miner(one.path("miner")));
        JsonNode rule = one.path("rule");
        Map<String, Double> thresholds = new HashMap<>();
        rule.path("thresholds")
                .properties()
                .forEach(
                        entry -> thresholds.put(entry.getKey(), entry.getValue().doubleValue()));
        watch.with(Watch.rule(new RuleType(rule.path("rule_type").asText()), Map.of())
                .thresholds(Thresholds.of(thresholds))
                .cooldown(Duration.ofMinutes(rule.path("cooldown_minutes").longValue())));

        List<String> seen = new ArrayList<>();
        double next = 0;
        for (double minute = 0; minute <= one.path("until_minutes").doubleValue(); minute++) {
            for (JsonNode sample : one.path("samples")) {
                if (sample.path("t").doubleValue() == minute) {
                    watch.sample(minute, Watch.MINER, readings(sample));
                }
            }
            if (minute == next) {
                for (String event : watch.check(minute)) {
                    seen.add(minute + " " + event);
                }
                next += one.path("every_minutes").doubleValue();
            }
        }

        List<String> expected = new ArrayList<>();
        one.path("expect")
                .forEach(event -> expected.add(event.path("t").doubleValue() + " "
                        + event.path("event").asText()));
        assertThat(seen).isEqualTo(expected);
    }

    private static Miner.Builder miner(JsonNode fields) {
        Miner.Builder miner = Watch.aMiner();
        if (fields.hasNonNull("nominal_ths")) {
            miner.nominalThs(fields.path("nominal_ths").doubleValue());
        }
        if (fields.hasNonNull("power_cap_w")) {
            miner.powerCapW(fields.path("power_cap_w").doubleValue());
        }
        return miner;
    }

    private static Map<Reading, Double> readings(JsonNode sample) {
        Map<Reading, Double> readings = new HashMap<>();
        for (Reading reading : Reading.all()) {
            if (sample.hasNonNull(reading.key())) {
                readings.put(reading, sample.path(reading.key()).doubleValue());
            }
        }
        return readings;
    }
}
