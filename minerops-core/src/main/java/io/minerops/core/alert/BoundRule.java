package io.minerops.core.alert;

import io.minerops.api.alert.ConditionState;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.FleetCondition;
import io.minerops.core.alert.type.MinerCondition;
import io.minerops.core.alert.type.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule on the rows of one roster, with what is remembered of them. A rule that covers much of the fleet is evaluated
 * by bits, one that covers little row by row, so that it costs what it touches. A rule that judges its whole scope as
 * one has a single index, {@link #WHOLE_SCOPE}.
 */
final class BoundRule {
    /** Instead of a row: all rows of the rule's scope together. */
    static final int WHOLE_SCOPE = -1;

    /** A rule that covers fewer rows than one in so many is evaluated row by row. */
    private static final int SPARSE = 32;

    private static final int[] NO_ROWS = {};
    private static final int[] WHOLE_SCOPE_ONLY = {WHOLE_SCOPE};

    private final CompiledRule rule;
    private final boolean everyRow;
    private final RowBits scope;
    private final int[] sparseRows;
    private final boolean sparse;
    private final boolean whole;
    private final RuleTally tally;

    /** States by row where the rule is evaluated by bits, else by index in {@link #sparseRows}; null until needed. */
    private ConditionState @Nullable [] states;
    /** The rows with a state, where the rule is evaluated by bits. */
    private @Nullable RowBits tracked;

    private final List<AlertTransition> found = new ArrayList<>();
    /** The state that a row at rest gets where the rule is violated; the same for all of them in one check. */
    private @Nullable ConditionState firstStep;

    BoundRule(CompiledRule rule, RowBits scope, int fleetSize) {
        this.rule = rule;
        this.scope = scope;
        int count = scope.count();
        everyRow = count == fleetSize;
        whole = rule.condition() instanceof FleetCondition;
        sparse = whole || count * (long) SPARSE < fleetSize;
        sparseRows = whole ? WHOLE_SCOPE_ONLY : sparse ? scope.rows() : NO_ROWS;
        tally = new RuleTally(rule.rule(), count);
    }

    CompiledRule rule() {
        return rule;
    }

    boolean isSparse() {
        return sparse;
    }

    int[] sparseRows() {
        return sparseRows;
    }

    RuleTally tally() {
        return tally;
    }

    /** Transitions of the check in progress, by row. */
    List<AlertTransition> found() {
        return found;
    }

    /** Whether the rule judges its whole scope as one. */
    boolean isWhole() {
        return whole;
    }

    /** Begins another check. */
    void begin() {
        tally.clear();
        found.clear();
        firstStep = null;
    }

    /** The state after a violation where nothing was remembered. */
    @Nullable
    ConditionState firstStep(Instant now) {
        ConditionState step = firstStep;
        if (step == null) {
            step = ConditionStep.of(rule.times(), ConditionState.NONE, Verdict.VIOLATED, now);
            firstStep = step;
        }
        return step;
    }

    boolean covers(int row) {
        return whole ? row == WHOLE_SCOPE : row >= 0 && scope.get(row);
    }

    Verdict judge(CheckContext context, int row) {
        return rule.condition() instanceof MinerCondition ofMiner
                ? ofMiner.judge(context, row)
                : ((FleetCondition) rule.condition()).judge(context, scope);
    }

    Condition.Finding describe(CheckContext context, int row) {
        return rule.condition() instanceof MinerCondition ofMiner
                ? ofMiner.describe(context, row)
                : ((FleetCondition) rule.condition()).describe(context, scope);
    }

    /** Marks the rows of a block that may be violated; not for a rule that judges its whole scope. */
    void scan(CheckContext context, int from, int to, long[] found) {
        ((MinerCondition) rule.condition()).scan(context, from, to, found);
    }

    RowBits scope() {
        return scope;
    }

    /** The scope's bits of a word of 64 rows. */
    long scopeWord(int word) {
        return scope.words()[word];
    }

    boolean coversEveryRow() {
        return everyRow;
    }

    /** The rows of a word that have a state. */
    long trackedWord(int word) {
        RowBits rows = tracked;
        return rows == null ? 0 : rows.words()[word];
    }

    ConditionState state(int slot) {
        ConditionState @Nullable [] all = states;
        ConditionState state = all == null ? null : all[slot];
        return state == null ? ConditionState.NONE : state;
    }

    /** Forgets all states. */
    void forget() {
        RowBits rows = tracked;
        if (states == null) {
            return;
        } else if (rows == null) {
            Arrays.fill(states, null);
            return;
        }
        for (int row : rows.rows()) {
            states[row] = null;
        }
        rows.clear();
    }

    /** Gives a covered row its state. */
    void remember(int row, int fleetSize, ConditionState state) {
        if (states == null) {
            states = new ConditionState[sparse ? sparseRows.length : fleetSize];
            tracked = sparse ? null : new RowBits(fleetSize);
        }
        RowBits rows = tracked;
        if (rows == null) {
            states[Arrays.binarySearch(sparseRows, row)] = state;
        } else {
            states[row] = state;
            rows.set(row);
        }
    }
}
