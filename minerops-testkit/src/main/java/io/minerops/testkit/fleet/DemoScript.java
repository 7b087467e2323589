package io.minerops.testkit.fleet;

import io.minerops.api.internal.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rounds of two minutes: when each trouble comes is the same in each round, whom it befalls is not. A rack that is gone
 * for a while in each round has no other trouble.
 */
final class DemoScript implements TroubleScript {
    static final long ROUND_S = 120;

    /** One trouble of a round, seconds from its start. */
    private record Turn(long fromS, long untilS, Trouble trouble) {}

    /** The over-power comes first, so that it finds a miner that measures its power. */
    private static final List<Turn> TURNS = List.of(
            new Turn(5, 45, Trouble.OVER_POWER),
            new Turn(10, 65, Trouble.GONE),
            new Turn(15, 55, Trouble.HOT),
            new Turn(25, 65, Trouble.ZERO),
            new Turn(45, 80, Trouble.DEAD_FAN),
            new Turn(55, 105, Trouble.SILENT),
            new Turn(70, 110, Trouble.SLOW));

    /**
     * When the miners of a rack are gone, all at once. They are missed and seen again at times when nothing else begins
     * or ends, a fleet tool that polls every 5 s and calls a miner offline after 24 s; and off the times of such polls, so that no
     * poll sees one half of them.
     */
    private static final Duration RACK_FROM = Duration.ofMillis(32_500);

    private static final Duration RACK_UNTIL = Duration.ofMillis(87_500);

    /** The steps of one round, and which it is. */
    private record Round(long number, TroubleScript steps) {}

    private final int miners;
    private final int rack;
    private final long seed;
    private volatile Round latest;

    /** A script for so many miners, of which so many at the end are in the rack. */
    DemoScript(int all, int rack, long seed) {
        Check.between("miners", all, 1, FleetSimulator.MAX_MINERS);
        this.rack = Check.between("rack", rack, 0, all - 1);
        miners = all - rack;
        this.seed = seed;
        latest = round(0);
    }

    @Override
    public Trouble troubleAt(int miner, Duration elapsed) {
        if (miner >= miners) {
            return miner < miners + rack && isRackGone(elapsed) ? Trouble.GONE : Trouble.NONE;
        }
        long number = elapsed.toSeconds() / ROUND_S;
        Round round = latest;
        if (round.number() != number) {
            round = round(number);
            // only saves calculating it again: a round is a function of its number
            latest = round;
        }
        return round.steps().troubleAt(miner, elapsed);
    }

    private static boolean isRackGone(Duration elapsed) {
        Duration inRound = Duration.ofMillis(elapsed.toMillis() % (ROUND_S * 1_000));
        return inRound.compareTo(RACK_FROM) >= 0 && inRound.compareTo(RACK_UNTIL) < 0;
    }

    private Round round(long number) {
        List<Integer> free = new ArrayList<>(Noise.shuffled(
                IntStream.range(0, miners).boxed().toList(), Noise.mix(seed, Noise.Stream.SCRIPT, number)));
        List<Step> steps = new ArrayList<>();
        for (Turn turn : turns(number)) {
            if (free.isEmpty()) {
                break;
            }
            Integer miner = free.stream()
                    .filter(candidate -> turn.trouble() != Trouble.OVER_POWER
                            || Model.of(Model.all(), seed, candidate).measuresPower())
                    .findFirst()
                    .orElse(free.get(0));
            free.remove(miner);
            steps.add(step(number, turn, miner));
        }
        return new Round(number, TroubleScript.of(steps));
    }

    /** In a fleet with fewer miners than turns, those that had no miner in one round come first in the next. */
    private List<Turn> turns(long round) {
        List<Turn> turns = new ArrayList<>(TURNS);
        if (miners < turns.size()) {
            Collections.rotate(turns, -(int) (round * miners % turns.size()));
        }
        return turns;
    }

    private static Step step(long round, Turn turn, int miner) {
        Duration start = Duration.ofSeconds(round * ROUND_S);
        return new Step(start.plusSeconds(turn.fromS()), start.plusSeconds(turn.untilS()), miner, turn.trouble());
    }
}
