package io.minerops.core.internal.job;

import io.minerops.api.miner.MinerAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The addresses to query in a poll: the registered miners, and those of the range that may be one. One that does not
 * respond is queried less and less often: a registered miner at every fourth poll once it has been silent for
 * {@link #DEAD_AFTER}, so that its return is soon seen; an address that has never responded at least every
 * {@link #MAX_REST}.
 */
final class PollTargets {
    private static final Duration FIRST_REST = Duration.ofSeconds(30);
    private static final Duration DEAD_AFTER = Duration.ofMinutes(10);
    private static final Duration MAX_REST = Duration.ofMinutes(10);

    private final List<MinerAddress> range;
    private final Duration interval;
    private final Map<MinerAddress, Silence> silent = new HashMap<>();

    PollTargets(Collection<MinerAddress> range, Duration interval) {
        this.range = List.copyOf(range);
        this.interval = interval;
    }

    /**
     * The miners of a poll, each part in random order, so that a site is not queried row by row.
     *
     * @param doubtful those that did not respond the last time: the poll does not wait for them
     * @param expected the others
     */
    record Targets(List<MinerAddress> doubtful, List<MinerAddress> expected) {}

    /** The addresses to query now, of those that this instance polls. */
    Targets at(Instant now, Collection<MinerAddress> registered, Predicate<MinerAddress> mine) {
        Set<MinerAddress> all = new LinkedHashSet<>(registered);
        all.addAll(range);
        List<MinerAddress> doubtful = new ArrayList<>();
        List<MinerAddress> expected = new ArrayList<>();
        for (MinerAddress address : all) {
            Silence silence = silent.get(address);
            if (!mine.test(address)) {
                continue;
            }
            if (silence == null) {
                expected.add(address);
            } else if (!now.isBefore(silence.until())) {
                doubtful.add(address);
            }
        }
        silent.keySet().retainAll(all);
        Random order = new Random(now.toEpochMilli());
        Collections.shuffle(doubtful, order);
        Collections.shuffle(expected, order);
        return new Targets(doubtful, expected);
    }

    void answered(MinerAddress address) {
        silent.remove(address);
    }

    void silent(MinerAddress address, Instant now, boolean registered) {
        Silence before = silent.get(address);
        int misses = before == null ? 1 : before.misses() + 1;
        Instant since = before == null ? now : before.since();
        Duration rest = registered ? restOfMiner(Duration.between(since, now)) : restOfUnknown(misses);
        silent.put(address, new Silence(misses, since, now.plus(rest)));
    }

    /** Half an interval short of the poll that is meant, since polls do not come to the millisecond. */
    private Duration restOfMiner(Duration silentFor) {
        return silentFor.compareTo(DEAD_AFTER) < 0
                ? Duration.ZERO
                : interval.multipliedBy(7).dividedBy(2);
    }

    private static Duration restOfUnknown(int misses) {
        Duration rest = FIRST_REST;
        for (int miss = 1; miss < misses && rest.compareTo(MAX_REST) < 0; miss++) {
            rest = rest.multipliedBy(2);
        }
        return rest.compareTo(MAX_REST) < 0 ? rest : MAX_REST;
    }

    private record Silence(int misses, Instant since, Instant until) {}
}
