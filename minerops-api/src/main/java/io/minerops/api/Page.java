package io.minerops.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items the page's items in the list's order
 * @param next the opaque cursor of the next page; null at the end
 * @param <T> what is listed
 */
public record Page<T>(List<T> items, @Nullable String next) {
    /** The most items that any list gives at once. */
    public static final int MAX_LIMIT = 1_000;

    /** The default number of items of a list. */
    public static final int DEFAULT_LIMIT = 100;

    public Page {
        items = List.copyOf(items);
    }
}
