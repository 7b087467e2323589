package io.minerops.core.service;

import io.minerops.api.Page;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCost;
import io.minerops.api.alert.AlertCounts;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.StatusChange;
import io.minerops.api.miner.Miner;
import io.minerops.api.store.AlertQuery;
import io.minerops.api.store.AlertRow;
import io.minerops.api.store.AlertStore;
import io.minerops.api.store.MinerStore;
import io.minerops.core.alert.internal.change.AlertWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The alerts: list, acknowledge and resolve them. Thread-safe.
 *
 * <pre>{@code
 * for (Alert alert : ops.alerts().find(AlertQuery.newest(50)).items()) {
 *     if (ops.alerts().acknowledge(alert.id(), "nina") instanceof StatusChange.Conflict conflict) {
 *         System.out.println("alert " + alert.id() + " is " + conflict.alert().status().key());
 *     }
 * }
 * }</pre>
 *
 * <p>Messages that follow from a change are sent at once, not at the next dispatch. Every method throws
 * {@link io.minerops.api.StoreException} where the store fails.
 */
public final class AlertService {
    private final AlertStore alerts;
    private final MinerStore miners;
    private final AlertWriter writer;
    private final Predicate<Alert> accepted;
    private final Runnable dispatch;
    private final InstantSource clock;

    /**
     * A service over this store; {@link io.minerops.core.MinerOps#alerts()} has one.
     *
     * @param accepted takes an alert that a user acknowledged or resolved; whether it ends with its acknowledgement
     * @param dispatch has what is due in the outbox sent soon, on another thread
     */
    public AlertService(
            AlertStore alerts, MinerStore miners, Predicate<Alert> accepted, Runnable dispatch, InstantSource clock) {
        this.alerts = alerts;
        this.miners = miners;
        this.accepted = accepted;
        writer = new AlertWriter(alerts);
        this.dispatch = dispatch;
        this.clock = clock;
    }

    /** The alert of that id; empty where there is none. */
    public Optional<Alert> find(long id) {
        return alerts.find(id);
    }

    /**
     * Lists alerts, newest first.
     *
     * @throws io.minerops.api.InvalidArgumentException ({@code cursor}) if the cursor is not one that a page gave
     */
    public Page<Alert> find(AlertQuery query) {
        return alerts.find(query);
    }

    /**
     * What alerts have cost in some UTC days, and where it went.
     *
     * @param since the beginning of the first day, included
     * @param until the beginning of the day after the last, excluded
     * @param counted which miners count, as they are registered now; a miner that is not registered counts where all do
     */
    public AlertBill bill(Instant since, Instant until, AlertBill.By by, @Nullable Predicate<Miner> counted) {
        List<AlertCost.OfDay> days = alerts.costs(since, until);
        Set<Long> ids = days.stream().map(AlertCost.OfDay::alertId).collect(Collectors.toSet());
        List<Alert> found = alerts.rows(ids).stream().map(AlertRow::alert).toList();
        return AlertBill.of(days, found, miners.all(), by, counted);
    }

    /** Counts alerts; takes longer the more are stored. */
    public AlertCounts count() {
        return alerts.count(clock.instant());
    }

    /** Counts open alerts (active or acknowledged) of each severity, 0 where none is open; takes constant time. */
    public Map<Severity, Long> countOpen() {
        return alerts.countOpen();
    }

    /**
     * Acknowledges an active alert: it is not escalated any more. One that reports what happened and not what goes on, such
     * as an unannounced change, is resolved by it.
     *
     * @param user who acknowledges, at most 120 characters; null where unknown
     * @return the alert as it is now, a conflict where it is not active, or not found
     * @throws io.minerops.api.InvalidArgumentException ({@code user}) if the name is longer
     */
    public StatusChange acknowledge(long id, @Nullable String user) {
        StatusChange change = writer.acknowledge(id, user, clock.instant());
        boolean ends = change instanceof StatusChange.Changed done && accepted.test(done.alert());
        return dispatched(ends ? writer.resolve(id, user, "acknowledged", clock.instant()) : change);
    }

    /**
     * Resolves an open alert; those who received its beginning receive its end.
     *
     * @param user who resolves, at most 120 characters; null where unknown
     * @param note why, at most 2,000 characters; null where not given
     * @return the alert as it is now, a conflict where it is not open, or not found
     * @throws io.minerops.api.InvalidArgumentException ({@code user}, {@code note}) if one is longer
     */
    public StatusChange resolve(long id, @Nullable String user, @Nullable String note) {
        StatusChange change = writer.resolve(id, user, note, clock.instant());
        if (change instanceof StatusChange.Changed done) {
            boolean unused = accepted.test(done.alert());
        }
        return dispatched(change);
    }

    private StatusChange dispatched(StatusChange change) {
        if (change instanceof StatusChange.Changed) {
            dispatch.run();
        }
        return change;
    }
}
