package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.sqlite.internal.db.Binder;
import io.minerops.sqlite.internal.db.Row;
import io.minerops.sqlite.internal.db.Times;
import java.sql.SQLException;
import java.time.Instant;
import java.util.stream.Collectors;

/** A sample as columns: ms between poll and reading, whether power is estimated, the pool, and a column per reading. */
final class SampleRows {
    /** The columns of tables {@code samples} and {@code latest} after their keys. */
    static final String COLUMNS = "read_after_ms, power_estimated, pool, "
            + Reading.all().stream().map(Reading::key).collect(Collectors.joining(", "));

    /** A placeholder for each of {@link #COLUMNS}. */
    static final String PLACEHOLDERS = "?, ?, ?" + ", ?".repeat(Reading.count());

    private final PoolBook pools;

    SampleRows(PoolBook pools) {
        this.pools = pools;
    }

    void bind(Binder binder, long pollAt, MetricSample sample) throws SQLException {
        binder.number(Times.millis(sample.readAt()) - pollAt)
                .flag(sample.powerEstimated())
                .numberOrNull(pools.number(sample.pool()));
        for (Reading reading : Reading.all()) {
            binder.real(sample.value(reading));
        }
    }

    MetricSample read(Row row, MinerAddress miner, long pollAt) throws SQLException {
        MetricSample.Builder sample = MetricSample.builder(miner, Instant.ofEpochMilli(pollAt + row.number()));
        sample.powerEstimated(row.flag()).pool(pools.pool(row.numberOrNull()));
        for (Reading reading : Reading.all()) {
            sample.set(reading, row.real());
        }
        return sample.build();
    }
}
