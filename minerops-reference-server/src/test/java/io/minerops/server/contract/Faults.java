package io.minerops.server.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Everything that can be wrong with a request, one at a time.
 *
 * @param valid what it would be without the fault
 * @param random chooses between the ways in which a field may be as described
 */
record Faults(Description description, Request valid, Random random) {
    private static final String UNKNOWN = "colour";

    /** All of them. */
    List<Fault> all() {
        List<Fault> faults = new ArrayList<>();
        faults.add(inQuery("an unknown parameter", UNKNOWN, "red"));
        for (JsonNode parameter : valid.operation().parameters("query")) {
            String name = parameter.path("name").textValue();
            Shape shape = Shape.of(description, parameter.path("schema"), random);
            WrongValues.inQuery(shape).forEach((what, value) -> faults.add(inQuery(what, name, value)));
            Fault once = inQuery("a parameter given twice", name, "1");
            once.request().query().add(Map.entry(name, "1"));
            faults.add(once);
        }
        if (valid.operation().path().contains("{ip}")) {
            String path = valid.operation().path().replace("{ip}", "not%20one");
            faults.add(new Fault("no miner in the path", valid.withPath(path), "miner_ip"));
        }
        if (valid.body() != null) {
            inObject("", valid.body(), faults);
        } else if (List.of("POST", "PUT").contains(valid.operation().method())) {
            ObjectNode body = JsonNodeFactory.instance.objectNode().put(UNKNOWN, "red");
            faults.add(new Fault("an unknown field", valid.withBody(body), UNKNOWN));
        }
        return faults;
    }

    private Fault inQuery(String what, String name, String value) {
        List<Map.Entry<String, String>> query = new ArrayList<>(valid.query());
        query.removeIf(entry -> entry.getKey().equals(name));
        query.add(Map.entry(name, value));
        return new Fault(what + " in " + name, valid.withQuery(query), name);
    }

    private void inObject(String within, ObjectNode object, List<Fault> faults) {
        Shape shape = valid.shapes().get(object);
        boolean closed = shape.get("additionalProperties").isBoolean()
                || shape.get("unevaluatedProperties").isBoolean();
        if (closed) {
            faults.add(changed("an unknown field", within + UNKNOWN, JsonNodeFactory.instance.numberNode(1)));
        }
        for (String name : shape.demanded()) {
            if (object.size() > 1 || !within.isEmpty()) {
                Request without = valid.withBody(valid.body().deepCopy());
                ((ObjectNode) at(without.body(), within)).remove(name);
                faults.add(new Fault("without " + within + name, without, ""));
            }
        }
        shape.properties().forEach((name, schema) -> {
            Shape field = Shape.of(description, schema, random);
            boolean alternative =
                    shape.required().contains(name) && !shape.demanded().contains(name);
            boolean absentIsWell = alternative || field.keywords().has("x-needs");
            WrongValues.of(field).forEach((what, value) -> {
                // null and a blank are as good as absent, and what is there already or another field may do instead
                boolean nothing = value.isNull()
                        || (value.isTextual() && value.textValue().isBlank());
                if (!(absentIsWell && nothing)) {
                    faults.add(changed(what + " in " + within + name, within + name, value));
                }
            });
            if (within.isEmpty() && object.path(name) instanceof ObjectNode inner) {
                inObject(name + ".", inner, faults);
            }
        });
    }

    private Fault changed(String what, String name, JsonNode value) {
        ObjectNode body = valid.body().deepCopy();
        int dot = name.lastIndexOf('.');
        ((ObjectNode) at(body, name.substring(0, dot + 1))).set(name.substring(dot + 1), value);
        return new Fault(what, valid.withBody(body), name);
    }

    /** The object in which a field stands; its name ends in a dot. */
    private static JsonNode at(ObjectNode body, String within) {
        return within.isEmpty() ? body : body.path(within.substring(0, within.length() - 1));
    }
}
