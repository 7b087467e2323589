package io.minerops.tariff;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.internal.CompensatedSum;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * What a site drew: the mean power of equal intervals without a gap. Negative power is fed into the grid. Immutable.
 */
public final class LoadProfile {
    private static final long HOUR_S = 3_600;

    private final long startS;
    private final int stepS;
    private final double[] kw;

    private LoadProfile(long startS, int stepS, double[] kw) {
        this.startS = startS;
        this.stepS = stepS;
        this.kw = kw;
    }

    /**
     * A load of any step.
     *
     * @param start the begin of the first interval, a whole second
     * @param step the length of each, whole seconds that divide an hour
     * @param kw the mean power of each interval, kW; one or more, none NaN
     * @throws InvalidArgumentException that names the first interval that has no load
     */
    public static LoadProfile of(Instant start, Duration step, double... kw) {
        long seconds = step.toSeconds();
        if (seconds < 1 || HOUR_S % seconds != 0 || !step.equals(Duration.ofSeconds(seconds)) || start.getNano() != 0) {
            throw new InvalidArgumentException(
                    "step", "start and step must be whole seconds, and step must divide an hour, not " + step);
        }
        if (kw.length == 0) {
            throw new InvalidArgumentException("kw", "kw must have a value, the load from " + start + " has none");
        }
        for (int i = 0; i < kw.length; i++) {
            if (!Double.isFinite(kw[i])) {
                throw new InvalidArgumentException(
                        "kw", "the load has a gap: " + kw[i] + " kW at " + start.plusSeconds(i * seconds));
            }
        }
        return new LoadProfile(start.getEpochSecond(), (int) seconds, kw.clone());
    }

    /** A load by hour. */
    public static LoadProfile hourly(Instant start, double... kw) {
        return of(start, Duration.ofHours(1), kw);
    }

    /** The same power all the time, by hour; {@code to} is whole hours after {@code from}. */
    public static LoadProfile constant(Instant from, Instant to, double kw) {
        double[] values = new double
                [Math.toIntExact(Math.max(0, Duration.between(from, to).toHours()))];
        Arrays.fill(values, kw);
        LoadProfile load = hourly(from, values);
        if (!load.end().equals(to)) {
            throw new InvalidArgumentException("to", "to must be whole hours after " + from + ", not " + to);
        }
        return load;
    }

    /** The begin of the first interval. */
    public Instant start() {
        return Instant.ofEpochSecond(startS);
    }

    /** The end of the last interval. */
    public Instant end() {
        return Instant.ofEpochSecond(startS + (long) kw.length * stepS);
    }

    /** The length of an interval. */
    public Duration step() {
        return Duration.ofSeconds(stepS);
    }

    /** How many intervals. */
    public int size() {
        return kw.length;
    }

    /** The begin of an interval. */
    public Instant time(int interval) {
        return Instant.ofEpochSecond(epochSecond(interval));
    }

    /** The mean power of an interval, kW. */
    public double kw(int interval) {
        return kw[interval];
    }

    /**
     * A part of the load.
     *
     * @param from the begin of an interval
     * @param to the end of an interval, after {@code from}
     * @throws InvalidArgumentException where they are not, or not of this load
     */
    public LoadProfile between(Instant from, Instant to) {
        int first = boundary("from", from);
        int last = boundary("to", to);
        if (last <= first) {
            throw new InvalidArgumentException("to", "to must be after " + from + ", not " + to);
        }
        double[] part = Arrays.copyOfRange(kw, first, last);
        return new LoadProfile(from.getEpochSecond(), stepS, part);
    }

    /** The energy drawn less that fed in, kWh. */
    public double kwh() {
        CompensatedSum sum = new CompensatedSum();
        for (double power : kw) {
            sum.add(power * hours());
        }
        return sum.value();
    }

    long epochSecond(int interval) {
        return startS + (long) interval * stepS;
    }

    int stepSeconds() {
        return stepS;
    }

    double hours() {
        return (double) stepS / HOUR_S;
    }

    /** Energy within a span that lies in the load, kWh. */
    double kwh(long fromS, long toS) {
        CompensatedSum sum = new CompensatedSum();
        for (int i = (int) ((fromS - startS) / stepS); i < kw.length && epochSecond(i) < toS; i++) {
            long overlap = Math.min(toS, epochSecond(i) + stepS) - Math.max(fromS, epochSecond(i));
            sum.add(kw[i] * overlap / HOUR_S);
        }
        return sum.value();
    }

    private int boundary(String name, Instant at) {
        long offset = at.getEpochSecond() - startS;
        if (at.getNano() != 0 || offset % stepS != 0 || offset < 0 || offset / stepS > kw.length) {
            throw new InvalidArgumentException(
                    name,
                    name + " must be the boundary of an interval of " + step() + " between " + start() + " and " + end()
                            + ", not " + at);
        }
        return Check.between(name, (int) (offset / stepS), 0, kw.length);
    }
}
