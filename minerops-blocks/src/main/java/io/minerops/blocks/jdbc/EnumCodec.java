package io.minerops.blocks.jdbc;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Page;
import io.minerops.api.internal.Check;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How constants and list positions are encoded. */
public final class EnumCodec {
    private EnumCodec() {}

    /** A constant's lower-case name, as stored. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The constant of a stored name. */
    public static <E extends Enum<E>> E read(Class<E> type, String key) {
        return Enum.valueOf(type, key.toUpperCase(Locale.ROOT));
    }

    /** A condition that a column holds one of these constants; their names are this program's, never a caller's. */
    public static String anyOf(String column, Collection<? extends Enum<?>> constants) {
        return column
                + constants.stream().map(one -> "'" + of(one) + "'").collect(Collectors.joining(", ", " IN (", ")"));
    }

    /** The id below which a page begins. */
    public static long before(@Nullable String cursor) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        if (cursor.isEmpty() || cursor.length() > 18 || !cursor.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new InvalidArgumentException(
                    "cursor", "cursor must be one that this list gave, not " + Check.quote(cursor));
        }
        return Long.parseLong(cursor);
    }

    /** A page of rows in descending order of id, of which one more than the limit was read. */
    public static <T> Page<T> page(List<T> rows, int limit, ToLongFunction<T> id) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        List<T> items = rows.subList(0, limit);
        return new Page<>(items, Long.toString(id.applyAsLong(items.get(limit - 1))));
    }
}
