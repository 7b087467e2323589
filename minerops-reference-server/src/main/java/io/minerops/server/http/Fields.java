package io.minerops.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.internal.Check;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a body, read by type and only where they are given. What is wrong is gathered: read all, then call
 * {@link #check()}; a field at fault is not handed on.
 */
public final class Fields {
    private final ObjectNode body;
    private final Problems problems = new Problems();

    public Fields(ObjectNode body) {
        this.body = body;
    }

    /** A copy of the body, for a reader of its own. */
    public ObjectNode json() {
        return body.deepCopy();
    }

    /** Whether the body has the field, be it {@code null}. */
    public boolean has(String name) {
        return body.has(name);
    }

    /** A text without control characters other than line breaks and tabs; null where absent, {@code null} or blank. */
    public @Nullable String text(String name) {
        return absent(body.get(name)) ? null : textual(name, body.get(name));
    }

    /** Hands on a text, where it is given; {@code null} and a blank text are handed on as null. */
    public void text(String name, Consumer<@Nullable String> sink) {
        take(name, sink, value -> absent(value) ? null : textual(name, value));
    }

    /** Hands on what the reader makes of a text, as {@link #text(String, Consumer)} does; it may refuse. */
    public <T> void textAs(String name, Function<String, T> reader, Consumer<@Nullable T> sink) {
        text(name, text -> sink.accept(text == null ? null : reader.apply(text)));
    }

    /** Hands on a text that must not be {@code null}, where it is given. */
    public void requiredText(String name, Consumer<String> sink) {
        if (!body.has(name)) {
            return;
        }
        String value = textual(name, body.get(name));
        if (value != null) {
            attempt(name, () -> sink.accept(value));
        }
    }

    /** Hands on a number that must not be {@code null}, where it is given. */
    public void requiredNumber(String name, Consumer<Double> sink) {
        if (!body.has(name)) {
            return;
        }
        Double value = numeric(name, body.get(name));
        if (value != null) {
            attempt(name, () -> sink.accept(value));
        }
    }

    /** Hands on a number that may be {@code null}, where it is given. */
    public void number(String name, Consumer<@Nullable Double> sink) {
        take(name, sink, value -> value.isNull() ? null : numeric(name, value));
    }

    /** Hands on true or false, where it is given. */
    public void flag(String name, Consumer<Boolean> sink) {
        if (!body.has(name)) {
            return;
        }
        JsonNode value = body.get(name);
        if (value.isBoolean()) {
            sink.accept(value.booleanValue());
        } else {
            problems.add(name, name + " must be true or false, not " + shown(value));
        }
    }

    /** Hands on one of the values named, where it is given. */
    public <T> void choice(String name, Map<String, T> choices, Consumer<T> sink) {
        requiredText(name, text -> {
            T value = choices.get(text);
            if (value == null) {
                problems.add(
                        name,
                        name + " must be one of " + String.join(", ", choices.keySet()) + ", not " + Check.quote(text));
            } else {
                sink.accept(value);
            }
        });
    }

    /** Hands on a list of texts, where it is given; {@code null} is an empty list. */
    public void texts(String name, Consumer<List<String>> sink) {
        if (!body.has(name)) {
            return;
        }
        JsonNode value = body.get(name);
        List<String> texts = value.isNull() ? List.of() : textList(name, value);
        if (texts != null) {
            attempt(name, () -> sink.accept(texts));
        }
    }

    private @Nullable List<String> textList(String name, JsonNode list) {
        if (!list.isArray()) {
            problems.add(name, name + " must be a list of texts, not " + shown(list));
            return null;
        }
        List<String> texts = new ArrayList<>();
        list.forEach(item -> {
            String text = textual(name, item);
            if (text != null) {
                texts.add(text);
            }
        });
        return texts;
    }

    /** The fields of an object, of which those that are not accepted are noted; null where it is not given. */
    public @Nullable Fields object(String name, Collection<String> accepted) {
        if (!body.hasNonNull(name)) {
            return null;
        }
        if (!(body.get(name) instanceof ObjectNode inner)) {
            problems.add(name, name + " must be an object, not " + shown(body.get(name)));
            return null;
        }
        noteUnknown(name, inner, accepted);
        return new Fields(inner);
    }

    /** Hands on a list of objects that have no other fields than those accepted, where it is given. */
    public void objects(String name, Collection<String> accepted, Consumer<List<Fields>> sink) {
        if (!body.has(name)) {
            return;
        }
        if (!body.get(name).isArray()) {
            problems.add(name, name + " must be a list of objects, not " + shown(body.get(name)));
            return;
        }
        List<Fields> items = new ArrayList<>();
        for (JsonNode item : body.get(name)) {
            if (!(item instanceof ObjectNode inner)) {
                problems.add(name, name + " must be a list of objects, and has " + shown(item));
                return;
            }
            noteUnknown(name, inner, accepted);
            items.add(new Fields(inner));
        }
        attempt(name, () -> sink.accept(items));
    }

    private void noteUnknown(String name, ObjectNode inner, Collection<String> accepted) {
        inner.fieldNames().forEachRemaining(field -> {
            if (!accepted.contains(field)) {
                problems.add(
                        name + "." + field,
                        "unknown field " + Check.quote(field) + " of " + name + "; accepted: "
                                + String.join(", ", accepted));
            }
        });
    }

    /** Notes that a field must be given. */
    public void require(String name) {
        if (!body.hasNonNull(name)) {
            problems.add(name, name + " must be given");
        }
    }

    /** Notes that a field is at fault. */
    public void problem(String name, String sentence) {
        problems.add(name, sentence);
    }

    /** Goes on where nothing is wrong, and answers 400 with all that is otherwise. */
    public void check() {
        problems.check();
    }

    private <T> void take(String name, Consumer<@Nullable T> sink, Function<JsonNode, @Nullable T> reader) {
        if (!body.has(name)) {
            return;
        }
        JsonNode node = body.get(name);
        T value = reader.apply(node);
        if (value != null || absent(node)) {
            attempt(name, () -> sink.accept(value));
        }
    }

    private void attempt(String name, Runnable step) {
        problems.tryTo(name, () -> {
            step.run();
            return true;
        });
    }

    private static boolean absent(@Nullable JsonNode value) {
        return value == null
                || value.isNull()
                || (value.isTextual() && value.textValue().isBlank());
    }

    private @Nullable String textual(String name, JsonNode value) {
        if (!value.isTextual()) {
            problems.add(name, name + " must be a text, not " + shown(value));
            return null;
        }
        String text = value.textValue();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(c) || (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')) {
                problems.add(name, name + " must not hold control characters or halves of characters");
                return null;
            }
        }
        return text;
    }

    private @Nullable Double numeric(String name, JsonNode value) {
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            problems.add(name, name + " must be a number, not " + shown(value));
            return null;
        }
        return value.doubleValue();
    }

    /** The kind of a value and, where it is short and no text, the value: a text may be a misplaced secret. */
    private static String shown(JsonNode value) {
        if (value.isTextual()) {
            return "a text";
        }
        if (value.isContainerNode()) {
            return value.isArray() ? "a list" : "an object";
        }
        String text = value.toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
