package io.minerops.rules;

import static io.minerops.rules.DocumentValues.isNothing;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.internal.CloseNames;
import io.minerops.rules.DocumentNode.Field;
import io.minerops.rules.DocumentNode.Fields;
import io.minerops.rules.DocumentNode.Items;
import io.minerops.rules.DocumentNode.Kind;
import io.minerops.rules.DocumentNode.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of keys and goes on after each that is wrong. A key that is missing is passed over; a value that its
 * taker refuses with an {@link InvalidArgumentException} is a problem at that value.
 */
public final class DocumentFields {
    private final DocumentNode whole;
    private final Map<String, Field> fields;
    private final Problems problems;
    private final DocumentValues values;

    private DocumentFields(DocumentNode whole, Map<String, Field> fields, Problems problems) {
        this.whole = whole;
        this.fields = fields;
        this.problems = problems;
        values = new DocumentValues(problems);
    }

    /**
     * The keys of a node; none of them, with the problem noted, where it has no keys. A key that is not known is a
     * problem.
     *
     * @param what what the node is, such as {@code a rule}
     * @param known the keys that are accepted
     */
    public static DocumentFields of(DocumentNode node, String what, Collection<String> known, Problems problems) {
        Map<String, Field> fields = new LinkedHashMap<>();
        if (!(node instanceof Fields given)) {
            problems.add(node, what + " must have keys (" + String.join(", ", known) + "), not be " + node.shown());
            return new DocumentFields(node, fields, problems);
        }
        for (Field field : given.fields()) {
            if (known.contains(field.name())) {
                fields.put(field.name(), field);
            } else {
                problems.add(field.key(), field.name(), unknown(field.name(), what, known));
            }
        }
        return new DocumentFields(node, fields, problems);
    }

    /** The sentence for a name that is not known. */
    static String unknown(String name, String what, Collection<String> known) {
        List<String> close = CloseNames.of(name, known);
        return Check.quote(name) + " is not a key of " + what + "; "
                + (close.isEmpty() ? "" : "did you mean " + String.join(" or ", close) + "? ")
                + "accepted: " + (known.isEmpty() ? "none" : String.join(", ", known));
    }

    /** The sentence for a text that is none of those accepted. */
    public static String notOneOf(String name, String text, Collection<String> accepted) {
        List<String> close = CloseNames.of(text, accepted);
        return name + " must be "
                + (accepted.isEmpty() ? "left out, since none is set up" : "one of " + String.join(", ", accepted))
                + ", not " + Check.quote(text)
                + (close.isEmpty() ? "" : "; did you mean " + String.join(" or ", close) + "?");
    }

    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** Whether the key is there and has a value. */
    boolean hasValue(String name) {
        Field field = fields.get(name);
        return field != null && !isNothing(field.value());
    }

    /** The value of a key; null where the key is missing. */
    @Nullable
    public DocumentNode value(String name) {
        Field field = fields.get(name);
        return field == null ? null : field.value();
    }

    /** Where the fault with a dotted name lies: at the value that it leads to, or as near to it as there is one. */
    public DocumentNode at(String path) {
        DocumentNode nearest = whole;
        DocumentNode current = whole;
        for (String name : path.split("\\.", -1)) {
            if (!(current instanceof Fields given)) {
                return nearest;
            }
            Field found = given.fields().stream()
                    .filter(field -> field.name().equals(name))
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                return nearest;
            }
            nearest = found.key();
            current = found.value();
        }
        return nearest;
    }

    public void problem(String path, String message) {
        problem(path, path, message);
    }

    /** Notes a problem of a field that is best shown at another one. */
    public void problem(String at, String field, String message) {
        problems.add(at(at), field, message);
    }

    /** Notes each of these keys that is missing; says whether none is. */
    public boolean require(String what, String... names) {
        boolean all = true;
        for (String name : names) {
            if (!fields.containsKey(name)) {
                problems.add(whole, name, what + " must have " + name);
                all = false;
            }
        }
        return all;
    }

    public void text(String name, Consumer<? super String> taker) {
        Field field = fields.get(name);
        if (field != null) {
            String text = values.text(name, field.value());
            if (text != null) {
                values.take(name, field.value(), () -> taker.accept(text));
            }
        }
    }

    /** A text that may be left empty, which is null. */
    void optionalText(String name, Consumer<@Nullable String> taker) {
        Field field = fields.get(name);
        if (field != null && isNothing(field.value())) {
            taker.accept(null);
        } else {
            text(name, taker);
        }
    }

    public void flag(String name, Consumer<Boolean> taker) {
        Field field = fields.get(name);
        if (field == null) {
            return;
        } else if (field.value() instanceof Scalar scalar && scalar.kind() == Kind.FLAG) {
            taker.accept(scalar.text().equalsIgnoreCase("true"));
        } else {
            problems.add(
                    field.value(),
                    name,
                    name + " must be true or false, not " + field.value().shown());
        }
    }

    public void number(String name, Consumer<Double> taker) {
        Field field = fields.get(name);
        if (field != null) {
            Double number = values.number(name, field.value());
            if (number != null) {
                values.take(name, field.value(), () -> taker.accept(number));
            }
        }
    }

    public <T> void choice(String name, Map<String, T> choices, Consumer<T> taker) {
        choice(name, choices, false, taker);
    }

    /** One of the values named; no value at all leaves what is chosen as it is. */
    <T> void optionalChoice(String name, Map<String, T> choices, Consumer<T> taker) {
        choice(name, choices, true, taker);
    }

    private <T> void choice(String name, Map<String, T> choices, boolean orNothing, Consumer<T> taker) {
        Field field = fields.get(name);
        if (field == null || (orNothing && isNothing(field.value()))) {
            return;
        }
        T chosen = field.value() instanceof Scalar scalar ? choices.get(scalar.text()) : null;
        if (chosen != null) {
            taker.accept(chosen);
        } else if (field.value() instanceof Scalar scalar) {
            problems.add(scalar, name, notOneOf(name, scalar.text(), choices.keySet()));
        } else {
            problems.add(
                    field.value(),
                    name,
                    name + " must be one of " + String.join(", ", choices.keySet()) + ", not "
                            + field.value().shown());
        }
    }

    /** Numbers by name, with those left out that are not finite numbers. */
    void numbers(String name, Consumer<Map<String, Double>> taker) {
        Field field = fields.get(name);
        if (field == null) {
            return;
        } else if (isNothing(field.value())) {
            taker.accept(Map.of());
            return;
        }
        Map<String, Double> numbers = values.numbers(name, field.value());
        if (numbers != null) {
            values.take(name, field.value(), () -> taker.accept(numbers));
        }
    }

    public void texts(String name, Consumer<List<String>> taker) {
        Field field = fields.get(name);
        if (field != null) {
            List<String> texts = isNothing(field.value()) ? List.of() : values.texts(name, field.value());
            if (texts != null) {
                values.take(name, field.value(), () -> taker.accept(texts));
            }
        }
    }

    /** Lists of texts by name; a text alone is a list of one. */
    void textLists(String name, Consumer<Map<String, List<String>>> taker) {
        Field field = fields.get(name);
        if (field == null) {
            return;
        } else if (isNothing(field.value())) {
            taker.accept(Map.of());
            return;
        }
        Map<String, List<String>> lists = values.textLists(name, field.value());
        if (lists != null) {
            values.take(name, field.value(), () -> taker.accept(lists));
        }
    }

    /** The texts of a list; null, with the problems noted, where it is not one. */
    @Nullable
    public List<String> texts(String name, DocumentNode value) {
        return values.texts(name, value);
    }

    /** The items of a list; none where the key is missing or, with the problem noted, where it is no list. */
    public List<DocumentNode> items(String name) {
        Field field = fields.get(name);
        if (field == null) {
            return List.of();
        } else if (field.value() instanceof Items list) {
            return list.items();
        }
        problems.add(
                field.value(),
                name,
                name + " must be a list, not " + field.value().shown());
        return List.of();
    }

    /** What a text stands for; null where the key is missing or, with the problem noted, the text is refused. */
    public <T> @Nullable T textAs(String name, Function<String, T> reader) {
        List<T> read = new ArrayList<>(1);
        text(name, text -> read.add(reader.apply(text)));
        return read.isEmpty() ? null : read.get(0);
    }
}
