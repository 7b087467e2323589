package io.minerops.core.curtail;

import io.minerops.api.InvalidArgumentException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * What miners drew by interval, of stored samples. A miner without a sample in an interval adds nothing to it, so the number of
 * those with one belongs to the figure. Not thread-safe.
 */
public final class LoadSeries {
    /** The highest number of intervals. */
    public static final int MAX_INTERVALS = 3_000;

    final Instant from;
    final Duration step;
    final double[] watts;
    final int[] measured;
    final int[] estimated;

    LoadSeries(Instant from, Duration step, int intervals) {
        this.from = from;
        this.step = step;
        watts = new double[intervals];
        measured = new int[intervals];
        estimated = new int[intervals];
    }

    /**
     * How many intervals a time has.
     *
     * @throws InvalidArgumentException ({@code step}, {@code from}, {@code until}) where the time is not whole intervals
     */
    static int intervals(Instant from, Instant until, Duration step) {
        long seconds = step.toSeconds();
        if (seconds < 60 || seconds > 86_400 || 86_400 % seconds != 0 || step.toNanosPart() != 0) {
            throw new InvalidArgumentException("step", "step must divide a day and be at least a minute, not " + step);
        }
        whole("from", from, seconds);
        whole("until", until, seconds);
        if (!from.isBefore(until)) {
            throw new InvalidArgumentException("until", "until must be after from (" + from + "), not " + until);
        }
        long count = Duration.between(from, until).toSeconds() / seconds;
        if (count > MAX_INTERVALS) {
            throw new InvalidArgumentException(
                    "until", "from and until must be at most " + MAX_INTERVALS + " intervals apart, not " + count);
        }
        return (int) count;
    }

    private static void whole(String name, Instant at, long seconds) {
        if (at.getNano() != 0 || Math.floorMod(at.getEpochSecond(), seconds) != 0) {
            throw new InvalidArgumentException(
                    name, name + " must be a multiple of the step (" + Duration.ofSeconds(seconds) + "), not " + at);
        }
    }

    /** The end of the last interval. */
    public Instant end() {
        return from.plus(step.multipliedBy(watts.length));
    }

    /** Adds the mean power of a miner in the interval that begins at a time, W; NaN where it has none. */
    public void add(Instant start, double powerW, boolean isEstimated) {
        long interval = Duration.between(from, start).toSeconds() / step.toSeconds();
        if (interval >= 0 && interval < watts.length && !Double.isNaN(powerW)) {
            watts[(int) interval] += powerW;
            measured[(int) interval]++;
            estimated[(int) interval] += isEstimated ? 1 : 0;
        }
    }

    /** Whether every interval has a sample of some miner. */
    boolean isComplete() {
        return Arrays.stream(measured).allMatch(count -> count > 0);
    }
}
