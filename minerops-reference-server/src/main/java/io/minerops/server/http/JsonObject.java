package io.minerops.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object in the order of its calls. An unknown value is {@code null}; NaN counts as unknown; times are ISO-8601
 * in UTC; numbers are not rounded.
 */
public final class JsonObject {
    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    private JsonObject() {}

    /** An empty object. */
    public static JsonObject object() {
        return new JsonObject();
    }

    /** An object that begins with {@code "ok": true}. */
    public static JsonObject ok() {
        return new JsonObject().flag("ok", true);
    }

    /** Adds a text; half surrogates, which UTF-8 cannot carry, are replaced. */
    public JsonObject text(String name, @Nullable String value) {
        node.put(name, value == null ? null : wellFormed(value));
        return this;
    }

    /** Adds a number; NaN and null become {@code null}. */
    public JsonObject number(String name, @Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            node.putNull(name);
        } else {
            node.put(name, value.doubleValue());
        }
        return this;
    }

    /** Adds a whole number. */
    public JsonObject whole(String name, long value) {
        node.put(name, value);
        return this;
    }

    /** Adds a whole number, or {@code null}. */
    public JsonObject whole(String name, @Nullable Long value) {
        node.put(name, value);
        return this;
    }

    /** Adds true or false. */
    /** True or false, or null. */
    public JsonObject flag(String name, @Nullable Boolean value) {
        node.put(name, value);
        return this;
    }

    public JsonObject flag(String name, boolean value) {
        node.put(name, value);
        return this;
    }

    /** Adds a time. */
    public JsonObject time(String name, @Nullable Instant value) {
        node.put(name, value == null ? null : value.toString());
        return this;
    }

    /** Adds an object; null becomes {@code null}. */
    public JsonObject object(String name, @Nullable JsonObject value) {
        node.set(name, value == null ? null : value.node);
        return this;
    }

    /** Adds numbers by name. */
    public JsonObject numbers(String name, Map<String, Double> values) {
        JsonObject inner = new JsonObject();
        values.forEach(inner::number);
        return object(name, inner);
    }

    /** Adds a list of numbers; NaN becomes {@code null}. */
    public JsonObject numbers(String name, double[] values) {
        ArrayNode array = node.putArray(name);
        for (double value : values) {
            if (Double.isFinite(value)) {
                array.add(value);
            } else {
                array.addNull();
            }
        }
        return this;
    }

    /** Adds a list of texts. */
    public JsonObject texts(String name, Collection<String> values) {
        ArrayNode array = node.putArray(name);
        values.forEach(value -> array.add(wellFormed(value)));
        return this;
    }

    /** Adds a list of objects; null becomes {@code null}. */
    public <T> JsonObject list(String name, @Nullable Collection<T> values, Function<? super T, JsonObject> view) {
        if (values == null) {
            node.putNull(name);
            return this;
        }
        ArrayNode array = node.putArray(name);
        values.forEach(value -> array.add(view.apply(value).node));
        return this;
    }

    /** The object as JSON text. */
    public String json() {
        return node.toString();
    }

    /** The object on lines of its own, for people. */
    public String pretty() {
        return node.toPrettyString();
    }

    ObjectNode node() {
        return node;
    }

    private static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return wellFormed(text.substring(0, i) + '\uFFFD' + text.substring(i + 1));
            }
        }
        return text;
    }
}
