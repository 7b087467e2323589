package io.minerops.core.internal.cost;

import io.minerops.api.miner.Reading;
import io.minerops.api.store.PollColumns;
import java.util.Arrays;
import java.util.Set;

/** The polls of a span: when they ran, and what some miners said in them. Not thread-safe. */
final class SpanSamples {
    /** The readings that {@link #add} takes. */
    static final Set<Reading> READINGS = Set.of(Reading.HASHRATE_THS, Reading.POWER_W);

    private static final double MILLIS_PER_SECOND = 1_000;

    private final long holdMs;
    private final Series polls = new Series();
    private final Series[] rows;

    /**
     * Nothing yet.
     *
     * @param size how many rows the polls' roster has
     * @param holdMs how long a sample holds, and a poll counts as the last one before the next, ms
     */
    SpanSamples(int size, long holdMs) {
        this.holdMs = holdMs;
        rows = new Series[size];
        Arrays.setAll(rows, row -> new Series());
    }

    /** Adds a poll; in the order of time. */
    boolean add(PollColumns poll) {
        polls.add(poll.epochMillis(), 0, 0);
        for (int sample = 0; sample < poll.size(); sample++) {
            rows[poll.row(sample)].add(
                    poll.epochMillis(), poll.value(Reading.HASHRATE_THS, sample), poll.value(Reading.POWER_W, sample));
        }
        return true;
    }

    /** What the miner of a row did from one moment to another, ms, as far as polls ran. */
    Loss between(int row, long from, long to) {
        double observedMs = 0;
        long since = Long.MAX_VALUE;
        for (int i = 1; i < polls.size; i++) {
            long overlap = polls.overlap(i, from, to, holdMs);
            if (overlap > 0) {
                observedMs += overlap;
                since = Math.min(since, Math.max(from, polls.at[i - 1]));
            }
        }
        return observedMs == 0 ? Loss.NONE : rows[row].between(from, to, holdMs, observedMs, since);
    }

    /** Values by time, ascending. */
    private static final class Series {
        private long[] at = new long[16];
        private double[] ths = new double[16];
        private double[] watts = new double[16];
        private int size;

        void add(long time, double rate, double power) {
            if (size == at.length) {
                at = Arrays.copyOf(at, size * 2);
                ths = Arrays.copyOf(ths, size * 2);
                watts = Arrays.copyOf(watts, size * 2);
            }
            at[size] = time;
            ths[size] = rate;
            watts[size++] = power;
        }

        /** How much of a span lies between a value and the one before, ms; 0 where these are too far apart. */
        long overlap(int value, long from, long to, long holdMs) {
            long begin = at[value - 1];
            long end = at[value];
            return end - begin > holdMs ? 0 : Math.max(0, Math.min(end, to) - Math.max(begin, from));
        }

        Loss between(long from, long to, long holdMs, double polledMs, long since) {
            double observedMs = polledMs;
            double work = 0;
            double energy = 0;
            double unpoweredMs = 0;
            for (int i = 1; i < size; i++) {
                long overlap = overlap(i, from, to, holdMs);
                double rate = mean(ths[i - 1], ths[i]);
                double power = mean(watts[i - 1], watts[i]);
                if (Double.isNaN(rate)) {
                    observedMs -= overlap;
                } else {
                    work += rate * overlap;
                    energy += Double.isNaN(power) ? 0 : power * overlap;
                    unpoweredMs += Double.isNaN(power) ? overlap : 0;
                }
            }
            return new Loss(
                    Math.max(0, observedMs) / MILLIS_PER_SECOND,
                    work / MILLIS_PER_SECOND,
                    energy / MILLIS_PER_SECOND,
                    unpoweredMs / MILLIS_PER_SECOND,
                    since);
        }

        /** Of two values, or the one that is known. */
        private static double mean(double first, double second) {
            if (Double.isNaN(first)) {
                return second;
            }
            return Double.isNaN(second) ? first : (first + second) / 2;
        }
    }
}
