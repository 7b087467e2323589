package io.minerops.core.alert;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many transitions a check found, by kind.
 *
 * @param raised alerts that began
 * @param reminded alerts that were reminded of
 * @param escalated unacknowledged alerts whose severity rose
 * @param cleared alerts that ended because their condition was clear
 * @param withdrawn alerts that ended because no rule watches them any more
 * @param silenced open alerts that a silence began to cover
 * @param unsilenced open alerts that no silence covers any more
 */
public record TransitionCounts(
        int raised, int reminded, int escalated, int cleared, int withdrawn, int silenced, int unsilenced) {
    /** A check that changed nothing. */
    public static final TransitionCounts NONE = new TransitionCounts(0, 0, 0, 0, 0, 0, 0);

    /** Counts transitions. */
    public static TransitionCounts of(Collection<AlertTransition> transitions) {
        TransitionTally tally = new TransitionTally();
        transitions.forEach(tally::add);
        return tally.counts();
    }

    /** The same by name, in the order of the components, those of which there were none included. */
    public Map<String, Integer> byKind() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("raised", raised);
        counts.put("reminded", reminded);
        counts.put("escalated", escalated);
        counts.put("cleared", cleared);
        counts.put("withdrawn", withdrawn);
        counts.put("silenced", silenced);
        counts.put("unsilenced", unsilenced);
        return counts;
    }
}
