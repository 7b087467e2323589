package io.minerops.testkit.memory;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Page;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCost;
import io.minerops.api.internal.Check;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Pages of lists that are ordered by descending id; a cursor is the last id given. */
final class Cursors {
    private Cursors() {}

    static <T> Page<T> page(List<T> newestFirst, ToLongFunction<T> id, int limit, @Nullable String cursor) {
        long before = cursor == null ? Long.MAX_VALUE : read(cursor);
        List<T> rest = newestFirst.stream()
                .filter(item -> id.applyAsLong(item) < before)
                .limit(limit + 1L)
                .toList();
        List<T> items = rest.size() > limit ? rest.subList(0, limit) : rest;
        String next = rest.size() > limit ? Long.toString(id.applyAsLong(items.get(limit - 1))) : null;
        return new Page<>(items, next);
    }

    /** Alerts by cost; a cursor is how many were given. */
    static Page<Alert> pageByCost(List<Alert> newestFirst, int limit, @Nullable String cursor) {
        List<Alert> rest = newestFirst.stream()
                .sorted(Comparator.comparingDouble(Cursors::usd).reversed())
                .skip(cursor == null ? 0 : read(cursor))
                .limit(limit + 1L)
                .toList();
        long given = (cursor == null ? 0 : read(cursor)) + limit;
        return rest.size() > limit ? new Page<>(rest.subList(0, limit), Long.toString(given)) : new Page<>(rest, null);
    }

    private static double usd(Alert alert) {
        AlertCost cost = alert.cost();
        return cost == null ? Double.NEGATIVE_INFINITY : cost.usd();
    }

    private static long read(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw new InvalidArgumentException(
                    "cursor", "cursor must be one that this list gave, not " + Check.quote(cursor));
        }
    }
}
