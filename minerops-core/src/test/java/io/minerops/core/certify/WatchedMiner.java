package io.minerops.core.certify;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A miner that finds shares by chance, polled once a minute by a burn-in. */
final class WatchedMiner {
    static final MinerAddress ADDRESS = MinerAddress.of("10.0.0.7");
    static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    private static final double SHARE_DIFFICULTY = 65_536;
    private static final double SECONDS = 60;

    private final Random random = new Random(11);
    private Instant now = START;
    private double elapsed = 5_000;
    private double shares = 300;

    double worksThs = 100;
    double claimsThs = 100;
    double powerW = 3_000;
    boolean reportsDifficulty = true;
    boolean continuous = true;
    String mac = "02:00:00:00:00:07";

    @Nullable
    List<DeviceFault> faults;

    UnaryOperator<MetricSample.Builder> changed = sample -> sample;
    List<HashBoard> boards = boards("A", "B", "C");

    static List<HashBoard> boards(String... serials) {
        List<HashBoard> boards = new ArrayList<>();
        for (String serial : serials) {
            boards.add(HashBoard.builder(boards.size() + 1)
                    .serial(serial)
                    .set(BoardReading.CHIPS_ALIVE, 76)
                    .set(BoardReading.RATE_THS, 33)
                    .set(BoardReading.CHIP_TEMP_C, 70)
                    .build());
        }
        return boards;
    }

    /** Lets time pass while the miner works and is not polled. */
    WatchedMiner pass(Duration time) {
        double seconds = time.toMillis() / 1e3;
        now = now.plus(time);
        elapsed += seconds;
        shares += poisson(worksThs * 1e12 * seconds / (SHARE_DIFFICULTY * 4_294_967_296.0));
        return this;
    }

    /** Polls it once a minute for some time. */
    WatchedMiner poll(BurnIn burnIn, Duration time) {
        for (Instant end = now.plus(time); now.isBefore(end); ) {
            pass(Duration.ofSeconds((long) SECONDS));
            burnIn.add(answer());
        }
        return this;
    }

    /** It does not answer for some time. */
    WatchedMiner silent(BurnIn burnIn, Duration time) {
        for (Instant end = now.plus(time); now.isBefore(end); ) {
            pass(Duration.ofSeconds((long) SECONDS));
            burnIn.add(Observation.unanswered(now, true, "10.0.0.7: Refused"));
        }
        return this;
    }

    WatchedMiner restart() {
        elapsed = 10;
        shares = 0;
        return this;
    }

    /** The clock of the polling machine is changed. */
    WatchedMiner clock(Duration by) {
        now = now.plus(by);
        return this;
    }

    Observation answer() {
        MetricSample.Builder sample = MetricSample.builder(ADDRESS, now)
                .set(Reading.HASHRATE_THS, claimsThs)
                .set(Reading.ELAPSED_S, elapsed)
                .set(Reading.ACCEPTED, shares)
                .set(Reading.REJECTED, 2)
                .set(Reading.ACCEPTED_DIFFICULTY, reportsDifficulty ? shares * SHARE_DIFFICULTY : 0)
                .set(Reading.POWER_W, powerW)
                .set(Reading.MAX_TEMP_C, 72)
                .set(Reading.BOARDS_ALIVE, 3)
                .set(Reading.BOARDS_EXPECTED, 3)
                .set(Reading.CHIPS_ALIVE, 228)
                .set(Reading.CHIPS_EXPECTED, 228)
                .faults(faults)
                .boards(boards);
        boolean known = continuous;
        continuous = true;
        return Observation.answered(
                now,
                known,
                changed.apply(sample).build(),
                new MinerIdentity("Bitmain", "Antminer S19", "1.0", mac, "rack1", null));
    }

    /** By chance, near enough to normal for these counts. */
    private double poisson(double mean) {
        return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
}
