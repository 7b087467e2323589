package io.minerops.rules;

import io.minerops.api.InvalidArgumentException;
import io.minerops.rules.DocumentNode.Field;
import io.minerops.rules.DocumentNode.Fields;
import io.minerops.rules.DocumentNode.Items;
import io.minerops.rules.DocumentNode.Kind;
import io.minerops.rules.DocumentNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the value of a key as what it should be, and notes a problem where it is something else. */
final class DocumentValues {
    private final Problems problems;

    DocumentValues(Problems problems) {
        this.problems = problems;
    }

    /** Whether a value is no value at all. */
    static boolean isNothing(DocumentNode value) {
        return value instanceof Scalar scalar && scalar.kind() == Kind.NOTHING;
    }

    /** The text of a value; null, with the problem noted, where it is not one. */
    @Nullable
    String text(String name, DocumentNode value) {
        if (value instanceof Scalar scalar && scalar.kind() == Kind.TEXT) {
            return scalar.text();
        }
        boolean quotes = value instanceof Scalar scalar && scalar.kind() != Kind.NOTHING;
        problems.add(
                value, name, name + " must be a text, not " + value.shown() + (quotes ? "; put it in quotes" : ""));
        return null;
    }

    /** The finite number of a value; null, with the problem noted, where it is not one. */
    @Nullable
    Double number(String name, DocumentNode value) {
        if (!(value instanceof Scalar scalar) || scalar.kind() != Kind.NUMBER) {
            problems.add(value, name, name + " must be a number, not " + value.shown());
            return null;
        }
        try {
            double number = Double.parseDouble(scalar.text());
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // .inf, .nan, 0x10 and 0o7 are numbers to YAML; none is what a threshold should look like
        }
        problems.add(value, name, name + " must be a finite decimal number, not " + scalar.text());
        return null;
    }

    /** The texts of a list; null, with the problems noted, where it is not one. */
    @Nullable
    List<String> texts(String name, DocumentNode value) {
        if (!(value instanceof Items list)) {
            problems.add(value, name, name + " must be a list of texts, not " + value.shown());
            return null;
        }
        List<String> texts = new ArrayList<>();
        list.items().forEach(item -> {
            String text = text(name, item);
            if (text != null) {
                texts.add(text);
            }
        });
        return texts.size() == list.items().size() ? texts : null;
    }

    /** Numbers by name, without those that are none; null, with the problem noted, where the value has no names. */
    @Nullable
    Map<String, Double> numbers(String name, DocumentNode value) {
        if (!(value instanceof Fields given)) {
            problems.add(value, name, name + " must be names with numbers, not " + value.shown());
            return null;
        }
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (Field inner : given.fields()) {
            Double number = number(name + "." + inner.name(), inner.value());
            if (number != null) {
                numbers.put(inner.name(), number);
            }
        }
        return numbers;
    }

    /** Lists of texts by name; a text alone is a list of one. Null, with the problem noted, where there are no names. */
    @Nullable
    Map<String, List<String>> textLists(String name, DocumentNode value) {
        if (!(value instanceof Fields given)) {
            problems.add(value, name, name + " must be names with lists of texts, not " + value.shown());
            return null;
        }
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (Field inner : given.fields()) {
            DocumentNode item = inner.value() instanceof Scalar one
                    ? new Items(List.of(one), one.line(), one.column())
                    : inner.value();
            List<String> texts = texts(name + "." + inner.name(), item);
            if (texts != null && texts.isEmpty()) {
                problems.add(
                        item, name + "." + inner.name(), name + "." + inner.name() + " must name at least one word");
            } else if (texts != null) {
                lists.put(inner.name(), texts);
            }
        }
        return lists;
    }

    /** Gives a value to its taker; a refusal is a problem at the value. */
    void take(String name, DocumentNode at, Runnable taker) {
        try {
            taker.run();
        } catch (InvalidArgumentException e) {
            String field = e.argument().startsWith(name + ".") ? e.argument() : name;
            String message = String.valueOf(e.getMessage());
            problems.add(at, field, message.startsWith(name) ? message : name + ": " + message);
        }
    }
}
