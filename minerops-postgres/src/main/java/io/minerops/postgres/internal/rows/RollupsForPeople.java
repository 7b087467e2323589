package io.minerops.postgres.internal.rows;

import io.minerops.blocks.ReadingIds;
import io.minerops.blocks.ReadingRollup;
import io.minerops.blocks.Rollup;
import io.minerops.postgres.internal.db.Transaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Roll-ups in columns, for people and dashboards: a row for each miner and reading. */
public enum RollupsForPeople {
    /** Of hours. */
    HOURLY("hourly"),
    /** Of days. */
    DAILY("daily");

    private final String sql;

    RollupsForPeople(String table) {
        sql = Upsert.ofMany(
                table,
                "at, miner, reading",
                "min, mean, max, last, count, integral",
                "to_timestamp(?::double precision / 1000)",
                "integer",
                "integer",
                "double precision",
                "double precision",
                "double precision",
                "double precision",
                "bigint",
                "double precision");
    }

    private record Cell(int miner, int id, ReadingRollup rollup) {}

    /** Writes the roll-ups of an hour or day that begins at a time, ms; by the miner's number. */
    public void write(Transaction tx, long at, SortedMap<Integer, Rollup> rollups, ReadingIds readings)
            throws SQLException {
        List<Cell> cells = new ArrayList<>();
        rollups.forEach(
                (miner, rollup) -> rollup.readings().forEach((id, reading) -> cells.add(new Cell(miner, id, reading))));
        if (cells.isEmpty()) {
            return;
        }
        @Nullable
        Double[] integrals = cells.stream()
                .map(cell -> readings.integrated(cell.id) ? (Double) cell.rollup.integral() : null)
                .toArray(Double[]::new);
        Upsert.run(
                tx,
                sql,
                at,
                cells.stream().mapToInt(Cell::miner).toArray(),
                cells.stream().mapToInt(Cell::id).toArray(),
                values(cells, ReadingRollup::min),
                values(cells, ReadingRollup::mean),
                values(cells, ReadingRollup::max),
                values(cells, ReadingRollup::last),
                cells.stream().mapToLong(cell -> cell.rollup.count()).toArray(),
                integrals);
    }

    private static double[] values(List<Cell> cells, ToDoubleFunction<ReadingRollup> value) {
        return cells.stream()
                .mapToDouble(cell -> value.applyAsDouble(cell.rollup))
                .toArray();
    }
}
