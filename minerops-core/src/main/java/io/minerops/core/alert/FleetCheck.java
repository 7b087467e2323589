package io.minerops.core.alert;

import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.Baseline;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import io.minerops.core.alert.Evaluation.ClockAnomaly;
import io.minerops.core.alert.type.ColumnScan;
import io.minerops.core.alert.type.EvaluationContext;
import io.minerops.core.alert.type.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The checks of one rule set on one roster. Rows are taken in blocks that fit the processor's cache, and every rule
 * marks the rows of the block that it finds violated; only these and the rows with something to remember are looked at
 * one by one. The usual row costs one comparison per rule and nothing else.
 */
final class FleetCheck {
    /** Rows per block: the columns that ten rules read, 8 bytes each, stay in a first-level cache. */
    private static final int BLOCK = 512;

    private static final long NOT_MEASURED = 0;

    private final RuleSet rules;
    private final MinerIndex roster;
    private final RosterIndex index;
    private final @Nullable LongSupplier ticker;
    private final List<BoundRule> inhibiting = new ArrayList<>();
    private final List<BoundRule> others = new ArrayList<>();
    /** Rules that judge their whole scope as one. */
    private final List<BoundRule> whole = new ArrayList<>();

    private final List<BoundRule> all = new ArrayList<>();
    private final BoundState bound;
    private final RowBits learning;
    private final HashrateBaselines baselines;
    private final EngineContext context;

    /** Rows of which nothing may be concluded, because their sample comes from the future. */
    private final RowBits suspended;
    /** Rows whose miner has an open alert that inhibits the other rules. */
    private final RowBits inhibited;
    /** Rows whose miner was stopped on purpose, as it reports. */
    private final RowBits stopped;
    /** Rows whose hashrate is not to be learned from. */
    private final RowBits unhealthy;

    private final long[] marks = new long[BLOCK / Long.SIZE];
    private final ConditionStepper stepper;
    private final Silencer silencer;
    private final List<AlertTransition> transitions = new ArrayList<>();

    /**
     * Checks of a rule set on a roster.
     *
     * @param given baselines that others learn; null to learn them here
     */
    FleetCheck(RuleSet rules, MinerIndex roster, @Nullable LongSupplier ticker, @Nullable HashrateBaselines given) {
        this.rules = rules;
        this.roster = roster;
        this.ticker = ticker;
        index = new RosterIndex(roster);
        baselines = given == null ? new HashrateBaselines() : given;
        context = new EngineContext(index, baselines);
        int size = roster.size();
        suspended = new RowBits(size);
        inhibited = new RowBits(size);
        stopped = new RowBits(size);
        unhealthy = new RowBits(size);
        learning = new RowBits(size);
        Map<RuleScope, RowBits> scopes = new HashMap<>();
        for (CompiledRule rule : rules.active()) {
            BoundRule onRows = new BoundRule(rule, scopes.computeIfAbsent(rule.scope(), index::rows), size);
            (onRows.isWhole() ? whole : rule.inhibitsOthers() ? inhibiting : others).add(onRows);
            if (rule.learnsBaseline() && given == null) {
                learning.or(onRows.scope());
            }
        }
        learning.and(index.withoutNominal());
        all.addAll(inhibiting);
        all.addAll(others);
        all.addAll(whole);
        bound = new BoundState(rules, roster, all);
        stepper = new ConditionStepper(context);
        silencer = new Silencer(roster);
    }

    boolean isFor(RuleSet otherRules, MinerIndex otherRoster) {
        return rules == otherRules && roster == otherRoster;
    }

    MinerIndex roster() {
        return roster;
    }

    HashrateBaselines baselines() {
        return baselines;
    }

    Optional<Evaluation> run(FleetSnapshot snapshot, AlertState state, Instant now, EvaluationContext around) {
        context.moveTo(snapshot, now, around, state.baselines());
        bound.moveTo(state.conditions());
        stepper.begin(now, state.conditions().size());
        unhealthy.clear();
        inhibited.clear();
        suspendFutureSamples(snapshot);
        findStopped(snapshot);
        for (int i = 0; i < all.size(); i++) {
            all.get(i).begin();
        }
        evaluate(inhibiting);
        evaluate(others);
        evaluate(whole);
        List<ClockAnomaly> anomalies = futureSamples(snapshot);
        transitions.clear();
        Map<ConditionKey, ConditionState> changed = stepper.changed();
        bound.withdrawLost(now, transitions, changed);
        collect();
        silencer.apply(state, now, bound.anySilenced(), transitions);
        Map<MinerAddress, Baseline> learned = learnBaselines(snapshot, state.baselines());
        if (transitions.isEmpty() && changed.isEmpty() && learned.isEmpty() && anomalies.isEmpty()) {
            return Optional.empty();
        }
        bound.tally(transitions);
        Evaluation evaluation = new Evaluation(state.version(), now, transitions, changed, learned, anomalies);
        transitions.clear();
        return Optional.of(evaluation);
    }

    List<RuleStatistics> statistics() {
        List<RuleStatistics> statistics = new ArrayList<>();
        all.forEach(rule -> statistics.add(rule.tally().statistics()));
        return statistics;
    }

    private void suspendFutureSamples(FleetSnapshot snapshot) {
        suspended.clear();
        for (int from = 0; from < roster.size(); from += BLOCK) {
            int to = Math.min(from + BLOCK, roster.size());
            ColumnScan.after(snapshot, context.nowMillis(), from, to, marks);
            for (int word = 0; word < RowBits.wordsFor(to - from); word++) {
                suspended.words()[from / Long.SIZE + word] = marks[word];
                marks[word] = 0;
            }
        }
    }

    private void findStopped(FleetSnapshot snapshot) {
        stopped.clear();
        for (int row = 0; row < roster.size(); row++) {
            if (snapshot.state(row).isStopped()) {
                stopped.set(row);
            }
        }
    }

    private List<ClockAnomaly> futureSamples(FleetSnapshot snapshot) {
        if (suspended.isEmpty()) {
            return List.of();
        }
        List<ClockAnomaly> anomalies = new ArrayList<>();
        for (int row : suspended.rows()) {
            anomalies.add(new ClockAnomaly.FutureSample(
                    roster.miner(row).address(), Instant.ofEpochMilli(snapshot.epochMillis(row))));
        }
        return anomalies;
    }

    private void evaluate(List<BoundRule> group) {
        for (int from = 0; from < roster.size(); from += BLOCK) {
            int to = Math.min(from + BLOCK, roster.size());
            for (int i = 0; i < group.size(); i++) {
                if (!group.get(i).isSparse()) {
                    evaluateBlock(group.get(i), from, to);
                }
            }
        }
        for (int i = 0; i < group.size(); i++) {
            if (group.get(i).isSparse()) {
                evaluateRows(group.get(i));
            }
        }
    }

    private void evaluateBlock(BoundRule rule, int from, int to) {
        long begun = ticker == null ? NOT_MEASURED : ticker.getAsLong();
        rule.scan(context, from, to, marks);
        for (int i = 0, word = from / Long.SIZE; i < RowBits.wordsFor(to - from); i++, word++) {
            long worth = (marks[i] | rule.trackedWord(word)) & rule.scopeWord(word);
            marks[i] = 0;
            for (long left = worth; left != 0; left &= left - 1) {
                int row = word * Long.SIZE + Long.numberOfTrailingZeros(left);
                judge(rule, row, row);
            }
        }
        if (ticker != null) {
            rule.tally().nanos += ticker.getAsLong() - begun;
        }
    }

    private void evaluateRows(BoundRule rule) {
        long begun = ticker == null ? NOT_MEASURED : ticker.getAsLong();
        int[] rows = rule.sparseRows();
        for (int slot = 0; slot < rows.length; slot++) {
            judge(rule, rows[slot], slot);
        }
        if (ticker != null) {
            rule.tally().nanos += ticker.getAsLong() - begun;
        }
    }

    private void judge(BoundRule rule, int row, int slot) {
        Verdict verdict = rule.judge(context, row);
        if (row == BoundRule.WHOLE_SCOPE) {
            stepper.step(rule, row, rule.state(slot), verdict);
            return;
        }
        RuleTally tally = rule.tally();
        boolean violated = verdict == Verdict.VIOLATED;
        if (suspended.get(row)) {
            tally.suspended += violated ? 1 : 0;
            return;
        } else if (inhibited.get(row) && !rule.rule().inhibitsOthers()) {
            tally.inhibited += violated ? 1 : 0;
            return;
        } else if (rule.rule().exceptStopped() && stopped.get(row)) {
            tally.stopped += violated ? 1 : 0;
            rest(rule, row, slot);
            return;
        }
        boolean open = stepper.step(rule, row, rule.state(slot), verdict);
        if (open && rule.rule().inhibitsOthers()) {
            inhibited.set(row);
        }
        if ((open || violated) && rule.rule().learnsBaseline()) {
            unhealthy.set(row);
        }
    }

    /** A miner that was stopped on purpose ends a pending time, and leaves an open alert as it is. */
    private void rest(BoundRule rule, int row, int slot) {
        ConditionState state = rule.state(slot);
        if (state.open() == null && !state.isNone()) {
            stepper.step(rule, row, state, Verdict.BETWEEN);
        }
    }

    private void collect() {
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).found().isEmpty()) {
                transitions.addAll(all.get(i).found());
                // what a storm found is not to be held until the next check
                all.get(i).found().clear();
            }
        }
    }

    private Map<MinerAddress, Baseline> learnBaselines(FleetSnapshot snapshot, Map<MinerAddress, Baseline> before) {
        Map<MinerAddress, Baseline> learned = null;
        for (int word = 0; word < learning.words().length; word++) {
            long rows = learning.words()[word]
                    & ~(unhealthy.words()[word]
                            | inhibited.words()[word]
                            | stopped.words()[word]
                            | suspended.words()[word]);
            for (long left = rows; left != 0; left &= left - 1) {
                int row = word * Long.SIZE + Long.numberOfTrailingZeros(left);
                Baseline baseline = snapshot.hasSample(row) ? HashrateBaselines.learn(snapshot, row, before) : null;
                if (baseline != null) {
                    learned = learned == null ? new HashMap<>() : learned;
                    learned.put(roster.miner(row).address(), baseline);
                }
            }
        }
        return learned == null ? Map.of() : learned;
    }
}
