package io.minerops.server.flask;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings the samples and miners of a Flask system into a store. It can be repeated: samples that are stored already, and what is
 * entered of miners, stay as they are. A process that dies in it leaves the polls stored so far, and the next import
 * adds the rest. Not thread-safe.
 */
public final class FlaskImport {
    private static final int MAX_SAMPLES_AT_ONCE = 50_000;
    private static final int ROWS_BETWEEN_REPORTS = 100_000;

    /** How many messages on refused rows are kept, of each kind. */
    private static final int MAX_EXAMPLES = 3;

    private final Store store;
    private final FlaskSamples samples;
    private final int defaultPort;
    private final Instant now;
    private final LongConsumer progress;

    private final FlaskPolls polls = new FlaskPolls();
    private final List<Poll> waiting = new ArrayList<>();
    private final Map<String, Long> refused = new TreeMap<>();
    private final List<String> examples = new ArrayList<>();
    private int waitingSamples;
    private long read;
    private long imported;
    private long alreadyThere;
    private long pollCount;
    private @Nullable Instant first;
    private @Nullable Instant last;

    /**
     * What was done.
     *
     * @param read rows of samples that were read
     * @param imported samples that were stored
     * @param alreadyThere samples that the store had already
     * @param refused how many rows were refused, by reason
     * @param examples a few of the refused rows, a sentence each
     * @param polls polls that samples were stored of
     * @param minersRegistered miners that were not registered before
     * @param minersFilledIn registered miners of which something is known now that was not
     * @param first the first poll of the file; null where there is none
     * @param last the last poll of the file; null where there is none
     */
    public record Report(
            long read,
            long imported,
            long alreadyThere,
            Map<String, Long> refused,
            List<String> examples,
            long polls,
            int minersRegistered,
            int minersFilledIn,
            @Nullable Instant first,
            @Nullable Instant last) {}

    /**
     * An import.
     *
     * @param store where to
     * @param zone the zone in which the file's times are written
     * @param defaultPort the port of miners that are named without one
     * @param now the present; what is later is refused
     * @param progress gets the number of rows read, now and then
     */
    public FlaskImport(Store store, ZoneId zone, int defaultPort, Instant now, LongConsumer progress) {
        this.store = store;
        this.defaultPort = defaultPort;
        this.now = now;
        this.progress = progress;
        samples = new FlaskSamples(zone, defaultPort, now);
    }

    /**
     * Imports a file.
     *
     * @throws io.minerops.api.StoreException if it is not a database of the Flask system, or either fails
     */
    public Report run(Path file) {
        try (FlaskDatabase database = FlaskDatabase.open(file)) {
            FleetSnapshot latestBefore = store.metrics().latest();
            int before = store.miners().all().size();
            database.rows(this::row);
            polls.end().ifPresent(this::add);
            storeWaiting();
            restoreLatest(latestBefore);
            int filledIn = 0;
            for (FlaskMiner miner : database.miners()) {
                filledIn += fillIn(miner) ? 1 : 0;
            }
            return new Report(
                    read,
                    imported,
                    alreadyThere,
                    Map.copyOf(refused),
                    List.copyOf(examples),
                    pollCount,
                    store.miners().all().size() - before,
                    filledIn,
                    first,
                    last);
        }
    }

    private void row(FlaskRow row) {
        read++;
        if (read % ROWS_BETWEEN_REPORTS == 0) {
            progress.accept(read);
        }
        try {
            polls.add(samples.sample(row)).ifPresent(this::add);
        } catch (FlaskSamples.RefusedException e) {
            refuse(e.kind(), "row " + row.id() + ": " + e.getMessage());
        }
    }

    private void refuse(String kind, String message) {
        if (refused.merge(kind, 1L, Long::sum) <= MAX_EXAMPLES) {
            examples.add(message);
        }
    }

    private void add(Poll poll) {
        first = first == null || poll.at().isBefore(first) ? poll.at() : first;
        last = last == null || poll.at().isAfter(last) ? poll.at() : last;
        waiting.add(poll);
        waitingSamples += poll.samples().size();
        if (waitingSamples >= MAX_SAMPLES_AT_ONCE) {
            storeWaiting();
        }
    }

    private record Key(Instant poll, MinerAddress miner) {}

    private void storeWaiting() {
        Set<Key> stored = stored();
        for (Poll poll : waiting) {
            List<MetricSample> missing = poll.samples().stream()
                    .filter(sample -> !stored.contains(new Key(poll.at(), sample.miner())))
                    .toList();
            alreadyThere += poll.samples().size() - missing.size();
            imported += missing.size();
            if (!missing.isEmpty()) {
                pollCount++;
                store.metrics().append(Poll.of(poll.at(), missing));
            }
        }
        waiting.clear();
        waitingSamples = 0;
    }

    private Set<Key> stored() {
        Set<Key> keys = new HashSet<>();
        if (!waiting.isEmpty()) {
            Instant from = waiting.stream()
                    .map(Poll::at)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            Instant to = waiting.stream()
                    .map(Poll::at)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            HistoryQuery between = new HistoryQuery(null, from, to.plusMillis(1), null, Integer.MAX_VALUE);
            store.metrics().history(between, (at, sample) -> keys.add(new Key(at, sample.miner())));
        }
        return keys;
    }

    /**
     * Appends the latest samples of before once more, where they are newer than those of the file: the poll appended last
     * counts as the latest.
     */
    private void restoreLatest(FleetSnapshot before) {
        Map<Instant, List<MetricSample>> newer = new TreeMap<>();
        for (int row = 0; row < before.size(); row++) {
            if (before.hasSample(row) && last != null && before.epochMillis(row) > last.toEpochMilli()) {
                Instant at = Instant.ofEpochMilli(before.epochMillis(row));
                newer.computeIfAbsent(at, time -> new ArrayList<>()).addAll(latest(before, row, at));
            }
        }
        newer.forEach((at, latest) -> store.metrics().append(Poll.of(at, latest)));
    }

    /** The latest sample of a row; empty where it was pruned meanwhile. */
    private List<MetricSample> latest(FleetSnapshot before, int row, Instant at) {
        List<MetricSample> found = new ArrayList<>();
        MinerAddress miner = before.miner(row).address();
        HistoryQuery moment = new HistoryQuery(miner, at, at.plusMillis(1), null, 1);
        store.metrics()
                .history(
                        moment,
                        (time, sample) -> found.add(sample.toBuilder()
                                .faults(before.faults(row))
                                .boards(before.boards(row))
                                .build()));
        return found;
    }

    private boolean fillIn(FlaskMiner known) {
        try {
            MinerAddress address = MinerAddress.parse(known.minerIp(), defaultPort);
            Miner miner = store.miners()
                    .find(address)
                    .orElseGet(() -> Miner.builder(address, now).build());
            Miner filled = known.fillIn(miner);
            boolean changed =
                    !filled.equals(miner) || store.miners().find(address).isEmpty();
            if (changed) {
                store.miners().put(filled);
            }
            return changed;
        } catch (InvalidArgumentException e) {
            refuse("miner", "miner " + known.minerIp() + ": " + e.getMessage());
            return false;
        }
    }
}
