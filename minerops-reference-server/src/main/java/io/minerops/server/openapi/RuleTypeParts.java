package io.minerops.server.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.alert.RuleType;
import io.minerops.core.alert.RuleTypes;
import io.minerops.rules.RuleTypeSchema;

/** The parts of the description that the types of rules give: their names, thresholds and options. */
final class RuleTypeParts {
    private RuleTypeParts() {}

    static void addTo(ObjectNode document, RuleTypes types) {
        RuleTypeSchema schema = new RuleTypeSchema(types, true);
        ObjectNode schemas = document.withObject("/components/schemas");
        ArrayNode branches = schema.branches();
        schemas.putObject("ThresholdsByType").set("allOf", branches);
        ArrayNode keys = schemas.withObject("/RuleFields/properties/rule_type").putArray("enum");
        types.known().forEach(type -> keys.add(type.key()));
        // a rule that is not a change of a stored one must have the thresholds that its type cannot do without
        ArrayNode required = document.objectNode().putArray("enum");
        types.known().stream().filter(type -> !mayBeNull(schema, type)).forEach(type -> required.add(type.key()));
        ObjectNode whole = schemas.withObject("/RuleWhole").withArray("allOf").insertObject(0);
        ObjectNode condition = whole.putObject("if");
        condition.putObject("properties").putObject("rule_type").set("enum", required);
        condition.putArray("required").add("rule_type");
        whole.putObject("then").putArray("required").add("thresholds");
    }

    private static boolean mayBeNull(RuleTypeSchema schema, RuleType type) {
        return schema.thresholds(type).path("type").isArray();
    }
}
