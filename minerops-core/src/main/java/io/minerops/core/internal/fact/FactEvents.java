package io.minerops.core.internal.fact;

import io.minerops.api.event.Event;
import io.minerops.api.event.Event.Level;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The events of one poll about what devices report of themselves, a bounded number of them. Not thread-safe. */
final class FactEvents {
    /** How many events of one poll are about single miners; one more sums up the rest. */
    static final int MAX_EVENTS = 100;

    private final String source;
    private final List<Event> events = new ArrayList<>();
    private int more;

    FactEvents(String source) {
        this.source = source;
    }

    void clear() {
        events.clear();
        more = 0;
    }

    /** A change; that of the MAC is reported where devices are registered. */
    void changed(Instant at, Fact change) {
        if (change.kind() != FactKind.MAC) {
            add(
                    at,
                    change.announced() ? Level.INFO : Level.WARNING,
                    change.miner(),
                    describe(change) + (change.announced() ? ", as announced" : ""));
        }
    }

    private static String describe(Fact change) {
        Integer slot = change.slot();
        return change.kind().label() + (slot == null ? "" : " of slot " + slot) + " changed from " + change.previous()
                + " to " + change.value();
    }

    void begun(Instant at, MinerAddress miner, List<DeviceFault> faults) {
        addFaults(
                at,
                Level.WARNING,
                miner,
                "reports ",
                faults.stream()
                        .map(fault -> described(fault.code(), fault.message(), fault.slot()))
                        .toList());
    }

    void ended(Instant at, MinerAddress miner, List<Fact> faults) {
        addFaults(
                at,
                Level.INFO,
                miner,
                "no longer reports ",
                faults.stream()
                        .map(fault -> described(fault.value(), fault.message(), fault.slot()))
                        .toList());
    }

    private void addFaults(Instant at, Level level, MinerAddress miner, String what, List<String> faults) {
        if (!faults.isEmpty()) {
            String text = faults.stream().collect(Collectors.joining("; "));
            add(at, level, miner, what + (faults.size() == 1 ? "fault " : "faults ") + text);
        }
    }

    private static String described(String code, String message, @Nullable Integer slot) {
        return code + (message.isEmpty() ? "" : " (" + message + ")") + (slot == null ? "" : " on board " + slot);
    }

    /** The first change of a day that is not stored. */
    void limited(Instant at, Fact.Subject subject) {
        add(
                at,
                Level.WARNING,
                subject.miner(),
                "its " + subject.kind().label() + " changes too often: of one day " + ChangeLimit.MAX_PER_SUBJECT
                        + " changes of each fact are stored, and " + ChangeLimit.MAX_PER_MINER
                        + " of a miner; the rest of today is counted only");
    }

    /** What a day left out. */
    void left(Instant at, ChangeLimit.Left left) {
        add(
                at,
                Level.WARNING,
                left.miner(),
                left.polls()
                        + " changes of what it reports of itself were not stored on the last day, because it changed"
                        + " too often");
    }

    private void add(Instant at, Level level, MinerAddress miner, String message) {
        if (events.size() < MAX_EVENTS) {
            events.add(Event.of(at, level, source, miner, message));
        } else {
            more++;
        }
    }

    /** The events of the poll. */
    List<Event> all(Instant at) {
        List<Event> all = new ArrayList<>(events);
        if (more > 0) {
            all.add(Event.of(
                    at,
                    Level.WARNING,
                    source,
                    null,
                    more + " more changes of what devices report of themselves, of which no event is kept"));
        }
        return all;
    }
}
