package io.minerops.core.alert.type;

import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.ShareCounters;
import io.minerops.api.store.PollColumns;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the accepted shares of each miner of one roster prove, hour by hour, for the last hours: a few numbers for each hour and
 * miner, so that a rule can look back on days. Hours are those of UTC. Not thread-safe.
 */
public final class RecentWork {
    /** One hour, ms. */
    public static final long HOUR_MS = 3_600_000;

    /** The readings that {@link #add(PollColumns)} takes. */
    public static final Set<Reading> READINGS =
            Set.of(Reading.ACCEPTED_DIFFICULTY, Reading.ACCEPTED, Reading.ELAPSED_S, Reading.HASHRATE_THS);

    private final MinerIndex roster;
    /** By hour modulo their number. */
    private final Hour[] hours;

    private final @Nullable ShareCounters[] latest;

    /** What is proven in one hour, by row. */
    private static final class Hour {
        private long number = Long.MIN_VALUE;
        private final double[] seconds;
        private final double[] difficulty;
        private final double[] squares;
        private final double[] claimedTh;

        Hour(int rows) {
            seconds = new double[rows];
            difficulty = new double[rows];
            squares = new double[rows];
            claimedTh = new double[rows];
        }

        void begin(long hour) {
            number = hour;
            Arrays.fill(seconds, 0);
            Arrays.fill(difficulty, 0);
            Arrays.fill(squares, 0);
            Arrays.fill(claimedTh, 0);
        }
    }

    /**
     * Nothing is proven yet.
     *
     * @param roster whose rows there are
     * @param kept how many hours are kept, with the present one, 1 or more
     */
    public RecentWork(MinerIndex roster, int kept) {
        this.roster = roster;
        Check.between("hours", kept, 1, 10_000);
        hours = new Hour[kept];
        Arrays.setAll(hours, hour -> new Hour(roster.size()));
        latest = new ShareCounters[roster.size()];
    }

    /** Whose rows there are. */
    public MinerIndex roster() {
        return roster;
    }

    /** How many hours are kept. */
    public int hours() {
        return hours.length;
    }

    /** Adds what a poll proves; in the order of time. */
    public void add(PollColumns poll) {
        Instant at = Instant.ofEpochMilli(poll.epochMillis());
        for (int sample = 0; sample < poll.size(); sample++) {
            int of = sample;
            ShareCounters counters = ShareCounters.of(at, reading -> poll.value(reading, of));
            if (counters != null) {
                add(poll.row(sample), counters);
            }
        }
    }

    /** Adds what the counters of a sample prove since those of the miner's last sample; in the order of time. */
    public void add(int row, ShareCounters now) {
        ShareCounters before = latest[row];
        latest[row] = now;
        if (before != null) {
            add(row, now.at().toEpochMilli(), now.since(before));
        }
    }

    /** Adds work that was proven in the hour of a time; in the order of time. */
    public void add(int row, long epochMillis, ProvenWork work) {
        long number = Math.floorDiv(epochMillis, HOUR_MS);
        Hour hour = hours[Math.floorMod(number, hours.length)];
        if (work.seconds() == 0 || number < hour.number) {
            return;
        }
        if (hour.number != number) {
            hour.begin(number);
        }
        hour.seconds[row] += work.seconds();
        hour.difficulty[row] += work.difficultySum();
        hour.squares[row] += work.difficultySquareSum();
        hour.claimedTh[row] += work.claimedThs() * work.seconds();
    }

    /**
     * The work of some whole hours.
     *
     * @param since the beginning of the first hour, ms
     * @param until the beginning of the hour after the last, ms
     */
    public ProvenWork between(int row, long since, long until) {
        double seconds = 0;
        double difficulty = 0;
        double squares = 0;
        double claimedTh = 0;
        long end = Math.floorDiv(until, HOUR_MS);
        for (long number = Math.floorDiv(since, HOUR_MS); number < end; number++) {
            Hour hour = hours[Math.floorMod(number, hours.length)];
            if (hour.number == number) {
                seconds += hour.seconds[row];
                difficulty += hour.difficulty[row];
                squares += hour.squares[row];
                claimedTh += hour.claimedTh[row];
            }
        }
        return seconds == 0 ? ProvenWork.NONE : new ProvenWork(seconds, difficulty, squares, claimedTh / seconds);
    }

    /** The same work over the rows of another roster. */
    public RecentWork over(MinerIndex other) {
        RecentWork moved = new RecentWork(other, hours.length);
        for (int row = 0; row < other.size(); row++) {
            int old = roster.row(other.miner(row).address());
            if (old >= 0) {
                moved.latest[row] = latest[old];
                for (int hour = 0; hour < hours.length; hour++) {
                    copy(hours[hour], old, moved.hours[hour], row);
                }
            }
        }
        return moved;
    }

    private static void copy(Hour from, int old, Hour to, int row) {
        to.number = from.number;
        to.seconds[row] = from.seconds[old];
        to.difficulty[row] = from.difficulty[old];
        to.squares[row] = from.squares[old];
        to.claimedTh[row] = from.claimedTh[old];
    }
}
