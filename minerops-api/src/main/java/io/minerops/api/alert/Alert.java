package io.minerops.api.alert;

import io.minerops.api.internal.NumbersByName;
import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One trouble of one miner, or of many together, from its beginning to its end.
 *
 * @param id the store's number
 * @param createdAt when it was raised
 * @param updatedAt when it last changed
 * @param ruleId the rule that raised it; the rule may be gone since
 * @param ruleName the rule's name at that time
 * @param miner the miner; null where the trouble is that of a rule's whole scope
 * @param type the kind of condition
 * @param severity its severity
 * @param status where it stands
 * @param silenced whether a silence covers it: no messages are sent for it, its reminders and its end. Once it is closed this
 *     stays as it was at its end
 * @param message one sentence for people, with the value and the limit
 * @param details the numbers that led to it, each key with its unit, such as {@code avg_temp_c}; ordered by key
 * @param acknowledgedAt when a user acknowledged it; null if unacknowledged
 * @param acknowledgedBy who acknowledged it; null if unacknowledged or without a name
 * @param resolvedAt when it was closed; null while open
 * @param resolutionNote why it was closed; null while open or where nothing was said
 * @param notifiedAt when its first message was delivered; null where none has been
 * @param notificationStatus how far its first messages are
 * @param cost what it has cost so far; null where that is not known
 */
public record Alert(
        long id,
        Instant createdAt,
        Instant updatedAt,
        long ruleId,
        String ruleName,
        @Nullable MinerAddress miner,
        RuleType type,
        Severity severity,
        AlertStatus status,
        boolean silenced,
        String message,
        Map<String, Double> details,
        @Nullable Instant acknowledgedAt,
        @Nullable String acknowledgedBy,
        @Nullable Instant resolvedAt,
        @Nullable String resolutionNote,
        @Nullable Instant notifiedAt,
        NotificationStatus notificationStatus,
        @Nullable AlertCost cost) {
    /** The number of an alert that no store has numbered yet. */
    public static final long UNSAVED = 0;

    public Alert {
        details = NumbersByName.copyOf(details);
    }

    /** An alert of which no cost is known. */
    public Alert(
            long id,
            Instant createdAt,
            Instant updatedAt,
            long ruleId,
            String ruleName,
            @Nullable MinerAddress miner,
            RuleType type,
            Severity severity,
            AlertStatus status,
            boolean silenced,
            String message,
            Map<String, Double> details,
            @Nullable Instant acknowledgedAt,
            @Nullable String acknowledgedBy,
            @Nullable Instant resolvedAt,
            @Nullable String resolutionNote,
            @Nullable Instant notifiedAt,
            NotificationStatus notificationStatus) {
        this(
                id,
                createdAt,
                updatedAt,
                ruleId,
                ruleName,
                miner,
                type,
                severity,
                status,
                silenced,
                message,
                details,
                acknowledgedAt,
                acknowledgedBy,
                resolvedAt,
                resolutionNote,
                notifiedAt,
                notificationStatus,
                null);
    }

    /** The same alert, acknowledged by a user. */
    public Alert acknowledged(Instant at, @Nullable String user) {
        return changed(at, severity, AlertStatus.ACKNOWLEDGED, silenced, at, user, null, null);
    }

    /** The same alert, closed. */
    public Alert closed(AlertStatus closing, Instant at, @Nullable String note) {
        return changed(at, severity, closing, silenced, acknowledgedAt, acknowledgedBy, at, note);
    }

    /** The same alert, escalated to another severity. */
    public Alert escalated(Instant at, Severity next) {
        return changed(at, next, status, silenced, acknowledgedAt, acknowledgedBy, resolvedAt, resolutionNote);
    }

    /** The same alert, with or without the mark of a silence. */
    public Alert silenced(Instant at, boolean covered) {
        return changed(at, severity, status, covered, acknowledgedAt, acknowledgedBy, resolvedAt, resolutionNote);
    }

    /** The same alert with the number that a store gave it. */
    public Alert numbered(long number) {
        return copy(number, miner, notifiedAt, notificationStatus, cost);
    }

    /** The same alert with how far its first messages are; for stores. */
    public Alert notified(@Nullable Instant at, NotificationStatus reached) {
        return copy(id, miner, at, reached, cost);
    }

    /** The same alert of the miner's new address; for stores. */
    public Alert readdressed(@Nullable MinerAddress address) {
        return copy(id, address, notifiedAt, notificationStatus, cost);
    }

    /** The same alert with what it has cost so far, null where that is not known; for stores. */
    public Alert costing(@Nullable AlertCost soFar) {
        return copy(id, miner, notifiedAt, notificationStatus, soFar);
    }

    private Alert copy(
            long number,
            @Nullable MinerAddress address,
            @Nullable Instant firstNotified,
            NotificationStatus reached,
            @Nullable AlertCost soFar) {
        return new Alert(
                number,
                createdAt,
                updatedAt,
                ruleId,
                ruleName,
                address,
                type,
                severity,
                status,
                silenced,
                message,
                details,
                acknowledgedAt,
                acknowledgedBy,
                resolvedAt,
                resolutionNote,
                firstNotified,
                reached,
                soFar);
    }

    private Alert changed(
            Instant at,
            Severity nextSeverity,
            AlertStatus nextStatus,
            boolean nextSilenced,
            @Nullable Instant takenAt,
            @Nullable String takenBy,
            @Nullable Instant closedAt,
            @Nullable String note) {
        return new Alert(
                id,
                createdAt,
                at,
                ruleId,
                ruleName,
                miner,
                type,
                nextSeverity,
                nextStatus,
                nextSilenced,
                message,
                details,
                takenAt,
                takenBy,
                closedAt,
                note,
                notifiedAt,
                notificationStatus,
                cost);
    }

    /** Delivery state of the alert's first messages, over all channels. */
    public enum NotificationStatus {
        /** There is no recipient, or a silence has suppressed the messages since the start. */
        NONE,
        /** At least one message is still to be delivered, none has failed for good. */
        PENDING,
        /** Every message was delivered. */
        SENT,
        /** At least one message could not be delivered and is not tried again. */
        FAILED
    }
}
