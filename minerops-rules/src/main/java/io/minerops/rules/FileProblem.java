package io.minerops.rules;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a document.
 *
 * @param file the file as it was named
 * @param line the line, from 1; 0 where the whole file is at fault or the document has no lines
 * @param column the column, from 1; 0 as the line
 * @param field the key at fault with the keys that lead to it from the rule, such as {@code thresholds.temp_c}; null where no
 *     key is
 * @param message what is wrong, the value, and what would be accepted; never a secret
 */
public record FileProblem(
        String file, int line, int column, @Nullable String field, String message) {
    /** {@code file:line: message}, as editors and terminals make it a link. */
    @Override
    public String toString() {
        return line == 0 ? file + ": " + message : file + ":" + line + ": " + message;
    }
}
