package io.minerops.server.certify;

import io.minerops.api.miner.MinerClient;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.certify.BurnIn;
import io.minerops.core.certify.Observation;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/** Polls a miner until the time of its criteria is covered, and writes each poll to a file. Used once. */
final class LiveBurnIn {
    /** By how much both clocks of this machine may differ between two polls: more is a clock that was set, or a suspend. */
    private static final Duration MAX_CLOCK_STEP = Duration.ofSeconds(2);

    private static final long CLOCK_STEP_DIVISOR = 100;

    private final MinerClient client;
    private final PollFile file;
    private final Duration deadline;
    private final Ticks ticks;
    private final BurnIn burnIn;

    /**
     * A watch that goes on with the polls of a file.
     *
     * @param deadline how long one reading may take
     */
    LiveBurnIn(MinerClient client, PollFile file, Duration deadline, Ticks ticks) {
        this.client = client;
        this.file = file;
        this.deadline = deadline;
        this.ticks = ticks;
        burnIn = new BurnIn(file.miner(), file.criteria());
        file.observations().forEach(burnIn::add);
    }

    /**
     * Polls until the time is covered.
     *
     * @param progress gets what is known after each poll
     * @return whether the time is covered; false where it was ended before
     */
    boolean run(Consumer<BurnIn> progress) {
        Duration span = file.criteria().span();
        Duration interval = file.criteria().interval();
        long start = ticks.nanos();
        long before = start;
        Instant wallBefore = Instant.MIN;
        for (long turn = 0; burnIn.covered().compareTo(span) < 0; ) {
            Instant wall = ticks.instant().truncatedTo(ChronoUnit.MILLIS);
            long now = ticks.nanos();
            boolean continuous =
                    turn > 0 && clocksAgree(Duration.between(wallBefore, wall), Duration.ofNanos(now - before));
            Optional<Observation> poll = Observation.of(wall, continuous, read());
            if (poll.isPresent()) {
                file.append(poll.get());
                burnIn.add(poll.get());
                wallBefore = wall;
                before = now;
                progress.accept(burnIn);
            }
            // the next turn that is still to come
            turn = Math.max(turn + 1, (ticks.nanos() - start) / interval.toNanos());
            long left = start + turn * interval.toNanos() - ticks.nanos();
            if (burnIn.covered().compareTo(span) < 0 && !ticks.pause(Duration.ofNanos(Math.max(0, left)))) {
                return false;
            }
        }
        return true;
    }

    private MinerReading read() {
        return client.read(file.miner(), deadline).toCompletableFuture().join();
    }

    private static boolean clocksAgree(Duration wall, Duration steady) {
        Duration allowed = MAX_CLOCK_STEP.plus(steady.dividedBy(CLOCK_STEP_DIVISOR));
        return wall.minus(steady).abs().compareTo(allowed) <= 0;
    }

    BurnIn burnIn() {
        return burnIn;
    }
}
