package io.minerops.server.http;

import io.minerops.api.InvalidArgumentException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong with the fields of one request, so that its sender hears all of it at once. */
final class Problems {
    private final Map<String, String> byField = new LinkedHashMap<>();

    /** Notes that a field is at fault; the first sentence about a field stays. */
    void add(String field, String sentence) {
        byField.putIfAbsent(field, sentence);
    }

    /** What the supplier gives, or null with a problem noted where it refuses. */
    <T> @Nullable T tryTo(String field, Supplier<T> supplier) {
        try {
            return supplier.get();
        } catch (InvalidArgumentException e) {
            String sentence = String.valueOf(e.getMessage());
            add(field, sentence.startsWith(field) ? sentence : field + ": " + sentence);
            return null;
        }
    }

    /**
     * Goes on where nothing is wrong.
     *
     * @throws HttpFailure 400 with every sentence and the first field at fault
     */
    void check() {
        if (!byField.isEmpty()) {
            throw HttpFailure.of(
                    400,
                    String.join("; ", byField.values()),
                    byField.keySet().iterator().next());
        }
    }
}
