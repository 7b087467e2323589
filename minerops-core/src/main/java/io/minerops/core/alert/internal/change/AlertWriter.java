package io.minerops.core.alert.internal.change;

import io.minerops.api.StoreException;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.StatusChange;
import io.minerops.api.internal.Check;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertRow;
import io.minerops.api.store.AlertStore;
import io.minerops.core.alert.Evaluation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows that a change concerns, has {@link AlertChanges} decide, and has the store write the result. A change
 * that another one overtook is not stored. Thread-safe.
 */
public final class AlertWriter {
    /** How often a user's change is tried again because another change came first. */
    private static final int MAX_ATTEMPTS = 1_000;

    private final AlertStore alerts;

    /** A writer to this store. */
    public AlertWriter(AlertStore alerts) {
        this.alerts = alerts;
    }

    /**
     * Stores the result of a check.
     *
     * @param evaluation the check, its destinations resolved
     * @return what changed; empty, with nothing stored, if alerts changed since the check loaded them: then it is to be
     *     made again
     */
    public Optional<AppliedChanges> apply(Evaluation evaluation) {
        Set<Long> touched = AlertChanges.touched(evaluation);
        List<AlertRow> rows = touched.isEmpty() ? List.of() : alerts.rows(touched);
        // the rows are those of the check only while the version is: later ones need not have what it is about
        if (!touched.isEmpty() && alerts.version() != evaluation.baseVersion()) {
            return Optional.empty();
        }
        AlertBatch batch = AlertChanges.of(evaluation, rows);
        return alerts.apply(batch).map(numbers -> AppliedChanges.of(batch, numbers));
    }

    /**
     * Acknowledges an active alert.
     *
     * @param user who acknowledges it, at most 120 characters; null where unknown
     * @return a conflict unless the alert is active
     */
    public StatusChange acknowledge(long id, @Nullable String user, Instant at) {
        Check.absentOrLimited("user", user, 120);
        return change(
                id,
                status -> status == AlertStatus.ACTIVE,
                (version, row) -> AlertChanges.acknowledged(version, row, user, at));
    }

    /**
     * Resolves an open alert; those who received its beginning receive its end.
     *
     * @param user who resolves it, at most 120 characters; null where unknown
     * @param note why, at most 2,000 characters; null where not given
     * @return a conflict unless the alert is open
     */
    public StatusChange resolve(long id, @Nullable String user, @Nullable String note, Instant at) {
        Check.absentOrLimited("user", user, 120);
        Check.absentOrLimited("note", note, 2_000);
        return change(id, AlertStatus::isOpen, (version, row) -> AlertChanges.resolved(version, row, user, note, at));
    }

    private interface Change {
        AlertBatch of(long version, AlertRow row);
    }

    private StatusChange change(long id, Predicate<AlertStatus> allowed, Change change) {
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            long version = alerts.version();
            List<AlertRow> found = alerts.rows(Set.of(id));
            if (found.isEmpty()) {
                return new StatusChange.NotFound(id);
            }
            Alert alert = found.get(0).alert();
            if (!allowed.test(alert.status())) {
                return new StatusChange.Conflict(alert);
            }
            AlertBatch batch = change.of(version, found.get(0));
            if (alerts.apply(batch).isPresent()) {
                return new StatusChange.Changed(batch.changed().get(0).row().alert());
            }
        }
        throw new StoreException("alert " + id + " was not changed: other changes came first " + MAX_ATTEMPTS
                + " times; is another instance writing to the same store?");
    }
}
