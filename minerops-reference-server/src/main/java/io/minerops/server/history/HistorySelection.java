package io.minerops.server.history;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the stored history is exported.
 *
 * @param from the first poll time, included
 * @param to the last poll time, excluded; after {@code from}
 * @param miners the miners; empty for every miner, those too that are no longer registered
 * @param readings the columns, in their order
 * @param state whether the state of work is a column after them
 * @param proven whether the last columns are what accepted shares prove
 */
public record HistorySelection(
        Instant from, Instant to, Set<MinerAddress> miners, List<Reading> readings, boolean state, boolean proven) {
    public HistorySelection {
        miners = Set.copyOf(miners);
        readings = List.copyOf(readings);
    }

    /** The same with columns of what accepted shares prove, or without. */
    public HistorySelection withProven(boolean wanted) {
        return new HistorySelection(from, to, miners, readings, state, wanted);
    }

    /**
     * All that is stored, up to now, where nothing else is said.
     *
     * @param prefix what precedes the names of the arguments in messages, such as dashes
     * @param readings the columns; empty for every reading and the state of work
     * @throws InvalidArgumentException ({@code to}) if it is not after {@code from}
     */
    public static HistorySelection of(
            String prefix,
            @Nullable Instant from,
            @Nullable Instant to,
            Set<MinerAddress> miners,
            Set<Reading> readings,
            InstantSource clock) {
        Instant begin = from == null ? Instant.EPOCH : from;
        Instant end = to == null ? clock.instant().plusMillis(1) : to;
        if (!begin.isBefore(end)) {
            throw new InvalidArgumentException(
                    "to",
                    prefix + "to must be after " + prefix + "from (" + begin + "), not " + (to == null ? "now" : to));
        }
        boolean all = readings.isEmpty();
        return new HistorySelection(begin, end, miners, all ? Reading.all() : List.copyOf(readings), all, false);
    }
}
