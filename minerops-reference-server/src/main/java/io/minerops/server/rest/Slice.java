package io.minerops.server.rest;

import io.minerops.api.InvalidArgumentException;
import io.minerops.server.http.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list that is held whole, by {@code limit} and {@code cursor}.
 *
 * @param items the part
 * @param next the cursor of the next part; null at the end
 * @param <T> what is listed
 */
record Slice<T>(List<T> items, @Nullable String next) {
    /** The part that a query asks for. */
    static <T> Slice<T> of(Query query, List<T> all) {
        int limit = query.limit();
        int from = offset(query);
        query.check();
        return from(all, from, limit);
    }

    /** The part that a query asks for; all of it where the query says no limit. */
    static <T> Slice<T> ofAll(Query query, List<T> all) {
        int limit = query.text("limit") == null ? Integer.MAX_VALUE : query.limit();
        int from = offset(query);
        query.check();
        return from(all, from, limit);
    }

    private static <T> Slice<T> from(List<T> all, int from, int limit) {
        int begin = Math.min(from, all.size());
        int end = (int) Math.min((long) begin + limit, all.size());
        return new Slice<>(all.subList(begin, end), end < all.size() ? "o" + end : null);
    }

    private static int offset(Query query) {
        Integer offset = query.read("cursor", text -> {
            if (!text.matches("o[0-9]{1,9}")) {
                throw new InvalidArgumentException("cursor", "cursor must be one that this list gave as next");
            }
            return Integer.parseInt(text.substring(1));
        });
        return offset == null ? 0 : offset;
    }
}
