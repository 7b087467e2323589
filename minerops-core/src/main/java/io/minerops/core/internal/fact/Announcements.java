package io.minerops.core.internal.fact;

import io.minerops.api.Page;
import io.minerops.api.alert.Silence;
import io.minerops.api.event.Event;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.Miner;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which changes were announced: a silence that names no rule covers the miner, or the pool was switched through MinerOps.
 * Both are read from the store, and only where something changed. For one poll; not thread-safe.
 */
public final class Announcements {
    /** The source of the events by which a control stores its commands. */
    public static final String CONTROL_SOURCE = "miner-control";

    /** By these words such an event names a switch of the pool. */
    public static final String POOL_SWITCH = "switch to pool";

    /** How long after a command its effect may be seen: a poll interval, and time for the miner to connect. */
    private static final Duration EFFECT = Duration.ofMinutes(15);

    private final Store store;
    private final Instant at;
    private @Nullable List<Silence> active;

    Announcements(Store store, Instant at) {
        this.store = store;
        this.at = at;
    }

    /** Whether a change of that kind on that miner was announced. */
    boolean cover(Miner miner, FactKind kind) {
        return isSilenced(miner) || ((kind == FactKind.POOL || kind == FactKind.WORKER) && poolWasSwitched(miner));
    }

    private boolean isSilenced(Miner miner) {
        List<Silence> silences = active;
        if (silences == null) {
            silences = store.silences().all().stream()
                    .filter(silence -> silence.isActive(at) && silence.ruleId() == null)
                    .toList();
            active = silences;
        }
        return silences.stream().anyMatch(silence -> silence.covers(miner, Fact.UNSAVED));
    }

    private boolean poolWasSwitched(Miner miner) {
        EventQuery commands =
                new EventQuery(Event.Level.INFO, miner.address(), at.minus(EFFECT), Page.DEFAULT_LIMIT, null);
        return store.events().find(commands).items().stream()
                .anyMatch(event -> event.level() == Event.Level.INFO
                        && event.source().equals(CONTROL_SOURCE)
                        && event.message().contains(POOL_SWITCH));
    }
}
