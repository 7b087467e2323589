package io.minerops.benchmarks.peers;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.DefaultCairoConfiguration;
import io.questdb.cairo.TableWriter;
import io.questdb.cairo.security.AllowAllSecurityContext;
import io.questdb.cairo.sql.Record;
import io.questdb.cairo.sql.RecordCursor;
import io.questdb.cairo.sql.RecordCursorFactory;
import io.questdb.griffin.SqlException;
import io.questdb.griffin.SqlExecutionContextImpl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** QuestDB in the process, written to by a table writer: no write-ahead log, and nothing is synchronised to the disk. */
final class QuestDbEngine implements StorePeers.Engine {
    private static final long MICROS = 1_000;

    private final CairoEngine engine;
    private final SqlExecutionContextImpl context;
    private final TableWriter writer;
    private final Map<MinerAddress, Integer> numbers = new HashMap<>();

    QuestDbEngine(Path folder) throws SqlException {
        engine = new CairoEngine(new DefaultCairoConfiguration(folder.toString()));
        context = new SqlExecutionContextImpl(engine, 1).with(AllowAllSecurityContext.INSTANCE, null);
        engine.execute(
                "CREATE TABLE samples (at TIMESTAMP, miner INT, "
                        + StorePeers.READINGS.stream()
                                .map(reading -> reading.key() + " DOUBLE")
                                .collect(Collectors.joining(", "))
                        + ") TIMESTAMP(at) PARTITION BY DAY BYPASS WAL",
                context);
        writer = engine.getWriter(engine.verifyTableName("samples"), "benchmark");
    }

    private int number(MinerAddress miner) {
        return numbers.computeIfAbsent(miner, one -> numbers.size() + 1);
    }

    @Override
    public void append(Poll poll) {
        long at = poll.at().toEpochMilli() * MICROS;
        for (MetricSample sample : poll.samples()) {
            TableWriter.Row row = writer.newRow(at);
            row.putInt(1, number(sample.miner()));
            for (int i = 0; i < StorePeers.READINGS.size(); i++) {
                row.putDouble(2 + i, sample.value(StorePeers.READINGS.get(i)));
            }
            row.append();
        }
        writer.commit();
    }

    @Override
    public long latest() throws SqlException {
        return count("SELECT * FROM samples LATEST ON at PARTITION BY miner");
    }

    @Override
    public long day(MinerAddress miner, Instant until) throws SqlException {
        long end = until.toEpochMilli() * MICROS;
        long begin = until.minus(Duration.ofDays(1)).toEpochMilli() * MICROS;
        return count("SELECT * FROM samples WHERE miner = " + number(miner) + " AND at >= " + begin + " AND at < " + end);
    }

    private long count(String sql) throws SqlException {
        long count = 0;
        double sum = 0;
        try (RecordCursorFactory query = engine.select(sql, context);
                RecordCursor cursor = query.getCursor(context)) {
            Record row = cursor.getRecord();
            while (cursor.hasNext()) {
                count++;
                for (int i = 0; i < StorePeers.READINGS.size(); i++) {
                    sum += row.getDouble(2 + i);
                }
            }
        }
        return Double.isNaN(sum) ? -1 : count;
    }

    @Override
    public void close() {
        writer.close();
        context.close();
        engine.close();
    }
}
