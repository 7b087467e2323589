package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import io.minerops.core.alert.DefaultRules;
import io.minerops.core.alert.RuleLinter;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.RuleTypeDefinition;
import io.minerops.core.alert.type.Threshold;
import io.minerops.rules.RuleSchema;
import io.minerops.server.openapi.ApiDescription;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A default that its definition changes is another one in everything that shows or uses it. */
class ChangedDefaultTest {
    private static final double CHANGED_C = 163;
    private static final AlertRule RULE =
            AlertRule.builder("hot", RuleType.TEMP).build();

    private final RuleTypes types = RuleTypes.standard()
            .replacing(new Hotter(RuleTypes.standard().definition(RuleType.TEMP).orElseThrow()));

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void the_standard_default_is_another_one() {
        assertThat(RuleTypes.standard().threshold(RuleType.TEMP, "temp_c").defaultValue())
                .isNotNull()
                .isNotEqualTo(CHANGED_C);
    }

    @Test
    void in_the_rule_types_of_rest() throws JsonProcessingException {
        JsonNode reply = json(new RuleTypeRoutes(types, List::of).list().json());

        assertThat(defaults(reply.path("rule_types"))).containsExactly(CHANGED_C);
    }

    private static List<Double> defaults(JsonNode types) {
        return types.findParents("rule_type").stream()
                .filter(type -> type.path("rule_type").asText().equals("temp"))
                .flatMap(type -> type.path("thresholds").findParents("name").stream())
                .filter(threshold -> threshold.path("name").asText().equals("temp_c"))
                .map(threshold -> threshold.path("default").doubleValue())
                .toList();
    }

    @Test
    void in_the_schema_of_rule_files() throws JsonProcessingException {
        assertThat(json(RuleSchema.of(types)).findValues("temp_c"))
                .isNotEmpty()
                .allSatisfy(threshold ->
                        assertThat(threshold.path("default").doubleValue()).isEqualTo(CHANGED_C));
    }

    @Test
    void in_the_openapi_document() {
        assertThat(ApiDescription.document(types)
                        .at("/components/schemas/ThresholdsByType")
                        .findValues("temp_c"))
                .isNotEmpty()
                .allSatisfy(threshold ->
                        assertThat(threshold.path("default").doubleValue()).isEqualTo(CHANGED_C));
    }

    @Test
    void in_the_default_rules() {
        assertThat(DefaultRules.standard(types))
                .filteredOn(rule -> rule.type().equals(RuleType.TEMP))
                .singleElement()
                .satisfies(rule -> {
                    assertThat(rule.thresholds().asMap()).containsEntry("temp_c", CHANGED_C);
                    assertThat(rule.description()).contains("163");
                });
    }

    @Test
    void in_the_sentence_and_the_warnings_of_a_rule() {
        MinerIndex roster = MinerIndex.of(List.of(
                Miner.builder(MinerAddress.of("10.0.0.1"), Instant.EPOCH).build()));

        assertThat(types.sentence(RULE)).contains("163");
        assertThat(RuleLinter.of(RULE, types, roster))
                .anySatisfy(warning -> assertThat(warning).contains("163"));
    }

    /** The standard type with another default, which everything else of it applies. */
    private record Hotter(RuleTypeDefinition standard) implements RuleTypeDefinition {
        @Override
        public RuleType type() {
            return standard.type();
        }

        @Override
        public String label() {
            return standard.label();
        }

        @Override
        public String summary() {
            return standard.summary();
        }

        @Override
        public List<Threshold> thresholds() {
            return standard.thresholds().stream()
                    .map(threshold -> threshold.name().equals("temp_c") ? changed(threshold) : threshold)
                    .toList();
        }

        @Override
        public String sentence(AlertRule rule) {
            return standard.sentence(filled(rule));
        }

        @Override
        public Condition compile(AlertRule rule) {
            return standard.compile(filled(rule));
        }

        @Override
        public List<String> warnings(AlertRule rule, List<Miner> covered) {
            return standard.warnings(filled(rule), covered);
        }

        private static Threshold changed(Threshold threshold) {
            return new Threshold(
                    threshold.name(),
                    threshold.label(),
                    threshold.unit(),
                    threshold.min(),
                    threshold.max(),
                    threshold.belowMax(),
                    threshold.whole(),
                    threshold.nonZero(),
                    CHANGED_C,
                    Double.toString(CHANGED_C),
                    threshold.help(),
                    threshold.example());
        }

        private static AlertRule filled(AlertRule rule) {
            Map<String, Double> thresholds =
                    new LinkedHashMap<>(rule.thresholds().asMap());
            thresholds.putIfAbsent("temp_c", CHANGED_C);
            return rule.toBuilder().thresholds(Thresholds.of(thresholds)).build();
        }
    }
}
