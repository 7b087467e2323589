package io.minerops.core.internal.job;

import io.minerops.api.event.Event;
import io.minerops.api.event.Event.Level;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Follows the faults that devices report from poll to poll: since when each has been there, and which have appeared or
 * ended. Starts empty with each process. Not thread-safe.
 */
final class FaultWatch {
    /** How many events of one poll are about single miners; one more sums up the rest. */
    static final int MAX_EVENTS = 100;

    private final String source;
    private final Map<MinerAddress, Map<String, DeviceFault>> known = new HashMap<>();
    private final List<Event> events = new ArrayList<>();
    private int left;

    /**
     * @param source the source of the events
     */
    FaultWatch(String source) {
        this.source = source;
    }

    /** The sample with the time of its faults where the device gives none: that of the poll that first saw them. */
    MetricSample take(Instant pollAt, MetricSample sample) {
        List<DeviceFault> reported = sample.faults();
        if (reported == null) {
            return sample;
        }
        Map<String, DeviceFault> before = known.getOrDefault(sample.miner(), Map.of());
        Map<String, DeviceFault> now = new LinkedHashMap<>();
        List<DeviceFault> begun = new ArrayList<>();
        for (DeviceFault fault : reported) {
            DeviceFault earlier = before.get(fault.code());
            now.put(fault.code(), fault.since() != null ? fault : fault.since(since(earlier, pollAt)));
            if (earlier == null) {
                begun.add(fault);
            }
        }
        List<DeviceFault> ended = before.values().stream()
                .filter(fault -> !now.containsKey(fault.code()))
                .toList();
        announce(pollAt, Level.WARNING, sample.miner(), "reports ", begun);
        announce(pollAt, Level.INFO, sample.miner(), "no longer reports ", ended);
        if (now.isEmpty()) {
            known.remove(sample.miner());
            return sample;
        }
        known.put(sample.miner(), now);
        return sample.toBuilder().faults(now.values()).build();
    }

    private static Instant since(@Nullable DeviceFault earlier, Instant pollAt) {
        Instant first = earlier == null ? null : earlier.since();
        return first == null ? pollAt : first;
    }

    /** The events since they were last taken, a bounded number of them. */
    List<Event> takeEvents(Instant pollAt) {
        List<Event> taken = new ArrayList<>(events);
        if (left > 0) {
            taken.add(Event.of(
                    pollAt,
                    Level.WARNING,
                    source,
                    null,
                    left + " more changes of faults that devices report, of which no event is kept"));
        }
        events.clear();
        left = 0;
        return taken;
    }

    /** Forgets miners that are no longer registered. */
    void keepOnly(Collection<MinerAddress> registered) {
        known.keySet().retainAll(registered);
    }

    private void announce(Instant at, Level level, MinerAddress miner, String what, List<DeviceFault> faults) {
        if (faults.isEmpty()) {
            return;
        } else if (events.size() >= MAX_EVENTS) {
            left++;
            return;
        }
        String text = faults.stream()
                .map(fault -> fault.message().isEmpty() ? fault.code() : fault.code() + " (" + fault.message() + ")")
                .collect(Collectors.joining("; "));
        events.add(Event.of(at, level, source, miner, what + (faults.size() == 1 ? "fault " : "faults ") + text));
    }
}
