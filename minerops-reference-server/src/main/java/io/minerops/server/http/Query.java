package io.minerops.server.http;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Page;
import io.minerops.api.internal.Check;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a query, read by type. What is wrong is gathered: read all, then call {@link #check()}; until then a
 * parameter at fault reads as if it were absent.
 */
public final class Query {
    /** Digits of ASCII alone: the parser would take those of every script. */
    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");

    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(\\d{1,30}(\\.\\d{0,30})?|\\.\\d{1,30})([eE][+-]?\\d{1,3})?");

    private final Map<String, String> values;
    private final Problems problems = new Problems();

    public Query(Map<String, String> values) {
        this.values = values;
    }

    /** A text; null where absent. */
    public @Nullable String text(String name) {
        return values.get(name);
    }

    /** What the reader makes of the text, or null where absent; the reader refuses with InvalidArgumentException. */
    public <T> @Nullable T read(String name, Function<String, T> reader) {
        String text = values.get(name);
        return text == null ? null : problems.tryTo(name, () -> reader.apply(text));
    }

    /** A number within the range, both ends included; null where absent. */
    public @Nullable Double number(String name, double min, double max) {
        return read(name, text -> Check.between(name, decimal(name, text), min, max));
    }

    /** Numbers within the range, comma-separated, at most so many; null where absent. */
    public @Nullable List<Double> numbers(String name, double min, double max, int maxCount) {
        return read(name, text -> {
            String[] parts = text.split(",", -1);
            if (parts.length > maxCount) {
                throw new InvalidArgumentException(
                        name, name + " must have at most " + maxCount + " numbers, not " + parts.length);
            }
            return Arrays.stream(parts)
                    .map(part -> Check.between(name, decimal(name, part.strip()), min, max))
                    .toList();
        });
    }

    /** A number above 0 and at most {@code max}; null where absent. */
    public @Nullable Double positive(String name, double max) {
        return read(name, text -> {
            double value = decimal(name, text);
            if (!(value > 0 && value <= max)) {
                throw new InvalidArgumentException(
                        name, name + " must be above 0 and at most " + max + ", not " + Check.quote(text));
            }
            return value;
        });
    }

    /** A whole number within the range; null where absent. */
    public @Nullable Integer whole(String name, int min, int max) {
        return read(name, text -> {
            if (!WHOLE.matcher(text).matches()) {
                throw new InvalidArgumentException(
                        name,
                        name + " must be a whole number between " + min + " and " + max + ", not " + Check.quote(text));
            }
            return (int) Check.between(name, (double) Long.parseLong(text), min, max);
        });
    }

    /** True or false; false where absent. */
    public boolean flag(String name) {
        Boolean value = read(name, text -> switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default ->
                throw new InvalidArgumentException(name, name + " must be true or false, not " + Check.quote(text));
        });
        return value != null && value;
    }

    /** A time; null where absent. */
    public @Nullable Instant time(String name) {
        return read(name, text -> Timestamps.parse(name, text));
    }

    /** One of the values named; null where absent. */
    public <T> @Nullable T choice(String name, Map<String, T> choices) {
        return read(name, text -> chosen(name, text, choices));
    }

    /** Any of the values named, comma-separated; empty where absent. */
    public <T> Set<T> choices(String name, Map<String, T> choices) {
        Set<T> all = read(name, text -> {
            Set<T> found = new LinkedHashSet<>();
            for (String part : text.split(",", -1)) {
                found.add(chosen(name, part.strip(), choices));
            }
            return found;
        });
        return all == null ? Set.of() : all;
    }

    /** How many items are wanted: {@link Page#DEFAULT_LIMIT} where absent, {@link Page#MAX_LIMIT} at most. */
    public int limit() {
        Integer limit = whole("limit", 1, Page.MAX_LIMIT);
        return limit == null ? Page.DEFAULT_LIMIT : limit;
    }

    /** Goes on where nothing is wrong, and answers 400 with all that is otherwise. */
    public void check() {
        problems.check();
    }

    private static double decimal(String name, String text) {
        if (DECIMAL.matcher(text).matches()) {
            return Double.parseDouble(text);
        }
        throw new InvalidArgumentException(name, name + " must be a number, not " + Check.quote(text));
    }

    private static <T> T chosen(String name, String text, Map<String, T> choices) {
        T value = choices.get(text);
        if (value == null) {
            throw new InvalidArgumentException(
                    name,
                    name + " must be one of " + String.join(", ", choices.keySet()) + ", not " + Check.quote(text));
        }
        return value;
    }
}
