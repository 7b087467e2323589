package io.minerops.testkit.memory;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Copies of an alert with something changed. */
final class AlertCopies {
    private AlertCopies() {}

    static Alert taken(Alert alert, Instant at, @Nullable String user) {
        return copy(alert, at, alert.severity(), AlertStatus.ACKNOWLEDGED, at, user, null, null);
    }

    static Alert closed(Alert alert, AlertStatus status, Instant at, @Nullable String note) {
        return copy(alert, at, alert.severity(), status, alert.acknowledgedAt(), alert.acknowledgedBy(), at, note);
    }

    static Alert escalated(Alert alert, Instant at, Severity severity) {
        return copy(
                alert,
                at,
                severity,
                alert.status(),
                alert.acknowledgedAt(),
                alert.acknowledgedBy(),
                alert.resolvedAt(),
                alert.resolutionNote());
    }

    static @Nullable String note(@Nullable String user, @Nullable String note) {
        String by = user == null ? null : "Resolved by " + user;
        return note == null ? by : by == null ? note : by + ": " + note;
    }

    static Alert silenced(Alert alert, Instant at, boolean silenced) {
        return new Alert(
                alert.id(),
                alert.createdAt(),
                at,
                alert.ruleId(),
                alert.ruleName(),
                alert.miner(),
                alert.type(),
                alert.severity(),
                alert.status(),
                silenced,
                alert.message(),
                alert.details(),
                alert.acknowledgedAt(),
                alert.acknowledgedBy(),
                alert.resolvedAt(),
                alert.resolutionNote(),
                alert.notifiedAt(),
                alert.notificationStatus());
    }

    static Alert notified(Alert alert, @Nullable Instant at, Alert.NotificationStatus status) {
        return new Alert(
                alert.id(),
                alert.createdAt(),
                alert.updatedAt(),
                alert.ruleId(),
                alert.ruleName(),
                alert.miner(),
                alert.type(),
                alert.severity(),
                alert.status(),
                alert.silenced(),
                alert.message(),
                alert.details(),
                alert.acknowledgedAt(),
                alert.acknowledgedBy(),
                alert.resolvedAt(),
                alert.resolutionNote(),
                at,
                status);
    }

    private static Alert copy(
            Alert alert,
            Instant updatedAt,
            Severity severity,
            AlertStatus status,
            @Nullable Instant acknowledgedAt,
            @Nullable String acknowledgedBy,
            @Nullable Instant resolvedAt,
            @Nullable String note) {
        return new Alert(
                alert.id(),
                alert.createdAt(),
                updatedAt,
                alert.ruleId(),
                alert.ruleName(),
                alert.miner(),
                alert.type(),
                severity,
                status,
                alert.silenced(),
                alert.message(),
                alert.details(),
                acknowledgedAt,
                acknowledgedBy,
                resolvedAt,
                note,
                alert.notifiedAt(),
                alert.notificationStatus());
    }
}
