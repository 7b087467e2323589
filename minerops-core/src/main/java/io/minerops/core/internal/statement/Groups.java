package io.minerops.core.internal.statement;

import io.minerops.api.miner.Miner;
import io.minerops.core.statement.StatementRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the groups of a request.
 *
 * @param rows by name, ascending; those in no group last, by null
 * @param all the rows that the request covers
 */
record Groups(SortedMap<@Nullable String, List<Integer>> rows, List<Integer> all) {
    static Groups of(StatementRequest request, List<Miner> miners) {
        SortedMap<@Nullable String, List<Integer>> rows =
                new TreeMap<>(Comparator.nullsLast(Comparator.naturalOrder()));
        List<Integer> all = new ArrayList<>();
        StatementRequest.By by = request.name() == null ? request.by() : StatementRequest.By.MINER;
        for (int row = 0; row < miners.size(); row++) {
            Miner miner = miners.get(row);
            if (!request.covers(miner)) {
                continue;
            }
            all.add(row);
            if (by == null) {
                continue;
            }
            List<String> names = by.namesOf(miner);
            for (String name : names) {
                rows.computeIfAbsent(name, one -> new ArrayList<>()).add(row);
            }
            if (names.isEmpty()) {
                rows.computeIfAbsent(null, one -> new ArrayList<>()).add(row);
            }
        }
        return new Groups(rows, all);
    }
}
