package io.minerops.server.history;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.HistoryQuery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one export, in parts of bounded size, each read from the store by a query of its own: who writes them out
 * may take any time, and neither a read transaction nor more than one part in the heap waits for it. Polls that are stored
 * between two parts are in a later part if they are after what was read. Not thread-safe.
 */
public final class HistoryCsv {
    /** RFC 7111 and RFC 4180. */
    public static final String MEDIA_TYPE = "text/csv; charset=utf-8; header=present";

    /** Samples read at a time, some tens of milliseconds: a file of years is read in as many steps as it takes. */
    static final int SAMPLES_PER_STEP = 5_000;

    private final History history;
    private final HistorySelection selection;
    private final CsvLines lines;
    private final @Nullable MinerAddress onlyMiner;
    private final Set<MinerAddress> miners;
    private final int samplesPerStep;

    /** The poll that was read last, and how many of its samples: they come in a fixed order. */
    private Instant position;

    private int taken;
    private int skipped;
    private int seen;
    private long rows;
    private boolean begun;
    private boolean ended;

    /** Reads stored samples, as {@link io.minerops.api.store.MetricStore#history} does. */
    @FunctionalInterface
    public interface History {
        /** Gives the samples of a query to the consumer, one after another. */
        void read(HistoryQuery query, BiConsumer<Instant, MetricSample> consumer);
    }

    /**
     * An export that has not begun.
     *
     * @param defaultPort the port of miners whose address is written without one
     */
    public HistoryCsv(History history, HistorySelection selection, int defaultPort) {
        this(history, selection, defaultPort, SAMPLES_PER_STEP);
    }

    HistoryCsv(History history, HistorySelection selection, int defaultPort, int samplesPerStep) {
        this.history = history;
        this.selection = selection;
        this.samplesPerStep = samplesPerStep;
        lines = new CsvLines(selection, defaultPort);
        miners = selection.miners();
        onlyMiner = miners.size() == 1 ? miners.iterator().next() : null;
        position = selection.from();
    }

    /**
     * The next lines, the header first; null after the last.
     *
     * @throws io.minerops.api.StoreException if the store cannot be read
     */
    public @Nullable String next() {
        if (!begun) {
            begun = true;
            lines.header();
        }
        while (!ended && lines.isEmpty()) {
            step();
        }
        return lines.isEmpty() ? null : lines.take();
    }

    /** How many samples the lines have had so far. */
    public long rows() {
        return rows;
    }

    private void step() {
        int known = taken;
        int limit = known + samplesPerStep;
        seen = 0;
        skipped = 0;
        history.read(
                new HistoryQuery(onlyMiner, position, selection.to(), null, limit),
                (at, sample) -> take(at, sample, known));
        ended = seen < limit;
    }

    private void take(Instant at, MetricSample sample, int known) {
        seen++;
        if (skipped < known) {
            skipped++;
            return;
        }
        if (!at.equals(position)) {
            position = at;
            taken = 0;
        }
        taken++;
        if (miners.isEmpty() || miners.contains(sample.miner())) {
            lines.add(at, sample);
            rows++;
        }
    }

    /** Every reading by its key, for those who choose columns. */
    public static Map<String, Reading> readings() {
        Map<String, Reading> byKey = new LinkedHashMap<>();
        Reading.all().forEach(reading -> byKey.put(reading.key(), reading));
        return byKey;
    }
}
