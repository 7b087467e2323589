package io.minerops.tariff;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parsed JSON object whose fields are taken by type; an error names the path, the value and what is accepted. */
final class Tree {
    private final String path;
    private final Map<String, Object> fields;

    private Tree(String path, Map<String, Object> fields) {
        this.path = path;
        this.fields = fields;
    }

    /** The object at a path; the path is empty at the root. */
    static Tree of(String path, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw bad(path.isEmpty() ? "tariff" : path, "an object", value);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((key, field) -> {
            if (field != null) {
                fields.put(String.valueOf(key), field);
            }
        });
        return new Tree(path, fields);
    }

    boolean has(String field) {
        return fields.containsKey(field);
    }

    /** The fields that are not null, in their order. */
    Map<String, Object> fields() {
        return fields;
    }

    String path(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    double number(String field) {
        return number(path(field), fields.get(field));
    }

    double number(String field, double absent) {
        return has(field) ? number(field) : absent;
    }

    String text(String field) {
        if (fields.get(field) instanceof String text) {
            return text;
        }
        throw bad(path(field), "a text", fields.get(field));
    }

    String text(String field, String absent) {
        return has(field) ? text(field) : absent;
    }

    List<?> list(String field) {
        return list(path(field), fields.get(field));
    }

    /** The objects of a list. */
    List<Tree> objects(String field) {
        List<Tree> objects = new ArrayList<>();
        List<?> list = list(field);
        for (int i = 0; i < list.size(); i++) {
            objects.add(of(path(field) + "[" + i + "]", list.get(i)));
        }
        return objects;
    }

    /** Whole numbers of a list of a size, each 0 or more. */
    static List<Integer> periods(String path, @Nullable Object value, int size) {
        List<?> list = list(path, value);
        if (list.size() != size) {
            throw new InvalidArgumentException(path, path + " must have " + size + " entries, not " + list.size());
        }
        List<Integer> periods = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double number = number(path + "[" + i + "]", list.get(i));
            if (number != Math.rint(number) || number < 0 || number >= Schedule.MAX_PERIODS) {
                throw bad(path + "[" + i + "]", "a period, 0 to " + (Schedule.MAX_PERIODS - 1), list.get(i));
            }
            periods.add((int) number);
        }
        return periods;
    }

    static List<?> list(String path, @Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw bad(path, "a list", value);
    }

    static double number(String path, @Nullable Object value) {
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw bad(path, "a number", value);
    }

    static InvalidArgumentException bad(String path, String accepted, @Nullable Object value) {
        String shown = value == null ? "absent" : Check.quote(String.valueOf(value));
        return new InvalidArgumentException(path, path + " must be " + accepted + ", not " + shown);
    }
}
