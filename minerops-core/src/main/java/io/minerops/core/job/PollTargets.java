package io.minerops.core.job;

import io.minerops.api.miner.MinerAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which addresses to ask at a poll: every registered miner, and those of the range that may be one. An address of the
 * range where nobody answers is asked ever more seldom, up to {@link #MAX_REST}; a registered miner is asked every time.
 */
final class PollTargets {
    private static final Duration FIRST_REST = Duration.ofSeconds(30);
    private static final Duration MAX_REST = Duration.ofMinutes(10);

    private final List<MinerAddress> range;
    private final Map<MinerAddress, Silence> silent = new HashMap<>();

    PollTargets(Collection<MinerAddress> range) {
        this.range = List.copyOf(range);
    }

    /** The addresses to ask now. */
    List<MinerAddress> at(Instant now, Collection<MinerAddress> registered) {
        Set<MinerAddress> targets = new LinkedHashSet<>(registered);
        for (MinerAddress address : range) {
            Silence silence = silent.get(address);
            if (silence == null || !now.isBefore(silence.until())) {
                targets.add(address);
            }
        }
        return new ArrayList<>(targets);
    }

    void answered(MinerAddress address) {
        silent.remove(address);
    }

    void silent(MinerAddress address, Instant now) {
        Silence before = silent.get(address);
        Duration rest = before == null ? FIRST_REST : min(before.rest().multipliedBy(2), MAX_REST);
        silent.put(address, new Silence(rest, now.plus(rest)));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private record Silence(Duration rest, Instant until) {}
}
