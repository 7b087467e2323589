package io.minerops.rules;

import com.fasterxml.jackson.databind.JsonNode;
import io.minerops.rules.DocumentNode.Field;
import io.minerops.rules.DocumentNode.Fields;
import io.minerops.rules.DocumentNode.Items;
import io.minerops.rules.DocumentNode.Kind;
import io.minerops.rules.DocumentNode.Scalar;
import java.util.ArrayList;
import java.util.List;

/**
 * The document of a JSON value as forms send it: a blank text is nothing, and a {@code null} within an object is left
 * out. It has no locations.
 */
final class JsonDocument {
    private static final int NOWHERE = 0;

    private final Problems problems;

    private JsonDocument(Problems problems) {
        this.problems = problems;
    }

    /** The document; a text with characters that no form sends is noted, by its key. */
    static DocumentNode of(JsonNode json, Problems problems) {
        JsonDocument reader = new JsonDocument(problems);
        if (!json.isObject()) {
            return reader.node("", json);
        }
        List<Field> fields = new ArrayList<>();
        json.properties().forEach(entry -> fields.add(reader.field(entry.getKey(), entry.getKey(), entry.getValue())));
        return new Fields(fields, NOWHERE, NOWHERE);
    }

    private DocumentNode node(String path, JsonNode json) {
        if (json.isObject()) {
            List<Field> fields = new ArrayList<>();
            json.properties().forEach(entry -> {
                if (!entry.getValue().isNull()) {
                    fields.add(field(path + "." + entry.getKey(), entry.getKey(), entry.getValue()));
                }
            });
            return new Fields(fields, NOWHERE, NOWHERE);
        } else if (json.isArray()) {
            List<DocumentNode> items = new ArrayList<>();
            json.forEach(item -> items.add(node(path, item)));
            return new Items(items, NOWHERE, NOWHERE);
        }
        return scalar(path, json);
    }

    private Field field(String path, String name, JsonNode value) {
        return new Field(text(name), node(path, value));
    }

    private Scalar scalar(String path, JsonNode json) {
        if (json.isNumber()) {
            return new Scalar(Kind.NUMBER, json.asText(), NOWHERE, NOWHERE);
        } else if (json.isBoolean()) {
            return new Scalar(Kind.FLAG, json.asText(), NOWHERE, NOWHERE);
        } else if (json.isNull() || json.asText().isBlank()) {
            return new Scalar(Kind.NOTHING, "", NOWHERE, NOWHERE);
        }
        if (hasHiddenCharacters(json.asText())) {
            problems.add(text(path), path, path + " must not hold control characters or halves of characters");
        }
        return text(json.asText());
    }

    private static Scalar text(String text) {
        return new Scalar(Kind.TEXT, text, NOWHERE, NOWHERE);
    }

    private static boolean hasHiddenCharacters(String text) {
        return text.codePoints()
                .anyMatch(c -> (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                        || (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t'));
    }
}
