package io.minerops.core.network;

import io.minerops.api.profit.Epoch;
import io.minerops.api.profit.MarketException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What of an epoch that a source gives can be true beside the known ones. */
final class EpochCheck {
    /** How far a time that was calculated can be from the true one. */
    private static final Duration ESTIMATE_ERROR = Duration.ofDays(2);

    /** A retarget changes the difficulty by no more than this factor, from a time limited in the same way. */
    private static final double MAX_FACTOR = 4;

    private static final double SECONDS_PER_EPOCH = 600.0 * Epoch.BLOCKS;

    private EpochCheck() {}

    /** Refuses an epoch that is known otherwise. */
    static void same(Epoch known, Epoch given, String source) {
        if (known.bits() != given.bits()) {
            throw new MarketException(source + ": refused, contradicts the epoch table: difficulty of epoch "
                    + known.number() + " is " + CompactBits.difficulty(known.bits()) + ", not "
                    + CompactBits.difficulty(given.bits()));
        }
        boolean estimated = known.timeEstimated() || given.timeEstimated();
        Duration allowed = estimated ? ESTIMATE_ERROR : Duration.ZERO;
        Duration apart = Duration.between(known.startedAt(), given.startedAt()).abs();
        if (apart.compareTo(allowed) > 0) {
            throw new MarketException(source + ": refused, contradicts the epoch table: epoch " + known.number()
                    + " started at " + known.startedAt() + ", not " + given.startedAt());
        }
    }

    /** Refuses two epochs of which the later cannot follow the earlier. */
    static void follows(@Nullable Epoch earlier, Epoch later, String source) {
        if (earlier == null) {
            return;
        }
        int retargets = later.number() - earlier.number();
        double limit = Math.pow(MAX_FACTOR, retargets) * (1 + 1e-6);
        double factor = CompactBits.difficulty(later.bits()) / CompactBits.difficulty(earlier.bits());
        double seconds =
                Duration.between(earlier.startedAt(), later.startedAt()).toSeconds();
        double longest = SECONDS_PER_EPOCH * MAX_FACTOR * retargets;
        if (factor > limit || factor < 1 / limit || seconds <= 0 || seconds > longest) {
            throw new MarketException(source + ": refused, epoch " + later.number() + " (difficulty "
                    + CompactBits.difficulty(later.bits()) + " from " + later.startedAt()
                    + ") cannot follow epoch " + earlier.number() + " (difficulty "
                    + CompactBits.difficulty(earlier.bits()) + " from " + earlier.startedAt() + ")");
        }
    }
}
