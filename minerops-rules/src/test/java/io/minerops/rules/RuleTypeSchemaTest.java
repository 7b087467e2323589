package io.minerops.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.RuleTypeDefinition;
import io.minerops.core.alert.type.Threshold;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a type of rule says of itself is what schema, validation and sentence say. */
class RuleTypeSchemaTest {
    /** The standard type for temperatures, but for its default and its range. */
    private record Cooler(double limit) implements RuleTypeDefinition {
        @Override
        public RuleType type() {
            return RuleType.TEMP;
        }

        @Override
        public String label() {
            return "temperature";
        }

        @Override
        public String summary() {
            return "mean temperature above a limit";
        }

        @Override
        public List<Threshold> thresholds() {
            return List.of(Threshold.builder("temp_c")
                    .label("Mean above")
                    .unit("°C")
                    .range(1, limit + 20)
                    .defaultValue(limit)
                    .help("Raises above.")
                    .build());
        }

        @Override
        public String sentence(AlertRule rule) {
            return "above " + thresholds().get(0).of(rule);
        }

        @Override
        public Condition compile(AlertRule rule) {
            RuleTypeDefinition standard =
                    RuleTypes.standard().definition(RuleType.TEMP).orElseThrow();
            return standard.compile(rule);
        }
    }

    private final RuleTypes types = RuleTypes.standard().replacing(new Cooler(65));

    @Test
    void a_default_changed_in_one_place_changes_everywhere() {
        JsonNode temperature = new RuleTypeSchema(types, false)
                .thresholds(RuleType.TEMP)
                .path("properties")
                .path("temp_c");

        assertThat(temperature.path("default").intValue()).isEqualTo(65);
        assertThat(temperature.path("maximum").intValue()).isEqualTo(85);
        assertThat(types.sentence(AlertRule.builder("any", RuleType.TEMP).build()))
                .isEqualTo("above 65.0");
        assertThat(RuleSchema.of(types)).contains("\"default\" : 65").isNotEqualTo(RuleSchema.of(RuleTypes.standard()));
    }

    @Test
    void whole_numbers_are_integers_and_null_is_accepted_only_where_requested() {
        RuleTypeSchema file = new RuleTypeSchema(RuleTypes.standard(), false);
        RuleTypeSchema body = new RuleTypeSchema(RuleTypes.standard(), true);

        assertThat(file.thresholds(RuleType.RESTART)
                        .at("/properties/restarts/type")
                        .textValue())
                .isEqualTo("integer");
        assertThat(body.thresholds(RuleType.RESTART)
                        .at("/properties/restarts/type")
                        .toString())
                .isEqualTo("[\"integer\",\"null\"]");
        assertThat(body.thresholds(RuleType.FLEET).path("type").textValue()).isEqualTo("object");
    }
}
