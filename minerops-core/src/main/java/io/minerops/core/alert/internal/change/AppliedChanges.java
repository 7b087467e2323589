package io.minerops.core.alert.internal.change;

import io.minerops.api.alert.Alert;
import io.minerops.api.store.AlertBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * What a check changed in a store.
 *
 * @param raised the alerts that began, in the order of their numbers
 * @param resolved the alerts that ended, in the check's order
 * @param enqueued how many messages were put into the outbox
 */
public record AppliedChanges(List<Alert> raised, List<Alert> resolved, int enqueued) {
    public AppliedChanges {
        raised = List.copyOf(raised);
        resolved = List.copyOf(resolved);
    }

    /** What a batch changed whose created alerts got these numbers. */
    static AppliedChanges of(AlertBatch batch, List<Long> numbers) {
        List<Alert> raised = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            raised.add(batch.created().get(i).row().alert().numbered(numbers.get(i)));
        }
        List<Alert> resolved = batch.changed().stream()
                .map(entry -> entry.row().alert())
                .filter(alert -> !alert.status().isOpen())
                .toList();
        return new AppliedChanges(raised, resolved, batch.messages());
    }
}
