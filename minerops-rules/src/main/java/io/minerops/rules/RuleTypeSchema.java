package io.minerops.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.alert.type.RuleOption;
import io.minerops.core.alert.type.Threshold;
import io.minerops.core.alert.type.ThresholdConstraint;
import java.util.List;

/**
 * The JSON Schema (2020-12) of the thresholds and options of rules, made from what each type says of itself. What JSON
 * Schema cannot express stands in keywords that begin with {@code x-}: the unit, and the other threshold that a value
 * depends on.
 *
 * @param types the types of rules
 * @param nullable whether null stands for a value that is left out, as in the bodies of the REST interface
 */
public record RuleTypeSchema(RuleTypes types, boolean nullable) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double MAX_WHOLE = 1e15;

    /** One {@code if}/{@code then} for each type: which {@code thresholds} and {@code options} it takes. */
    public ArrayNode branches() {
        ArrayNode branches = JSON.arrayNode();
        types.known().forEach(type -> branches.add(branch(type)));
        return branches;
    }

    private ObjectNode branch(RuleType type) {
        ObjectNode branch = JSON.objectNode();
        ObjectNode condition = branch.putObject("if");
        condition.putObject("properties").putObject("rule_type").put("const", type.key());
        condition.putArray("required").add("rule_type");
        ObjectNode then = branch.putObject("then").putObject("properties");
        then.set("thresholds", thresholds(type));
        then.set("options", options(type));
        return branch;
    }

    /** The thresholds of a rule of this type. */
    public ObjectNode thresholds(RuleType type) {
        List<ThresholdConstraint> constraints = types.constraints(type);
        ObjectNode schema = JSON.objectNode();
        boolean required = constraints.stream().anyMatch(RuleTypeSchema::requiresOne);
        type(schema, "object", nullable && !required);
        schema.put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        types.thresholds(type).forEach(threshold -> properties.set(threshold.name(), number(threshold)));
        ArrayNode together = JSON.arrayNode();
        constraints.forEach(constraint -> constrain(constraint, properties, together));
        if (!together.isEmpty()) {
            schema.set("allOf", together);
        }
        return schema;
    }

    /** The options of a rule of this type. */
    public ObjectNode options(RuleType type) {
        ObjectNode schema = JSON.objectNode();
        type(schema, "object", nullable);
        schema.put("description", types.options(type).isEmpty() ? "This type has none." : "Its options.");
        schema.put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        types.options(type).forEach(option -> properties.set(option.name(), texts(option)));
        return schema;
    }

    private ObjectNode number(Threshold threshold) {
        ObjectNode number = JSON.objectNode();
        type(number, threshold.whole() ? "integer" : "number", nullable);
        put(number, "minimum", threshold.min());
        put(number, threshold.belowMax() ? "exclusiveMaximum" : "maximum", threshold.max());
        if (threshold.nonZero()) {
            number.putObject("not").put("const", 0);
        }
        if (threshold.defaultValue() != null) {
            put(number, "default", threshold.defaultValue());
        }
        number.put("x-unit", threshold.unit());
        number.put("description", threshold.help());
        number.putArray("examples").add(number(threshold.example()));
        return number;
    }

    /** A list of texts; a file may give one alone. */
    private ObjectNode texts(RuleOption option) {
        ObjectNode texts = JSON.objectNode();
        ObjectNode text = JSON.objectNode().put("type", "string");
        if (option.choices().isEmpty()) {
            text.put("minLength", 1).put("maxLength", AlertRule.MAX_OPTION_CHARACTERS);
        } else {
            option.choices().forEach(text.putArray("enum")::add);
        }
        ObjectNode list = JSON.objectNode();
        if (nullable) {
            if (option.choices().isEmpty()) {
                text.put("pattern", "\\S");
            }
            text.put("description", "One of them.");
            text.putArray("examples").add(option.example().get(0));
            list = texts;
        } else {
            ArrayNode either = texts.putArray("anyOf");
            either.add(text.deepCopy());
            either.add(list);
        }
        type(list, "array", nullable);
        list.put("minItems", 1).put("maxItems", option.maxTexts()).set("items", text);
        texts.put("description", option.help());
        ArrayNode example = texts.putArray("examples").addArray();
        option.example().forEach(example::add);
        return texts;
    }

    private static void constrain(ThresholdConstraint constraint, ObjectNode properties, ArrayNode together) {
        if (constraint instanceof ThresholdConstraint.AtMost relation) {
            properties.withObjectProperty(relation.name()).put("x-at-most", relation.other());
        } else if (constraint instanceof ThresholdConstraint.AtLeast relation) {
            properties.withObjectProperty(relation.name()).put("x-at-least", relation.other());
        } else if (constraint instanceof ThresholdConstraint.Below relation) {
            properties.withObjectProperty(relation.name()).put("x-below", relation.other());
        } else if (constraint instanceof ThresholdConstraint.RoomAbove relation) {
            properties.withObjectProperty(relation.name()).put("x-above", relation.other());
        } else if (constraint instanceof ThresholdConstraint.Requires relation) {
            ObjectNode either = together.addObject();
            either.set("if", given(relation.name()));
            ObjectNode other = given(relation.other());
            if (relation.minOther() > 0) {
                other.withObjectProperty("properties")
                        .withObjectProperty(relation.other())
                        .put("minimum", relation.minOther());
            }
            either.set("then", other);
        } else if (constraint instanceof ThresholdConstraint.Excludes relation) {
            ObjectNode both = given(relation.name());
            both.withArrayProperty("required").add(relation.other());
            both.withObjectProperty("properties").putObject(relation.other()).put("type", "number");
            together.addObject().set("not", both);
        } else if (constraint instanceof ThresholdConstraint.AnyOf any) {
            ArrayNode either = together.addObject().putArray("anyOf");
            any.names().forEach(name -> either.add(given(name)));
        } else if (constraint instanceof ThresholdConstraint.OneReading one) {
            ArrayNode exactlyOne = together.addObject().putArray("oneOf");
            one.names().forEach(name -> exactlyOne.add(given(name)));
        }
    }

    private static boolean requiresOne(ThresholdConstraint constraint) {
        return constraint instanceof ThresholdConstraint.AnyOf || constraint instanceof ThresholdConstraint.OneReading;
    }

    private static ObjectNode given(String name) {
        ObjectNode given = JSON.objectNode();
        given.putArray("required").add(name);
        given.putObject("properties").putObject(name).put("type", "number");
        return given;
    }

    private static void type(ObjectNode schema, String type, boolean nullable) {
        if (nullable) {
            schema.putArray("type").add(type).add("null");
        } else {
            schema.put("type", type);
        }
    }

    private static void put(ObjectNode schema, String name, double value) {
        schema.set(name, number(value));
    }

    /** Whole numbers are written as people write them, in the node that a reader of the text would make. */
    private static NumericNode number(double value) {
        if (value == (int) value) {
            return JSON.numberNode((int) value);
        }
        return value == Math.rint(value) && Math.abs(value) <= MAX_WHOLE
                ? JSON.numberNode((long) value)
                : JSON.numberNode(value);
    }
}
