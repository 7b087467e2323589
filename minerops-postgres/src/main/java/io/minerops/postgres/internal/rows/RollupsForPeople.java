package io.minerops.postgres.internal.rows;

import io.minerops.blocks.ReadingIds;
import io.minerops.blocks.ReadingRollup;
import io.minerops.blocks.Rollup;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.postgres.internal.db.Transaction;
import java.sql.SQLException;
import java.util.Map;
import java.util.SortedMap;

/** Roll-ups in columns, for people and dashboards: a row for each miner and reading. */
public enum RollupsForPeople {
    /** Of hours. */
    HOURLY("hourly"),
    /** Of days. */
    DAILY("daily");

    private final String sql;

    RollupsForPeople(String table) {
        sql = Upsert.of(table, "miner, reading, at", "min, mean, max, last, count, integral")
                .replace("VALUES (?, ?, ?,", "VALUES (?, ?, to_timestamp(?::double precision / 1000),");
    }

    /** Writes the roll-ups of an hour or day that begins at a time, ms; by the miner's number. */
    public void write(Transaction tx, long at, SortedMap<Integer, Rollup> rollups, ReadingIds readings)
            throws SQLException {
        Binder rows = tx.bind(sql);
        for (Map.Entry<Integer, Rollup> miner : rollups.entrySet()) {
            for (Map.Entry<Integer, ReadingRollup> reading :
                    miner.getValue().readings().entrySet()) {
                ReadingRollup one = reading.getValue();
                rows.number(miner.getKey())
                        .number(reading.getKey())
                        .number(at)
                        .real(one.min())
                        .real(one.mean())
                        .real(one.max())
                        .real(one.last())
                        .number(one.count())
                        .real(readings.integrated(reading.getKey()) ? (Double) one.integral() : null)
                        .add();
            }
        }
        tx.runBatch(sql);
    }
}
