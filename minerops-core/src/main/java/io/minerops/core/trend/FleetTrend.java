package io.minerops.core.trend;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.PollColumns;
import io.minerops.api.store.PollQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/**
 * One reading of every miner at equal distances, such as for a line beside each of 5,000 miners. A point is a miner's
 * first reading of its step and not a mean, looked for in the step's first {@value #POLLS_OF_A_STEP} polls, so that what
 * is read does not grow with the span. An answer that came too late for a poll is in the next one; a miner that is in
 * none of them has no reading there. Steps are aligned to the epoch, so a point stays what it is while time goes on.
 * Immutable.
 */
public final class FleetTrend {
    /** The fewest points that make a line. */
    public static final int MIN_POINTS = 2;

    /** The most points: a quarter of an hour each over a day. */
    public static final int MAX_POINTS = 96;

    private static final int POLLS_OF_A_STEP = 3;

    private final MinerIndex roster;
    private final Instant since;
    private final Duration step;
    /** By row, then by point; NaN where absent. */
    private final double[][] values;

    private FleetTrend(MinerIndex roster, Instant since, Duration step, double[][] values) {
        this.roster = roster;
        this.since = since;
        this.step = step;
        this.values = values;
    }

    /**
     * Reads a trend.
     *
     * @param store where the polls are
     * @param roster the miners
     * @param reading what is read of them
     * @param now the end; the last step holds it and may not be over
     * @param span how far back it goes, at least 1 s for each point
     * @param points how many points there are, {@link #MIN_POINTS} to {@link #MAX_POINTS}
     * @throws InvalidArgumentException naming {@code points} or {@code span}
     * @throws io.minerops.api.StoreException where the store cannot be read
     */
    public static FleetTrend read(
            MetricStore store, MinerIndex roster, Reading reading, Instant now, Duration span, int points) {
        Check.between("points", points, MIN_POINTS, MAX_POINTS);
        if (span.compareTo(Duration.ofSeconds(points)) < 0) {
            throw new InvalidArgumentException("span", "span must be at least 1 s for each point, not " + span);
        }
        long step = span.toMillis() / points;
        long last = Math.floorDiv(now.toEpochMilli(), step) * step;
        long first = last - (points - 1) * step;
        double[][] values = new double[roster.size()][points];
        for (double[] row : values) {
            Arrays.fill(row, Double.NaN);
        }
        for (int index = 0; index < points && roster.size() > 0; index++) {
            Instant begin = Instant.ofEpochMilli(first + index * step);
            var found = new FirstReadings(values, index, reading);
            store.polls(new PollQuery(roster, begin, begin.plusMillis(step), Set.of(reading)), found::take);
        }
        return new FleetTrend(roster, Instant.ofEpochMilli(first), Duration.ofMillis(step), values);
    }

    /** Fills one point of each row from the polls of its step. */
    private static final class FirstReadings {
        private final double[][] values;
        private final int point;
        private final Reading reading;
        private int missing;
        private int polls;

        FirstReadings(double[][] values, int point, Reading reading) {
            this.values = values;
            this.point = point;
            this.reading = reading;
            missing = values.length;
        }

        /** Takes in the next poll; says whether another one may add something. */
        boolean take(PollColumns poll) {
            for (int sample = 0; sample < poll.size(); sample++) {
                double value = poll.value(reading, sample);
                double[] row = values[poll.row(sample)];
                if (Double.isNaN(row[point]) && !Double.isNaN(value)) {
                    row[point] = value;
                    missing--;
                }
            }
            polls++;
            return missing > 0 && polls < POLLS_OF_A_STEP;
        }
    }

    /** The miners, row by row. */
    public MinerIndex roster() {
        return roster;
    }

    /** The begin of the first step. */
    public Instant since() {
        return since;
    }

    /** The distance of two points. */
    public Duration step() {
        return step;
    }

    /** The readings of a row, oldest first, in the unit of the reading; NaN where absent. The array is the caller's own. */
    public double[] values(int row) {
        return values[row].clone();
    }
}
