package io.minerops.core.alert;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.AlertTransition;
import io.minerops.api.alert.Baseline;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.alert.TransitionBatch;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One check of the fleet, rule by rule and row by row. The state of the last check is sparse, so it is spread over the
 * rows only for rules that have any; the usual row costs one judgement and nothing else.
 */
final class FleetCheck {
    private final RuleSet rules;
    private final FleetSnapshot snapshot;
    private final AlertState state;
    private final Instant now;
    private final CheckContext context;

    /** Rows of which nothing may be concluded, because their sample comes from the future. */
    private final boolean[] suspended;
    /** Rows whose miner has an open alert that inhibits the other rules. */
    private final boolean[] inhibited;
    /** Rows whose hash rate is not to be learned from. */
    private final boolean[] unhealthy;

    private final List<AlertTransition> transitions = new ArrayList<>();
    private final Map<ConditionKey, ConditionState> changed = new LinkedHashMap<>();
    private final List<ClockAnomaly> anomalies = new ArrayList<>();

    FleetCheck(RuleSet rules, FleetSnapshot snapshot, AlertState state, Instant now, @Nullable Instant observedSince) {
        this.rules = rules;
        this.snapshot = snapshot;
        this.state = state;
        this.now = now;
        context = new CheckContext(
                snapshot,
                now.toEpochMilli(),
                observedSince == null ? Long.MIN_VALUE : observedSince.toEpochMilli(),
                new HashrateBaselines(snapshot, state.baselines()));
        suspended = new boolean[snapshot.size()];
        inhibited = new boolean[snapshot.size()];
        unhealthy = new boolean[snapshot.size()];
    }

    Evaluation run() {
        suspendFutureSamples();
        Map<Long, ConditionState[]> spread = spreadState();
        for (CompiledRule rule : rules.active()) {
            judge(rule, spread.get(rule.id()));
        }
        TransitionBatch batch = new TransitionBatch(state.version(), now, transitions, changed, learnBaselines());
        return new Evaluation(batch, anomalies);
    }

    private void suspendFutureSamples() {
        for (int row = 0; row < snapshot.size(); row++) {
            if (snapshot.epochMillis(row) > context.nowMillis()) {
                suspended[row] = true;
                anomalies.add(new ClockAnomaly.FutureSample(
                        snapshot.miner(row).address(), Instant.ofEpochMilli(snapshot.epochMillis(row))));
            }
        }
    }

    /** Gives each active rule its conditions by row, and withdraws those that no rule watches any more. */
    private Map<Long, ConditionState[]> spreadState() {
        Map<Long, CompiledRule> active = new HashMap<>();
        rules.active().forEach(rule -> active.put(rule.id(), rule));
        Map<Long, ConditionState[]> spread = new HashMap<>();
        state.conditions().forEach((key, condition) -> {
            CompiledRule rule = active.get(key.ruleId());
            int row = snapshot.row(key.miner());
            if (rule != null && row >= 0 && rule.scope().matches(snapshot.miner(row))) {
                spread.computeIfAbsent(key.ruleId(), id -> new ConditionState[snapshot.size()])[row] = condition;
            } else if (!rules.rejected().containsKey(key.ruleId())) {
                withdraw(key, condition, rule, row);
            }
        });
        return spread;
    }

    private void withdraw(ConditionKey key, ConditionState condition, @Nullable CompiledRule rule, int row) {
        AlertRule stored = rules.all().get(key.ruleId());
        if (condition.open() != null) {
            String why = stored == null
                    ? "The rule was deleted"
                    : rule == null
                            ? "The rule was disabled"
                            : row < 0 ? "The miner was removed" : "The rule no longer covers this miner";
            transitions.add(
                    new AlertTransition.Withdrawn(key, now, condition.open().alertId(), why));
        }
        change(
                key,
                condition,
                stored == null || row < 0
                        ? ConditionState.NONE
                        : ConditionStep.withdrawn(stored.cooldown(), condition, now));
    }

    private void judge(CompiledRule rule, ConditionState @Nullable [] states) {
        boolean everyMiner = rule.scope().isEveryMiner();
        boolean aboutHashrate = HashrateRule.learns(rule.rule());
        for (int row = 0; row < snapshot.size(); row++) {
            if (suspended[row]
                    || (inhibited[row] && !rule.inhibitsOthers())
                    || !(everyMiner || rule.scope().matches(snapshot.miner(row)))) {
                continue;
            }
            ConditionState condition = states == null || states[row] == null ? ConditionState.NONE : states[row];
            Verdict verdict = rule.condition().judge(context, row);
            boolean atRest = verdict != Verdict.VIOLATED && condition.isNone();
            boolean open = !atRest && step(rule, row, condition, verdict);
            inhibited[row] |= open && rule.inhibitsOthers();
            unhealthy[row] |= aboutHashrate && (open || verdict == Verdict.VIOLATED);
        }
    }

    /** Takes one condition a step further and says whether an alert is open after it. */
    private boolean step(CompiledRule rule, int row, ConditionState condition, Verdict verdict) {
        ConditionKey key = new ConditionKey(rule.id(), snapshot.miner(row).address());
        ConditionStep step = ConditionStep.of(rule, condition, verdict, now);
        switch (step.change()) {
            case RAISE -> {
                Condition.Finding finding = rule.condition().describe(context, row);
                transitions.add(new AlertTransition.Raised(
                        key, now, rule.rule(), finding.message(), finding.details(), List.of()));
            }
            case REMIND -> transitions.add(new AlertTransition.Reminded(key, now, openId(condition)));
            case CLEAR ->
                transitions.add(new AlertTransition.Cleared(
                        key,
                        now,
                        openId(condition),
                        rule.condition().describe(context, row).message()));
            case NONE -> {}
        }
        change(key, condition, step.next());
        return step.change() == ConditionStep.Change.RAISE || step.next().open() != null;
    }

    private void change(ConditionKey key, ConditionState before, ConditionState after) {
        if (!before.sameTimes(after)) {
            changed.put(key, after);
        }
    }

    private Map<MinerAddress, Baseline> learnBaselines() {
        boolean[] learns = new boolean[snapshot.size()];
        boolean any = false;
        for (CompiledRule rule : rules.active()) {
            if (HashrateRule.learns(rule.rule())) {
                any = true;
                for (int row = 0; row < learns.length; row++) {
                    learns[row] |= rule.scope().matches(snapshot.miner(row));
                }
            }
        }
        if (!any) {
            return Map.of();
        }
        Map<MinerAddress, Baseline> learned = new HashMap<>();
        for (int row = 0; row < learns.length; row++) {
            if (learns[row] && !unhealthy[row] && !inhibited[row] && !suspended[row] && snapshot.hasSample(row)) {
                Baseline baseline = context.baselines().learn(row);
                if (baseline != null) {
                    learned.put(snapshot.miner(row).address(), baseline);
                }
            }
        }
        return learned;
    }

    private static long openId(ConditionState condition) {
        return Objects.requireNonNull(condition.open(), "only an open alert is reminded of or cleared")
                .alertId();
    }
}
