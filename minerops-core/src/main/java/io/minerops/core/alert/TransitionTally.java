package io.minerops.core.alert;

import io.minerops.core.alert.AlertTransition.Counts;

/** Counts transitions by kind. */
final class TransitionTally {
    private int raised;
    private int reminded;
    private int escalated;
    private int cleared;
    private int withdrawn;
    private int silenced;
    private int unsilenced;

    void clear() {
        raised = 0;
        reminded = 0;
        escalated = 0;
        cleared = 0;
        withdrawn = 0;
        silenced = 0;
        unsilenced = 0;
    }

    void add(AlertTransition transition) {
        if (transition instanceof AlertTransition.Raised) {
            raised++;
        } else if (transition instanceof AlertTransition.Reminded) {
            reminded++;
        } else if (transition instanceof AlertTransition.Escalated) {
            escalated++;
        } else if (transition instanceof AlertTransition.Cleared) {
            cleared++;
        } else if (transition instanceof AlertTransition.Withdrawn) {
            withdrawn++;
        } else if (transition instanceof AlertTransition.Silenced) {
            silenced++;
        } else if (transition instanceof AlertTransition.Unsilenced) {
            unsilenced++;
        }
    }

    Counts counts() {
        return new Counts(raised, reminded, escalated, cleared, withdrawn, silenced, unsilenced);
    }
}
