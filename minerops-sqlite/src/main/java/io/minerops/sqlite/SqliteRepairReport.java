package io.minerops.sqlite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a repair recovered of a damaged file.
 *
 * @param file the damaged file, unchanged
 * @param target the new file
 * @param recovered how many rows of each table were written to it, by the table's name
 * @param lost what could not be recovered, a sentence each; empty where all of it was
 */
public record SqliteRepairReport(Path file, Path target, Map<String, Long> recovered, List<String> lost) {
    /** Copies the lists. */
    public SqliteRepairReport {
        recovered = Collections.unmodifiableMap(new LinkedHashMap<>(recovered));
        lost = List.copyOf(lost);
    }

    long rows() {
        return recovered.values().stream().mapToLong(Long::longValue).sum();
    }

    SqliteRepairReport andLost(List<String> more) {
        List<String> all = new ArrayList<>(lost);
        all.addAll(more);
        return new SqliteRepairReport(file, target, recovered, all);
    }
}
