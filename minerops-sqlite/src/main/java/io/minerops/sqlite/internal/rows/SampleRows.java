package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.blocks.jdbc.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A sample as files of schema 7 and older have it: ms between poll and reading, whether power is estimated, the pool, and a
 * column for each reading that there was then. Such rows are read and written no more.
 */
final class SampleRows {
    /** The readings of that time; one that is added later has no column. */
    static final List<Reading> READINGS = List.of(
            Reading.HASHRATE_THS,
            Reading.HASHRATE_AVG_THS,
            Reading.POWER_W,
            Reading.AVG_TEMP_C,
            Reading.MAX_TEMP_C,
            Reading.AVG_FAN_RPM,
            Reading.MIN_FAN_RPM,
            Reading.MAX_FAN_RPM,
            Reading.ELAPSED_S,
            Reading.ACCEPTED,
            Reading.REJECTED,
            Reading.HW_ERRORS,
            Reading.BOARDS_ALIVE,
            Reading.BOARDS_EXPECTED,
            Reading.CHIPS_ALIVE,
            Reading.CHIPS_EXPECTED,
            Reading.POOLS_ALIVE,
            Reading.INLET_TEMP_C,
            Reading.OUTLET_TEMP_C);

    /** The columns of tables {@code samples} and {@code latest_rows} after their keys. */
    static final String COLUMNS = "read_after_ms, power_estimated, pool, "
            + READINGS.stream().map(Reading::key).collect(Collectors.joining(", "));

    private final PoolBook pools;

    SampleRows(PoolBook pools) {
        this.pools = pools;
    }

    MetricSample read(Row row, MinerAddress miner, long pollAt) throws SQLException {
        MetricSample.Builder sample = MetricSample.builder(miner, Instant.ofEpochMilli(pollAt + row.number()));
        sample.powerEstimated(row.flag());
        Long pool = row.numberOrNull();
        sample.pool(pool == null ? null : pools.pool(pool));
        for (Reading reading : READINGS) {
            sample.set(reading, row.real());
        }
        return sample.build();
    }
}
