package io.minerops.demo;

import io.minerops.api.miner.WorkState;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Trouble;
import java.time.Duration;
import java.util.stream.IntStream;

/**
 * Miners of the demo that are stopped on purpose, in the rack that goes out: one sleeps, and one is paused for part of each four
 * minutes and tunes itself when it goes on.
 *
 * @param asleep the index of the one that sleeps; -1 for none
 * @param paused the index of the one that is paused at times; -1 for none
 */
record DemoStops(int asleep, int paused) {
    static final DemoStops NONE = new DemoStops(-1, -1);

    private static final int CYCLE_S = 240;
    private static final int PAUSED_S = 150;
    private static final int TUNED_S = 190;

    /** The first miners from an index on, and before another, whose models can report it. */
    static DemoStops of(FleetSimulator fleet, int from, int until) {
        return new DemoStops(first(fleet, from, until, WorkState.ASLEEP), first(fleet, from, until, WorkState.PAUSED));
    }

    private static int first(FleetSimulator fleet, int from, int until, WorkState state) {
        return IntStream.range(from, until)
                .filter(miner -> fleet.simulated(miner).model().reports(state))
                .findFirst()
                .orElse(-1);
    }

    Trouble troubleAt(int miner, Duration elapsed) {
        if (miner == asleep) {
            return Trouble.ASLEEP;
        } else if (miner != paused) {
            return Trouble.NONE;
        }
        long second = elapsed.toSeconds() % CYCLE_S;
        return second < PAUSED_S ? Trouble.PAUSED : second < TUNED_S ? Trouble.TUNING : Trouble.NONE;
    }
}
