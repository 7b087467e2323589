package io.minerops.core.alert.internal.change;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry.Kind;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertRow;
import io.minerops.core.alert.AlertTransition;
import io.minerops.core.alert.AlertTransition.Cleared;
import io.minerops.core.alert.AlertTransition.Escalated;
import io.minerops.core.alert.AlertTransition.Raised;
import io.minerops.core.alert.AlertTransition.Reminded;
import io.minerops.core.alert.AlertTransition.Silenced;
import io.minerops.core.alert.AlertTransition.Unsilenced;
import io.minerops.core.alert.AlertTransition.Withdrawn;
import io.minerops.core.alert.Evaluation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns what happened to alerts into the rows and messages to store: the one place that says what a raise, a reminder,
 * an escalation, a silence, an end, and the actions of users mean for an alert and for those who receive its messages.
 * Pure: the same arguments give the same batch. {@link AlertWriter} has a store write it.
 *
 * <p>A beginning goes to the alert's destinations; reminders and the end go to the same. An escalation goes to its own
 * destinations, which from then on belong to the alert too. While a silence covers an alert none of them is sent; a
 * beginning that a silence held back is sent when the silence is over, unless the alert has ended by then.
 */
public final class AlertChanges {
    private final Map<Long, AlertRow> rows = new LinkedHashMap<>();
    private final Map<Long, List<AlertBatch.Message>> changed = new LinkedHashMap<>();
    private final List<AlertBatch.Entry> created = new ArrayList<>();

    private AlertChanges(Collection<AlertRow> stored) {
        stored.forEach(row -> rows.put(row.alert().id(), row));
    }

    /** The numbers of the stored alerts that a check changes. */
    public static Set<Long> touched(Evaluation evaluation) {
        if (evaluation.transitions().isEmpty()) {
            return Set.of();
        }
        Set<Long> ids = new LinkedHashSet<>();
        for (AlertTransition transition : evaluation.transitions()) {
            Long id = alertId(transition);
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    /**
     * What a check changes.
     *
     * @param evaluation the check, its destinations resolved
     * @param stored at least the rows of the alerts that it {@link #touched touches}, of the version that it was
     *     computed from
     * @throws IllegalStateException if a row is missing
     */
    public static AlertBatch of(Evaluation evaluation, Collection<AlertRow> stored) {
        AlertChanges changes = new AlertChanges(stored);
        // a silence that begins covers what happens in the same check; one that ends covers all but an escalation
        for (int pass = 0; pass < PASSES; pass++) {
            for (AlertTransition transition : evaluation.transitions()) {
                if (pass(transition) == pass) {
                    changes.take(transition);
                }
            }
        }
        return new AlertBatch(
                evaluation.baseVersion(),
                evaluation.checkedAt(),
                changes.created,
                changes.entries(),
                evaluation.conditions(),
                evaluation.baselines());
    }

    /**
     * What changes when a user acknowledges an active alert.
     *
     * @param version the version that the row was read at
     * @param user who acknowledges it; null where unknown
     */
    public static AlertBatch acknowledged(long version, AlertRow row, @Nullable String user, Instant at) {
        AlertRow next = with(row, row.alert().acknowledged(stored(at), user));
        return byUser(version, new AlertBatch.Entry(next, List.of()));
    }

    /**
     * What changes when a user resolves an open alert.
     *
     * @param version the version that the row was read at
     * @param user who resolves it; null where unknown
     * @param note why; null where not given
     */
    public static AlertBatch resolved(
            long version, AlertRow row, @Nullable String user, @Nullable String note, Instant at) {
        String by = user == null ? null : "Resolved by " + user;
        String text = note == null ? by : by == null ? note : by + ": " + note;
        AlertRow next = with(row, row.alert().closed(AlertStatus.RESOLVED, stored(at), text));
        return byUser(version, new AlertBatch.Entry(next, messages(next, Kind.RESOLVED, stored(at))));
    }

    private static AlertBatch byUser(long version, AlertBatch.Entry entry) {
        return new AlertBatch(version, null, List.of(), List.of(entry), Map.of(), Map.of());
    }

    private static final int PASSES = 4;

    private static int pass(AlertTransition transition) {
        if (transition instanceof Silenced) {
            return 0;
        } else if (transition instanceof Unsilenced) {
            return 2;
        }
        return transition instanceof Escalated ? 3 : 1;
    }

    private static @Nullable Long alertId(AlertTransition transition) {
        if (transition instanceof Raised) {
            return null;
        } else if (transition instanceof Silenced begun) {
            return begun.alertId();
        } else if (transition instanceof Unsilenced over) {
            return over.alertId();
        } else if (transition instanceof Reminded reminded) {
            return reminded.alertId();
        } else if (transition instanceof Escalated step) {
            return step.alertId();
        } else if (transition instanceof Cleared cleared) {
            return cleared.alertId();
        }
        return ((Withdrawn) transition).alertId();
    }

    private void take(AlertTransition transition) {
        Long id = alertId(transition);
        if (id == null) {
            created.add(begun((Raised) transition));
            return;
        }
        AlertRow row = rows.get(id);
        if (row == null || !row.alert().status().isOpen()) {
            throw new IllegalStateException("there is no open alert " + id + " of " + transition.key());
        }
        Instant at = stored(transition.at());
        Alert alert = row.alert();
        if (transition instanceof Silenced) {
            change(with(row, alert.silenced(at, true)), List.of());
        } else if (transition instanceof Reminded) {
            change(row, messages(row, Kind.REMINDER, at));
        } else if (transition instanceof Cleared cleared) {
            close(row, alert.closed(AlertStatus.AUTO_RESOLVED, at, cleared.note()), at);
        } else if (transition instanceof Withdrawn withdrawn) {
            close(row, alert.closed(AlertStatus.RESOLVED, at, withdrawn.note()), at);
        } else if (transition instanceof Unsilenced) {
            unsilence(row, at);
        } else if (transition instanceof Escalated step) {
            escalate(row, step, at);
        }
    }

    private void close(AlertRow row, Alert closed, Instant at) {
        AlertRow next = with(row, closed);
        change(next, messages(next, Kind.RESOLVED, at));
    }

    private void unsilence(AlertRow row, Instant at) {
        Alert heard = row.alert().silenced(at, false);
        boolean sent = !row.announced() && !row.destinations().isEmpty();
        Alert next = sent ? heard.notified(heard.notifiedAt(), Alert.NotificationStatus.PENDING) : heard;
        AlertRow announced = new AlertRow(next, row.destinations(), true);
        change(announced, sent ? messages(announced, Kind.FIRING, at) : List.of());
    }

    private void escalate(AlertRow row, Escalated step, Instant at) {
        List<Destination> all = new ArrayList<>(row.destinations());
        List<Destination> addressed = new ArrayList<>();
        for (Destination destination : step.destinations()) {
            addressed.add(added(all, destination));
        }
        AlertRow next = new AlertRow(row.alert().escalated(at, step.severity()), all, row.announced());
        change(next, row.alert().silenced() ? List.of() : messages(addressed, Kind.ESCALATED, at));
    }

    private static AlertBatch.Entry begun(Raised begun) {
        List<Destination> destinations = new ArrayList<>();
        begun.destinations().forEach(destination -> added(destinations, destination));
        boolean sent = !destinations.isEmpty() && !begun.silenced();
        Instant at = stored(begun.at());
        Alert alert = new Alert(
                Alert.UNSAVED,
                at,
                at,
                begun.key().ruleId(),
                begun.rule().name(),
                begun.key().miner(),
                begun.rule().type(),
                begun.rule().severity(),
                AlertStatus.ACTIVE,
                begun.silenced(),
                begun.message(),
                begun.details(),
                null,
                null,
                null,
                null,
                null,
                sent ? Alert.NotificationStatus.PENDING : Alert.NotificationStatus.NONE);
        AlertRow row = new AlertRow(alert, destinations, !begun.silenced());
        return new AlertBatch.Entry(row, messages(row, Kind.FIRING, at));
    }

    /** Adds a destination that is not there yet; the one of the same channel and address where there is one. */
    private static Destination added(List<Destination> destinations, Destination wanted) {
        for (Destination known : destinations) {
            if (known.channel().equals(wanted.channel()) && Objects.equals(address(known), address(wanted))) {
                return known;
            }
        }
        destinations.add(wanted);
        return wanted;
    }

    private static @Nullable String address(Destination destination) {
        return destination.webhook() == null
                ? null
                : destination.webhook().url().reveal();
    }

    private void change(AlertRow next, List<AlertBatch.Message> messages) {
        long id = next.alert().id();
        rows.put(id, next);
        List<AlertBatch.Message> all = changed.computeIfAbsent(id, number -> new ArrayList<>(messages.size()));
        all.addAll(messages);
    }

    private List<AlertBatch.Entry> entries() {
        List<AlertBatch.Entry> entries = new ArrayList<>(changed.size());
        changed.forEach(
                (id, messages) -> entries.add(new AlertBatch.Entry(Objects.requireNonNull(rows.get(id)), messages)));
        return entries;
    }

    private static List<AlertBatch.Message> messages(AlertRow row, Kind kind, Instant at) {
        return row.alert().silenced() || row.destinations().isEmpty()
                ? List.of()
                : messages(row.destinations(), kind, at);
    }

    private static List<AlertBatch.Message> messages(List<Destination> destinations, Kind kind, Instant at) {
        return destinations.stream()
                .map(destination -> new AlertBatch.Message(kind, destination, at))
                .toList();
    }

    private static AlertRow with(AlertRow row, Alert alert) {
        return new AlertRow(alert, row.destinations(), row.announced());
    }

    /** Stores keep times in ms; finer ones would not compare with themselves after they were stored. */
    private static Instant stored(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }
}
