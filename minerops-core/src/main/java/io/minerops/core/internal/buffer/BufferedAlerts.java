package io.minerops.core.internal.buffer;

import io.minerops.api.HealthContributor;
import io.minerops.api.Page;
import io.minerops.api.StaleFenceException;
import io.minerops.api.StoreException;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCost;
import io.minerops.api.alert.AlertCounts;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.ConditionState.OpenAlert;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.Severity;
import io.minerops.api.event.Event;
import io.minerops.api.event.Event.Level;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertQuery;
import io.minerops.api.store.AlertRow;
import io.minerops.api.store.AlertStore;
import io.minerops.api.store.OutboxStore.Outcome;
import io.minerops.api.store.Store;
import io.minerops.core.job.Job;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alerts of a store that can fail for a while. The result of a check that cannot be stored stays in the heap, its
 * messages are sent from there, and the next check goes on from it. When the store works, all of it is stored in one
 * transaction, with the same times; then messages that were sent are marked so in the outbox before any message of it is
 * due. What is stored is what lists and counts show. A change by a user is never kept in the heap: it fails.
 *
 * <p>Messages are sent at least once: what was sent from the heap is sent again where the process ends before it is stored
 * and marked. Thread-safe.
 */
final class BufferedAlerts implements AlertStore, HealthContributor {
    /** How often it is tried to store checks while the store otherwise works; then they are dropped and made again. */
    static final int MAX_ATTEMPTS = 5;

    private static final Logger log = LoggerFactory.getLogger(BufferedAlerts.class);

    /** Versions of one failure are apart from those of the next, so that no check of it can be taken for one of another. */
    private static final long VERSIONS_PER_FAILURE = 1L << 32;

    private final Store store;
    private final AlertStore stored;
    private final WaitingMessages messages;
    private final InstantSource clock;

    private volatile @Nullable Failure failure;
    private long nextVersion = Long.MIN_VALUE / 2;
    private long lastNumber;
    private List<SentMessages.Sent> unsettled = List.of();

    /**
     * A failure that lasts; the checks are guarded by the lock of these alerts.
     *
     * @param since the time of the first check that could not be stored
     */
    private record Failure(Instant since, WaitingChecks checks, String reason, int attempts) {}

    BufferedAlerts(Store store, WaitingMessages messages, InstantSource clock) {
        this.store = store;
        stored = store.alerts();
        this.messages = messages;
        this.clock = clock;
    }

    @Override
    public AlertState load() {
        if (failure != null) {
            synchronized (this) {
                Failure now = failure;
                if (now != null && !stores(now)) {
                    return now.checks.state();
                }
            }
        }
        return stored.load();
    }

    @Override
    public long version() {
        Failure now = failure;
        if (now == null) {
            return stored.version();
        }
        synchronized (this) {
            return now.checks.state().version();
        }
    }

    @Override
    public List<AlertRow> rows(Collection<Long> ids) {
        Failure now = failure;
        if (now == null) {
            return stored.rows(ids);
        }
        List<AlertRow> rows = new ArrayList<>();
        List<Long> others = new ArrayList<>();
        synchronized (this) {
            for (Long id : ids) {
                AlertRow row = now.checks.row(id);
                if (row == null) {
                    others.add(id);
                } else {
                    rows.add(row);
                }
            }
        }
        rows.addAll(others.isEmpty() ? List.of() : stored.rows(others));
        return rows;
    }

    @Override
    public Optional<List<Long>> apply(AlertBatch batch) {
        boolean check = batch.checkedAt() != null;
        if (failure == null) {
            try {
                return stored.apply(batch);
            } catch (StaleFenceException e) {
                throw e;
            } catch (StoreException e) {
                if (!check || !Outage.isOne(e, store)) {
                    throw e;
                }
                return keepFirst(batch, e);
            }
        }
        synchronized (this) {
            Failure now = failure;
            if (now != null && check) {
                return batch.baseVersion() == now.checks.state().version()
                        ? Optional.of(now.checks.apply(batch))
                        : Optional.empty();
            } else if (now != null && !stores(now)) {
                throw new StoreException("the alert is not changed: the store fails since " + now.since + ": "
                        + Objects.requireNonNull(failure).reason);
            }
            // it is made again, from what is stored now
            return Optional.empty();
        }
    }

    private synchronized Optional<List<Long>> keepFirst(AlertBatch batch, StoreException e) {
        AlertState state = stored.load();
        if (failure != null || state.version() != batch.baseVersion()) {
            return Optional.empty();
        }
        List<Long> open = state.conditions().values().stream()
                .flatMap(condition -> Optional.ofNullable(condition.open()).stream())
                .map(OpenAlert::alertId)
                .toList();
        List<AlertRow> rows = open.isEmpty() ? List.of() : stored.rows(open);
        WaitingChecks checks = new WaitingChecks(state, rows, nextVersion, lastNumber, messages);
        nextVersion += VERSIONS_PER_FAILURE;
        Instant since = Objects.requireNonNull(batch.checkedAt());
        log.warn("the alert check of {} waits in memory, as the store fails; its messages are sent", since, e);
        List<Long> numbers = checks.apply(batch);
        failure = new Failure(since, checks, String.valueOf(e.getMessage()), 0);
        return Optional.of(numbers);
    }

    /** Stores what waits; false where it waits still. */
    private boolean stores(Failure now) {
        if (messages.isUnderWay(clock.instant())) {
            // whether it is sent is known soon, and is stored then
            return false;
        }
        try {
            return write(now);
        } catch (StoreException e) {
            boolean refused = !Outage.isOne(e, store);
            int attempts = refused ? now.attempts + 1 : 0;
            failure = new Failure(now.since, now.checks, String.valueOf(e.getMessage()), attempts);
            if (attempts < MAX_ATTEMPTS) {
                return false;
            }
            end(now.checks);
            record(
                    Level.ERROR,
                    "alert checks since " + now.since
                            + " were dropped, and are made again: the store works and refuses them: " + e.getMessage());
            return true;
        }
    }

    private boolean write(Failure now) {
        long version = stored.version();
        List<AlertRow> rows =
                now.checks.changedNumbers().isEmpty() ? List.of() : stored.rows(now.checks.changedNumbers());
        AlertBatch batch = now.checks.batch(version, rows);
        Optional<List<Long>> numbers = stored.apply(batch);
        if (numbers.isEmpty()) {
            return false;
        }
        Map<Long, Long> storedNumbers = new HashMap<>();
        List<Long> inHeap = now.checks.createdNumbers();
        for (int i = 0; i < inHeap.size(); i++) {
            storedNumbers.put(inHeap.get(i), numbers.get().get(i));
        }
        List<OutboxEntry> ended = messages.ended();
        List<SentMessages.Sent> sent = new ArrayList<>(unsettled);
        ended.forEach(entry -> sent.add(SentMessages.Sent.of(
                entry,
                storedNumbers.getOrDefault(entry.alert().id(), entry.alert().id()))));
        unsettled = sent;
        end(now.checks);
        record(
                now.checks.dropped() == 0 ? Level.INFO : Level.ERROR,
                "alert checks since " + now.since + " are stored: " + inHeap.size() + " alerts that began, "
                        + batch.changed().size() + " that changed; " + ended.size() + " of " + batch.messages()
                        + " messages were sent meanwhile; " + now.checks.dropped() + " alerts were dropped");
        return true;
    }

    private void end(WaitingChecks checks) {
        lastNumber = checks.lastNumber();
        messages.removeOf(alert -> true);
        failure = null;
    }

    /**
     * Does a step after the outbox has what was sent from the heap, and before more is stored there.
     *
     * @throws StoreException if that cannot be stored
     */
    synchronized <T> T settled(Supplier<T> step) {
        if (!unsettled.isEmpty()) {
            List<Outcome> outcomes = SentMessages.outcomes(unsettled, store.outbox());
            if (!outcomes.isEmpty()) {
                store.outbox().finish(outcomes);
            }
            unsettled = List.of();
        }
        return step.get();
    }

    /** Stores what waits, once more, before the store is closed. */
    synchronized void close() {
        Failure now = failure;
        try {
            if (now != null && !write(now)) {
                log.error("alert checks since {} are lost: other changes came first", now.since);
            }
            settled(() -> true);
        } catch (StoreException e) {
            log.error("alert checks that wait, or which of their messages were sent, are lost with the process", e);
        }
    }

    private void record(Level level, String message) {
        log.atLevel(level == Level.ERROR ? org.slf4j.event.Level.ERROR : org.slf4j.event.Level.INFO)
                .log(message);
        try {
            store.events().record(Event.of(clock.instant(), level, Job.CHECK_ALERTS.key(), null, message));
        } catch (StoreException e) {
            log.warn("an event was not stored: {}", e.getMessage());
        }
    }

    @Override
    public String component() {
        return "alert-buffer";
    }

    @Override
    public Optional<String> fault() {
        return Optional.ofNullable(failure)
                .map(now -> "alert checks wait to be stored since " + now.since + ", with " + now.checks.begun()
                        + " alerts that began and " + messages.size() + " messages, of which "
                        + messages.ended().size() + " were sent: " + now.reason);
    }

    @Override
    public Optional<Alert> find(long id) {
        return stored.find(id);
    }

    @Override
    public Page<Alert> find(AlertQuery query) {
        return stored.find(query);
    }

    @Override
    public void putCosts(Map<Long, AlertCost> totals, Collection<AlertCost.OfDay> days) {
        stored.putCosts(totals, days);
    }

    @Override
    public List<AlertCost.OfDay> costs(Collection<Long> ids) {
        return stored.costs(ids);
    }

    @Override
    public List<AlertCost.OfDay> costs(Instant since, Instant until) {
        return stored.costs(since, until);
    }

    @Override
    public AlertCounts count(Instant now) {
        return stored.count(now);
    }

    @Override
    public Map<Severity, Long> countOpen() {
        return stored.countOpen();
    }
}
