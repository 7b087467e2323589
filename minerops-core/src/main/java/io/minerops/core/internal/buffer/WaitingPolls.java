package io.minerops.core.internal.buffer;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Polls that wait to be stored, oldest first, bounded by the number of their samples. Not thread-safe. */
final class WaitingPolls {
    private final int maxSamples;
    private final Deque<Poll> polls = new ArrayDeque<>();
    private final Map<MinerAddress, Newest> newest = new HashMap<>();
    private int samples;
    private @Nullable FleetSnapshot shownOver;
    private @Nullable FleetSnapshot shown;

    private record Newest(Instant poll, MetricSample sample) {}

    WaitingPolls(int maxSamples) {
        this.maxSamples = maxSamples;
    }

    boolean isEmpty() {
        return polls.isEmpty();
    }

    int count() {
        return polls.size();
    }

    int samples() {
        return samples;
    }

    Poll oldest() {
        return polls.element();
    }

    /** The polls of a time, oldest first; its end is not part of it. */
    List<Poll> between(Instant since, Instant until) {
        return polls.stream()
                .filter(poll -> !poll.at().isBefore(since) && poll.at().isBefore(until))
                .toList();
    }

    /** Adds a poll; the oldest give way. Returns how many samples were dropped, which can be those of this poll too. */
    int add(Poll poll) {
        polls.add(poll);
        samples += poll.samples().size();
        poll.samples().forEach(sample -> newest.put(sample.miner(), new Newest(poll.at(), sample)));
        shown = null;
        int dropped = 0;
        while (samples > maxSamples) {
            dropped += removeOldest();
        }
        return dropped;
    }

    /** Takes the oldest away; how many samples it has. */
    int removeOldest() {
        int count = polls.remove().samples().size();
        samples -= count;
        if (polls.isEmpty()) {
            newest.clear();
            shown = null;
        }
        return count;
    }

    /** The snapshot with the samples that wait in place of older ones; miners that are not registered have no row. */
    FleetSnapshot over(FleetSnapshot stored) {
        FleetSnapshot known = shown;
        if (known == null || shownOver != stored) {
            known = show(stored);
            shownOver = stored;
            shown = known;
        }
        return known;
    }

    private FleetSnapshot show(FleetSnapshot stored) {
        FleetSnapshot.Builder fleet = FleetSnapshot.builder(polls.getLast().at(), stored.roster());
        for (int row = 0; row < stored.size(); row++) {
            fleet.row();
            Newest sample = newest.get(stored.miner(row).address());
            if (sample != null) {
                fleet.sample(sample.poll, sample.sample);
            } else if (stored.hasSample(row)) {
                copy(stored, row, fleet);
            }
        }
        return fleet.build();
    }

    private static void copy(FleetSnapshot stored, int row, FleetSnapshot.Builder fleet) {
        fleet.sampledAt(stored.epochMillis(row))
                .powerEstimated(stored.powerEstimated(row))
                .pool(stored.pool(row))
                .faults(stored.faults(row))
                .state(stored.state(row))
                .boards(stored.boards(row));
        for (Reading reading : Reading.all()) {
            fleet.set(reading, stored.value(reading, row));
        }
    }
}
