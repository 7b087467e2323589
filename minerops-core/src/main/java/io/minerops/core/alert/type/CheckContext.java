package io.minerops.core.alert.type;

import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Reading;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What conditions may look at in one check. A row is one of {@link #snapshot()}, from 0. Valid during the call that it
 * is passed to: the next check changes it. Arrays are shared and must not be written to.
 */
public interface CheckContext {
    /** The latest readings. */
    FleetSnapshot snapshot();

    /** The time of the check, ms since the epoch. */
    long nowMillis();

    /** The time of the check. */
    default Instant now() {
        return Instant.ofEpochMilli(nowMillis());
    }

    /**
     * Since when one miner has been read at every poll, ms since the epoch; absence before it says nothing. No earlier
     * than the fleet has been polled without a gap, and later where this machine could not read the miner.
     * {@link Long#MIN_VALUE} if it always has been.
     */
    long observedSinceMillis(int row);

    /**
     * What the hashrate of a row's miner should be, TH/s: its nominal figure, else the mean of its samples while it was
     * healthy, without the sample under test; NaN while nothing is known.
     */
    double expectedThs(int row);

    /** {@link #expectedThs(int)} of all rows. */
    double[] expectedThs();

    /** The power cap of a row's miner, W; NaN if it has none. */
    default double powerCapW(int row) {
        double[] all = powerCapsW();
        return all == null ? Double.NaN : all[row];
    }

    /** {@link #powerCapW(int)} of all rows; null if no miner has a cap. */
    double @Nullable [] powerCapsW();

    /** What the miners reported recently, over the rows of {@link #snapshot()}; null if that is not known. */
    @Nullable
    RecentReadings recent();

    /**
     * What changed lately of what the miner of a row reports of itself, and its faults of that time, those that hold
     * included; in the order in which they were stored, at least as far back as {@link Condition#factWindow}. Null if that is
     * not known, which is the default.
     */
    default @Nullable List<Fact> facts(int row) {
        return null;
    }

    /** What accepted shares prove of the miners lately, over the rows of {@link #snapshot()}; null if that is not known. */
    default @Nullable RecentWork work() {
        return null;
    }

    /** What hashrate earns and power costs; null if there is no price. */
    @Nullable
    Economics economics();

    /** How a reading spreads over the miners of the row's model; null if fewer than 5 of them report it. */
    @Nullable
    Spread spreadOfModel(Reading reading, int row);
}
