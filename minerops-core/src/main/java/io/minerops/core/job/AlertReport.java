package io.minerops.core.job;

import io.minerops.api.alert.Alert;
import java.time.Instant;
import java.util.List;

/**
 * What one check of the alerts came to.
 *
 * @param at the time of the check
 * @param raised the alerts that began
 * @param resolved the alerts that ended
 */
public record AlertReport(Instant at, List<Alert> raised, List<Alert> resolved) {
    public AlertReport {
        raised = List.copyOf(raised);
        resolved = List.copyOf(resolved);
    }
}
