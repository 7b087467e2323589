package io.minerops.server.rest.view;

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
public record Slice<T>(List<T> items, @Nullable String next) {
    /** The requested part. */
    public static <T> Slice<T> of(Query query, List<T> all) {
        Bounds bounds = Bounds.of(query);
        query.check();
        return bounds.of(all);
    }

    /**
     * The requested part of a list.
     *
     * @param from the index of its first item
     * @param limit the most items
     */
    public record Bounds(int from, int limit) {
        /** The request of a query; the query is yet to be checked. */
        public static Bounds of(Query query) {
            return new Bounds(offset(query), query.limit());
        }

        /** The request of a query; everything without a limit; the query is yet to be checked. */
        public static Bounds orAll(Query query) {
            return new Bounds(offset(query), query.text("limit") == null ? Integer.MAX_VALUE : query.limit());
        }

        /** That part of a list. */
        public <T> Slice<T> of(List<T> all) {
            int begin = Math.min(from, all.size());
            int end = (int) Math.min((long) begin + limit, all.size());
            return new Slice<>(all.subList(begin, end), end < all.size() ? "o" + end : null);
        }
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
