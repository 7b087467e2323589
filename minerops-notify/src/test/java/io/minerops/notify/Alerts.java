package io.minerops.notify;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCost;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.notify.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Alerts and messages to render. */
public final class Alerts {
    public static final Instant RAISED = Instant.parse("2026-11-20T08:00:00Z");
    public static final Instant ENDED = Instant.parse("2026-11-20T08:42:30Z");
    public static final String MESSAGE = "Mean temperature 91.2 °C is above 80 °C";
    public static final String NOTE = "Mean temperature 70 °C is below 76 °C";

    private Alerts() {}

    public static Alert hot() {
        return alert(7, "10.0.0.7", Severity.CRITICAL, RuleType.TEMP, "High temperature", MESSAGE);
    }

    public static AlertCost cost(double usd) {
        return new AlertCost(usd, RAISED, Duration.ofMinutes(40), AlertCost.Basis.NOMINAL, true);
    }

    public static Alert cooled() {
        return ended(hot(), NOTE);
    }

    public static Alert alert(long id, String host, Severity severity, RuleType type, String rule, String message) {
        return new Alert(
                id,
                RAISED,
                RAISED,
                3,
                rule,
                MinerAddress.of(host),
                type,
                severity,
                AlertStatus.ACTIVE,
                false,
                message,
                Map.of("avg_temp_c", 91.2, "temp_c", 80.0),
                null,
                null,
                null,
                null,
                null,
                Alert.NotificationStatus.PENDING);
    }

    public static Alert ended(Alert alert, String note) {
        return new Alert(
                alert.id(),
                alert.createdAt(),
                ENDED,
                alert.ruleId(),
                alert.ruleName(),
                alert.miner(),
                alert.type(),
                alert.severity(),
                AlertStatus.AUTO_RESOLVED,
                false,
                alert.message(),
                alert.details(),
                null,
                null,
                ENDED,
                note,
                RAISED,
                Alert.NotificationStatus.SENT,
                alert.cost());
    }

    /** So many alerts: every third is a critical offline one, the others are temperature warnings. */
    public static List<Alert> many(int count, String message) {
        return IntStream.range(0, count)
                .mapToObj(i -> i % 3 == 0
                        ? alert(
                                i,
                                "10.1." + i / 250 + "." + i % 250,
                                Severity.CRITICAL,
                                RuleType.OFFLINE,
                                "Off",
                                message)
                        : alert(i, "10.1." + i / 250 + "." + i % 250, Severity.WARNING, RuleType.TEMP, "Hot", message))
                .toList();
    }

    public static Notification firing(Destination destination) {
        return firing(destination, hot());
    }

    public static Notification firing(Destination destination, Alert alert) {
        return new Notification.OfAlerts(
                "minerops-firing-7", destination, RAISED, OutboxEntry.Kind.FIRING, List.of(alert));
    }

    public static Notification reminder(Destination destination) {
        return new Notification.OfAlerts(
                "minerops-reminder-7", destination, ENDED, OutboxEntry.Kind.REMINDER, List.of(hot()));
    }

    public static Notification resolved(Destination destination) {
        return new Notification.OfAlerts(
                "minerops-resolved-7", destination, ENDED, OutboxEntry.Kind.RESOLVED, List.of(cooled()));
    }

    public static Notification raisedTogether(Destination destination, List<Alert> alerts) {
        return grouped(destination, OutboxEntry.Kind.FIRING, alerts);
    }

    public static Notification grouped(Destination destination, OutboxEntry.Kind kind, List<Alert> alerts) {
        return new Notification.OfAlerts("minerops-group-1", destination, RAISED, kind, alerts);
    }

    public static Notification test(Destination destination) {
        return new Notification.Test("minerops-test-1", destination, RAISED);
    }
}
