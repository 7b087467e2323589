package io.minerops.core.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of one component.
 *
 * @param name the component's name, such as {@code database} or {@code job.poll-metrics}
 * @param error the present fault, one sentence; null while the component works
 * @param since when the component entered this state: works, or fails; the sentence may have changed since
 */
public record ComponentHealth(String name, @Nullable String error, Instant since) {
    /** Whether the component works. */
    public boolean ok() {
        return error == null;
    }
}
