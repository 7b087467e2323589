package io.minerops.core.device.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.minerops.core.device.internal.wire.DeviceNumber;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.internal.wire.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one section of a reply, over all of its objects: the first object that has a key answers for it. A
 * value of another type is absent, never 0.
 */
public final class Fields {
    /** No fields at all. */
    public static final Fields NONE = new Fields(List.of(), new Unreadable());

    private static final int MAX_OBJECTS = 64;
    private static final int MAX_ELEMENTS = 1_024;

    private final List<JsonNode> objects;
    private final Unreadable unreadable;
    /** The fields of each object by the common spelling of their keys; made when a key is not found as it is. */
    private @Nullable List<Map<String, JsonNode>> spelt;

    private Fields(List<JsonNode> objects, Unreadable unreadable) {
        this.objects = objects;
        this.unreadable = unreadable;
    }

    /** The fields of an object, or of the objects in an array; an object without any is none. */
    public static Fields of(JsonNode section) {
        return of(section, new Unreadable());
    }

    /** The same; what looks like a number and is none is remembered. */
    public static Fields of(JsonNode section, Unreadable unreadable) {
        if (section.isObject()) {
            return section.isEmpty() ? NONE : new Fields(List.of(section), unreadable);
        }
        List<JsonNode> objects = new ArrayList<>(2);
        for (JsonNode element : section) {
            if (element.isObject() && objects.size() < MAX_OBJECTS) {
                objects.add(element);
            }
        }
        return objects.isEmpty() ? NONE : new Fields(List.copyOf(objects), unreadable);
    }

    /** The fields of the sections {@code STATS0}, {@code STATS1} and so on, which some firmwares have instead of one. */
    static Fields numbered(JsonNode root, String name, Unreadable unreadable) {
        List<JsonNode> objects = new ArrayList<>(2);
        for (JsonNode section = root.path(name + 0);
                section.isContainerNode() && objects.size() < MAX_OBJECTS;
                section = root.path(name + objects.size())) {
            objects.add(section.isArray() ? section.path(0) : section);
        }
        return objects.isEmpty() ? NONE : new Fields(List.copyOf(objects), unreadable);
    }

    /** The fields of the object under the key, or of the objects in the array there; over all of these objects. */
    public Fields child(String key) {
        List<JsonNode> children = new ArrayList<>(2);
        for (int index = 0; index < objects.size(); index++) {
            JsonNode child = at(index, key);
            if (child.isObject()) {
                children.add(child);
            }
            for (JsonNode element : child.isArray() ? child : List.<JsonNode>of()) {
                if (element.isObject() && children.size() < MAX_OBJECTS) {
                    children.add(element);
                }
            }
        }
        return children.isEmpty() ? NONE : new Fields(List.copyOf(children), unreadable);
    }

    /** The numbers of the array under the key, NaN for an element that is none; empty where there is no array. */
    public double[] list(String key) {
        for (int object = 0; object < objects.size(); object++) {
            JsonNode list = at(object, key);
            if (list.isArray()) {
                double[] values = new double[Math.min(list.size(), MAX_ELEMENTS)];
                Arrays.setAll(values, index -> number(key, list.path(index)));
                return values;
            }
        }
        return new double[0];
    }

    /** The objects of the array under the key, up to {@value #MAX_ELEMENTS} of them; none where there is no array. */
    public List<Fields> rows(String key) {
        List<Fields> rows = new ArrayList<>();
        for (JsonNode object : objects) {
            for (JsonNode element : object.path(key)) {
                if (element.isObject() && rows.size() < MAX_ELEMENTS) {
                    rows.add(new Fields(List.of(element), unreadable));
                }
            }
        }
        return rows;
    }

    /**
     * The elements of the array under the key, or the object there, up to {@value #MAX_ELEMENTS} of them: of an object its
     * values that are no objects or arrays, by name; a bare value is the only one, under the empty name. As sent.
     */
    public List<Map<String, String>> elements(String key) {
        List<Map<String, String>> elements = new ArrayList<>();
        for (JsonNode object : objects) {
            JsonNode list = object.path(key);
            for (JsonNode element : list.isArray() ? list : List.of(list)) {
                Map<String, String> values = values(element);
                if (!values.isEmpty() && elements.size() < MAX_ELEMENTS) {
                    elements.add(values);
                }
            }
        }
        return elements;
    }

    private static Map<String, String> values(JsonNode element) {
        if (element.isValueNode() && !element.isNull()) {
            return Map.of("", element.asText());
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : element.properties()) {
            JsonNode value = field.getValue();
            if (value.isValueNode() && !value.isNull() && values.size() < MAX_ELEMENTS) {
                values.put(field.getKey(), value.asText());
            }
        }
        return values;
    }

    /** These and the fields of one more object, which answers only for keys that no other has. */
    Fields and(JsonNode object) {
        List<JsonNode> more = new ArrayList<>(objects);
        more.add(object);
        // that of no fields is shared by all devices
        return new Fields(List.copyOf(more), objects.isEmpty() ? new Unreadable() : unreadable);
    }

    /** Whether any object has a key that matches. */
    public boolean hasKey(Pattern key) {
        for (JsonNode object : objects) {
            for (var names = object.fieldNames(); names.hasNext(); ) {
                if (key.matcher(names.next()).matches()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Each object by itself. */
    public List<Fields> each() {
        List<Fields> each = new ArrayList<>(objects.size());
        objects.forEach(object -> each.add(new Fields(List.of(object), unreadable)));
        return each;
    }

    /** Whether there is no object at all. */
    public boolean isEmpty() {
        return objects.isEmpty();
    }

    /** Whether any object has the key. */
    public boolean has(String key) {
        for (JsonNode object : objects) {
            if (object.has(key)) {
                return true;
            }
        }
        return false;
    }

    /** The number under the first key that has one, NaN where none has. */
    public double number(String... keys) {
        for (String key : keys) {
            for (int object = 0; object < objects.size(); object++) {
                double value = number(key, at(object, key));
                if (!Double.isNaN(value)) {
                    return value;
                }
            }
        }
        return Double.NaN;
    }

    /** Every number under the key, one object after the other. */
    public double[] numbers(String key) {
        return IntStream.range(0, objects.size())
                .mapToDouble(object -> number(key, at(object, key)))
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    /** The text under the key, cleaned; null where there is none. */
    public @Nullable String text(String key) {
        String raw = rawText(key);
        return DeviceText.clean(raw);
    }

    /** The text under the key as sent; null where there is none. Never to be shown or kept. */
    public @Nullable String rawText(String key) {
        for (int object = 0; object < objects.size(); object++) {
            JsonNode value = at(object, key);
            if (value.isValueNode() && !value.isNull()) {
                return value.asText();
            }
        }
        return null;
    }

    /** The texts as sent under every key that begins so. Never to be shown or kept. */
    public List<String> rawTexts(String prefix) {
        List<String> texts = new ArrayList<>(1);
        for (JsonNode object : objects) {
            for (var names = object.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                JsonNode value = object.path(name);
                if (name.startsWith(prefix) && value.isTextual() && texts.size() < MAX_ELEMENTS) {
                    texts.add(value.textValue());
                }
            }
        }
        return texts;
    }

    /** Whether the first value under the key is {@code true} or a number other than 0, as text or not. */
    public boolean flag(String key) {
        String text = rawText(key);
        return text != null && (text.equalsIgnoreCase("true") || Math.abs(DeviceNumber.parse(text)) > 0);
    }

    /** The sum of the numbers under the key, one object after the other; NaN where there is none. */
    public double sum(String key) {
        double[] numbers = numbers(key);
        return numbers.length == 0 ? Double.NaN : Arrays.stream(numbers).sum();
    }

    /** The first field whose key begins so, whatever the case, as {@code key value}; null where there is none. */
    public @Nullable String keyed(String prefix) {
        for (JsonNode object : objects) {
            for (var names = object.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
                    return DeviceText.clean(name + " " + object.path(name).asText());
                }
            }
        }
        return null;
    }

    /** The value under the key, in whatever spelling; missing where there is none. */
    private JsonNode at(int object, String key) {
        JsonNode exact = objects.get(object).path(key);
        return exact.isMissingNode()
                ? spelt().get(object).getOrDefault(Spelling.ofKey(key), MissingNode.getInstance())
                : exact;
    }

    private List<Map<String, JsonNode>> spelt() {
        List<Map<String, JsonNode>> known = spelt;
        if (known == null) {
            known = objects.stream().map(Fields::spelt).toList();
            spelt = known;
        }
        return known;
    }

    private static Map<String, JsonNode> spelt(JsonNode object) {
        Map<String, JsonNode> fields = new HashMap<>();
        object.properties().forEach(field -> fields.putIfAbsent(Spelling.of(field.getKey()), field.getValue()));
        return fields;
    }

    private double number(String key, JsonNode value) {
        if (value.isNumber()) {
            double number = value.doubleValue();
            return Double.isInfinite(number) ? Double.NaN : number;
        }
        return value.isTextual() ? unreadable.number(key, value.textValue()) : Double.NaN;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "Fields[%d objects]", objects.size());
    }
}
