package io.minerops.blocks;

import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.ShareCounters;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the accepted shares of one miner prove over a span of time, and the counters at its ends, so that the time between it
 * and a later span counts when both are merged.
 *
 * @param work the work that is proven between the first counters and the last
 * @param first the first counters of the span
 * @param last the last counters of the span
 */
public record WorkRollup(ProvenWork work, ShareCounters first, ShareCounters last) {
    private static final int DECIMALS = 3;

    /**
     * What is stored: the ids of columns are {@value #FIRST_ID} and what follows, but for 83, which is the id of a count in older
     * programs.
     */
    private enum Stored {
        SECONDS(80, DECIMALS, rollup -> rollup.work.seconds()),
        DIFFICULTY(81, 0, rollup -> rollup.work.difficultySum()),
        SQUARES(82, 0, rollup -> rollup.work.difficultySquareSum()),
        /** TH, so that it adds up. */
        CLAIMED(
                84,
                DECIMALS,
                rollup -> rollup.work.seconds() == 0 ? 0 : rollup.work.claimedThs() * rollup.work.seconds()),
        FIRST_AT(85, 0, rollup -> rollup.first.at().toEpochMilli()),
        FIRST_ELAPSED(86, 0, rollup -> rollup.first.elapsedS()),
        FIRST_DIFFICULTY(87, 0, rollup -> rollup.first.acceptedDifficulty()),
        FIRST_ACCEPTED(88, 0, rollup -> rollup.first.accepted()),
        FIRST_CLAIMED(89, DECIMALS, rollup -> rollup.first.claimedThs()),
        LAST_AT(90, 0, rollup -> rollup.last.at().toEpochMilli()),
        LAST_ELAPSED(91, 0, rollup -> rollup.last.elapsedS()),
        LAST_DIFFICULTY(92, 0, rollup -> rollup.last.acceptedDifficulty()),
        LAST_ACCEPTED(93, 0, rollup -> rollup.last.accepted()),
        LAST_CLAIMED(94, DECIMALS, rollup -> rollup.last.claimedThs());

        private static final List<Stored> ALL = List.of(values());

        private final int id;
        private final int decimals;

        @SuppressWarnings("ImmutableEnumChecker") // a function of a record
        private final ToDoubleFunction<WorkRollup> value;

        Stored(int id, int decimals, ToDoubleFunction<WorkRollup> value) {
            this.id = id;
            this.decimals = decimals;
            this.value = value;
        }

        double of(Frame frame, int row) {
            int column = frame.find(id);
            return column < 0 ? Double.NaN : frame.value(column, row);
        }
    }

    /** The first id of a column. */
    static final int FIRST_ID = 80;

    /** Of samples at ascending times; null where none has an accepted difficulty. */
    static @Nullable WorkRollup of(Samples samples, ReadingIds readings) {
        double[] difficulty = samples.valuesOf(readings.id(Reading.ACCEPTED_DIFFICULTY));
        if (difficulty == null) {
            return null;
        }
        long[] times = samples.times();
        double[] elapsed = samples.valuesOf(readings.id(Reading.ELAPSED_S));
        double[] accepted = samples.valuesOf(readings.id(Reading.ACCEPTED));
        double[] claimed = samples.valuesOf(readings.id(Reading.HASHRATE_THS));
        ShareCounters first = null;
        ShareCounters last = null;
        ProvenWork work = ProvenWork.NONE;
        for (int row = 0; row < times.length; row++) {
            if (!Double.isNaN(difficulty[row])) {
                ShareCounters now = new ShareCounters(
                        Instant.ofEpochMilli(times[row]),
                        at(elapsed, row),
                        difficulty[row],
                        at(accepted, row),
                        at(claimed, row));
                first = first == null ? now : first;
                work = last == null ? work : work.plus(now.since(last));
                last = now;
            }
        }
        return first == null || last == null ? null : new WorkRollup(work, first, last);
    }

    private static double at(double @Nullable [] values, int row) {
        return values == null ? Double.NaN : values[row];
    }

    /** Both spans and the time between them; {@code null} stands for a span without counters. */
    static @Nullable WorkRollup merge(@Nullable WorkRollup one, @Nullable WorkRollup later) {
        if (one == null || later == null) {
            return one == null ? later : one;
        }
        ProvenWork between = later.first.since(one.last);
        return new WorkRollup(one.work.plus(between).plus(later.work), one.first, later.last);
    }

    /** The columns of a frame of roll-ups. */
    static void encode(Rollup[] all, List<Column> columns) {
        if (List.of(all).stream().allMatch(rollup -> rollup.work() == null)) {
            return;
        }
        for (Stored stored : Stored.ALL) {
            double[] values = new double[all.length];
            for (int row = 0; row < all.length; row++) {
                WorkRollup work = all[row].work();
                values[row] = work == null ? Double.NaN : stored.value.applyAsDouble(work);
            }
            columns.add(Column.of(stored.id, stored.decimals, values));
        }
    }

    /** Where a frame has the columns that {@link #proven} reads. */
    static int[] positions(Frame frame) {
        return new int[] {
            frame.find(Stored.SECONDS.id),
            frame.find(Stored.DIFFICULTY.id),
            frame.find(Stored.SQUARES.id),
            frame.find(Stored.CLAIMED.id)
        };
    }

    /** What is proven in a row of a frame, by the {@link #positions} of it. */
    static ProvenWork proven(Frame frame, int[] positions, int row) {
        double seconds = frame.value(positions[0], row);
        return seconds > 0
                ? new ProvenWork(
                        seconds,
                        frame.value(positions[1], row),
                        frame.value(positions[2], row),
                        frame.value(positions[3], row) / seconds)
                : ProvenWork.NONE;
    }

    /** The roll-up in a row of a frame; null where it has none. */
    static @Nullable WorkRollup read(Frame frame, int row) {
        if (Double.isNaN(Stored.LAST_AT.of(frame, row))) {
            return null;
        }
        return new WorkRollup(
                proven(frame, positions(frame), row),
                counters(
                        frame,
                        row,
                        Stored.FIRST_AT,
                        Stored.FIRST_ELAPSED,
                        Stored.FIRST_DIFFICULTY,
                        Stored.FIRST_ACCEPTED,
                        Stored.FIRST_CLAIMED),
                counters(
                        frame,
                        row,
                        Stored.LAST_AT,
                        Stored.LAST_ELAPSED,
                        Stored.LAST_DIFFICULTY,
                        Stored.LAST_ACCEPTED,
                        Stored.LAST_CLAIMED));
    }

    private static ShareCounters counters(
            Frame frame, int row, Stored at, Stored elapsed, Stored difficulty, Stored accepted, Stored claimed) {
        return new ShareCounters(
                Instant.ofEpochMilli((long) at.of(frame, row)),
                elapsed.of(frame, row),
                difficulty.of(frame, row),
                accepted.of(frame, row),
                claimed.of(frame, row));
    }
}
