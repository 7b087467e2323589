package io.minerops.core.trend;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.MetricStore;
import io.minerops.api.miner.PollQuery;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.Roster;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/**
 * One reading of every miner at equal distances, such as for a line beside each of 5,000 miners. A point is the first
 * poll of its step and not a mean, so that only as many polls are read as there are points, however long the span is. A
 * miner that did not answer in that poll has no reading there. Steps are aligned to the epoch, so a point stays what it
 * is while time goes on. Immutable.
 */
public final class FleetTrend {
    /** The fewest points that make a line. */
    public static final int MIN_POINTS = 2;

    /** The most points: a quarter of an hour each over a day. */
    public static final int MAX_POINTS = 96;

    private final Roster roster;
    private final Instant since;
    private final Duration step;
    /** By row, then by point; NaN where absent. */
    private final double[][] values;

    private FleetTrend(Roster roster, Instant since, Duration step, double[][] values) {
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
            MetricStore store, Roster roster, Reading reading, Instant now, Duration span, int points) {
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
            int point = index;
            Instant begin = Instant.ofEpochMilli(first + point * step);
            store.polls(new PollQuery(roster, begin, begin.plusMillis(step), Set.of(reading)), poll -> {
                for (int sample = 0; sample < poll.size(); sample++) {
                    values[poll.row(sample)][point] = poll.value(reading, sample);
                }
                return false;
            });
        }
        return new FleetTrend(roster, Instant.ofEpochMilli(first), Duration.ofMillis(step), values);
    }

    /** The miners, row by row. */
    public Roster roster() {
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
