package io.minerops.sqlite;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a check of a file found.
 *
 * @param file the file
 * @param bytes its size, without the log that a writer may have beside it
 * @param schemaVersion the version of its schema, 0 where it is empty
 * @param knownVersion the version that this program works with; where that is greater, the file is brought up to it when
 *     it is next opened for writing
 * @param problems what is not well, a sentence each; at most {@value SqliteCheck#MAX_PROBLEMS}
 * @param rows how many rows each table has, by its name; empty where pages are damaged
 */
public record SqliteReport(
        Path file, long bytes, int schemaVersion, int knownVersion, List<String> problems, Map<String, Long> rows) {

    /** Copies the lists. */
    public SqliteReport {
        problems = List.copyOf(problems);
        rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    }

    /** Whether nothing is wrong with the file. */
    public boolean isSound() {
        return problems.isEmpty();
    }

    /** The same of the file under its later name. */
    SqliteReport as(Path later) {
        return new SqliteReport(later, bytes, schemaVersion, knownVersion, problems, rows);
    }
}
