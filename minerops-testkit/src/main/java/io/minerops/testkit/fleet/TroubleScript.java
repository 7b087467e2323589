package io.minerops.testkit.fleet;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which miner has which trouble when. A script is a pure function: the same question has the same answer. */
@FunctionalInterface
public interface TroubleScript {
    /**
     * What is wrong with a miner.
     *
     * @param miner its index, from 0
     * @param elapsed since the fleet was started, at least 0
     */
    Trouble troubleAt(int miner, Duration elapsed);

    /**
     * One trouble of one miner.
     *
     * @param from when it begins, since the start of the fleet, at least 0
     * @param until when it is over, exclusive, after {@code from}
     * @param miner the miner's index, at least 0
     * @param trouble what is wrong
     */
    record Step(Duration from, Duration until, int miner, Trouble trouble) {
        public Step {
            Check.notNegative("from", from);
            if (until.compareTo(from) <= 0) {
                throw new InvalidArgumentException("until", "until must be after " + from + ", not " + until);
            }
            Check.between("miner", miner, 0, FleetSimulator.MAX_MINERS - 1);
        }

        boolean holds(Duration elapsed) {
            return elapsed.compareTo(from) >= 0 && elapsed.compareTo(until) < 0;
        }
    }

    /** All miners are well all the time. */
    static TroubleScript none() {
        return (miner, elapsed) -> Trouble.NONE;
    }

    /** The steps given, in any order; where two of one miner overlap, the one that comes first in the list holds. */
    static TroubleScript of(List<Step> steps) {
        Map<Integer, List<Step>> byMiner = steps.stream().collect(Collectors.groupingBy(Step::miner));
        return (miner, elapsed) -> {
            for (Step step : byMiner.getOrDefault(miner, List.of())) {
                if (step.holds(elapsed)) {
                    return step.trouble();
                }
            }
            return Trouble.NONE;
        };
    }

    /**
     * Every kind of trouble once in two minutes, each for 30 to 55 seconds and each on another miner, and then again on
     * others, for ever. A fleet of fewer miners than there are kinds has one trouble per miner in each round.
     *
     * @param miners how many miners the fleet has, at least 1
     * @param seed the fleet's seed: over-power is given to miners that measure their power
     */
    static TroubleScript demo(int miners, long seed) {
        return demo(miners, 0, seed);
    }

    /**
     * The same, and in each round the miners of one rack are gone together for 55 seconds. They have no other trouble.
     *
     * @param miners how many miners the fleet has, those of the rack included, at least 1
     * @param rack how many miners, the last ones by index, are in the rack; 0 to {@code miners - 1}
     * @param seed the fleet's seed
     */
    static TroubleScript demo(int miners, int rack, long seed) {
        return new DemoScript(miners, rack, seed);
    }
}
