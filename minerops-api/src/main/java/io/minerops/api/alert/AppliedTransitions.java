package io.minerops.api.alert;

import java.util.List;

/** What became of a {@link TransitionBatch}. */
public sealed interface AppliedTransitions {
    /**
     * The batch is stored.
     *
     * @param raised the alerts that began, in the batch's order
     * @param resolved the alerts that ended, in the batch's order
     * @param enqueued how many messages were put into the outbox
     */
    record Applied(List<Alert> raised, List<Alert> resolved, int enqueued) implements AppliedTransitions {
        public Applied {
            raised = List.copyOf(raised);
            resolved = List.copyOf(resolved);
        }
    }

    /**
     * The state changed since the batch was computed; nothing was stored. Load the state and check again.
     *
     * @param currentVersion the version that the store has now
     */
    record Stale(long currentVersion) implements AppliedTransitions {}
}
