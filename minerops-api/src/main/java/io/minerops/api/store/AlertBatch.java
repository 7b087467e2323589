package io.minerops.api.store;

import io.minerops.api.alert.Baseline;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows for an {@link AlertStore} to write, whole or not at all.
 *
 * @param baseVersion the {@link AlertStore#version()} that it was computed from
 * @param checkedAt the time of the check that it comes from; null for a change by a user, which leaves the time of the
 *     last check as it is
 * @param created alerts that begin, in the order in which they are to be numbered
 * @param changed stored alerts that change
 * @param conditions the conditions whose state changed, with their new state; {@link ConditionState#NONE} removes one.
 *     Stores ignore {@link ConditionState#open()} here and derive it from the alerts
 * @param baselines the baselines that changed
 */
public record AlertBatch(
        long baseVersion,
        @Nullable Instant checkedAt,
        List<Entry> created,
        List<Entry> changed,
        Map<ConditionKey, ConditionState> conditions,
        Map<MinerAddress, Baseline> baselines) {
    public AlertBatch {
        created = List.copyOf(created);
        changed = List.copyOf(changed);
    }

    /** How many messages go into the outbox. */
    public int messages() {
        return messages(created) + messages(changed);
    }

    private static int messages(List<Entry> entries) {
        int count = 0;
        for (Entry entry : entries) {
            count += entry.messages().size();
        }
        return count;
    }

    /**
     * One alert and the messages about it.
     *
     * @param row the row as it is to be stored
     * @param messages messages for the outbox in this order, each to one of the row's destinations; empty for none
     */
    public record Entry(AlertRow row, List<Message> messages) {
        public Entry {
            messages = List.copyOf(messages);
        }
    }

    /**
     * A message for the outbox: pending, without an attempt, due when it was created.
     *
     * @param kind which event it reports
     * @param destination where it goes
     * @param at when the event happened
     */
    public record Message(OutboxEntry.Kind kind, Destination destination, Instant at) {}
}
