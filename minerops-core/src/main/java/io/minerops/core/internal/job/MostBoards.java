package io.minerops.core.internal.job;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Expects of each device as many hash boards and chips as it ever had. A device whose model is not known reports the
 * boards that it finds: when one dies, nothing in its replies says that it is missing.
 */
final class MostBoards {
    private MostBoards() {}

    /**
     * The reading's sample, which expects no fewer boards and chips than the device's last one. A device that took the
     * another one starts with its own.
     *
     * @param latest the latest sample of each miner, which carries the numbers on, over a restart too
     * @param registered the miner as it was known before this reading; null where it was not
     */
    static MetricSample expectedBy(MinerReading.Ok reading, FleetSnapshot latest, @Nullable Miner registered) {
        int row = latest.row(reading.miner());
        boolean known = row >= 0 && latest.hasSample(row) && registered != null;
        if (!known || !isSameDevice(reading.identity(), registered)) {
            return reading.sample();
        }
        MetricSample sample = reading.sample();
        double boards = most(sample, latest, row, Reading.BOARDS_EXPECTED, Reading.BOARDS_ALIVE);
        double chips = most(sample, latest, row, Reading.CHIPS_EXPECTED, Reading.CHIPS_ALIVE);
        boolean unchanged = Double.compare(boards, sample.value(Reading.BOARDS_EXPECTED)) == 0
                && Double.compare(chips, sample.value(Reading.CHIPS_EXPECTED)) == 0;
        return unchanged
                ? sample
                : sample.toBuilder()
                        .set(Reading.BOARDS_EXPECTED, boards)
                        .set(Reading.CHIPS_EXPECTED, chips)
                        .build();
    }

    private static double most(MetricSample sample, FleetSnapshot latest, int row, Reading expected, Reading alive) {
        return larger(
                larger(sample.value(expected), latest.value(expected, row)),
                larger(positive(sample.value(alive)), positive(latest.value(alive, row))));
    }

    /** That none works says nothing of how many there are. */
    private static double positive(double count) {
        return count > 0 ? count : Double.NaN;
    }

    private static double larger(double one, double other) {
        return one >= other || Double.isNaN(other) ? one : other;
    }

    private static boolean isSameDevice(MinerIdentity now, @Nullable Miner before) {
        return before != null
                && agree(now.serial(), before.serial())
                && agree(now.mac(), before.mac())
                && agree(now.model(), before.model());
    }

    private static boolean agree(@Nullable String now, @Nullable String before) {
        return now == null || before == null || Objects.equals(now, before);
    }
}
