package io.minerops.core.backtest;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.store.PollColumns;
import io.minerops.api.store.PollQuery;
import io.minerops.core.alert.RuleLinter;
import io.minerops.core.alert.RuleSet;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.alert.type.RuleTypeDefinition;
import io.minerops.core.alert.type.RuleTypeDefinition.Tuning;
import io.minerops.core.backtest.BacktestReport.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tries a rule on stored history: which alerts it would have raised, for how long, and which value of its threshold would
 * have raised few enough. The engine itself judges, with the rule's times, cooldown and scope, as if the rule had been
 * the only one; miners are taken as they are registered now. One pass over the history serves the rule and the values
 * that it is compared with.
 */
public final class Backtest {
    /** How many other values of the threshold are tried. */
    static final int CANDIDATES = 36;

    /** A rule that looks back costs a window per miner and check, so fewer are tried. */
    static final int CANDIDATES_LOOKING_BACK = 4;

    private Backtest() {}

    /**
     * Tries a rule.
     *
     * @param types the types that are known
     * @param roster the miners as they are registered
     * @param history gives polls as {@link io.minerops.api.store.MetricStore#polls} does: {@code store.metrics()::polls}
     * @throws InvalidArgumentException if the rule cannot be watched
     */
    public static BacktestReport run(
            BacktestRequest request,
            RuleTypes types,
            MinerIndex roster,
            BiConsumer<PollQuery, Predicate<PollColumns>> history) {
        AlertRule rule = request.rule().toBuilder().id(1).enabled(true).build();
        types.validate(rule);
        RuleSet compiled = RuleSet.compile(List.of(rule), types);
        Tuning tuning = types.definition(rule.type())
                .flatMap(type -> tuning(type, rule))
                .orElse(null);
        BacktestPass trial = new BacktestPass(compiled);
        List<BacktestPass> others = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        if (tuning != null) {
            int candidates = compiled.lookback().duration().isZero() ? CANDIDATES : CANDIDATES_LOOKING_BACK;
            for (double value : values(tuning, candidates)) {
                AlertRule other = with(rule, tuning.threshold(), value, types);
                if (other != null) {
                    others.add(trial.following(RuleSet.compile(List.of(other), types)));
                    values.add(value);
                }
            }
        }
        Replay replay = new Replay(request, roster, compiled, trial, others);
        history.accept(
                new PollQuery(roster, request.since(), request.until(), Replay.reads(request, compiled)), replay);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < others.size() && tuning != null; i++) {
            int count = others.get(i).count();
            candidates.add(new Candidate(
                    tuning.threshold(), values.get(i), count, replay.perWeek(count), replay.found(others.get(i))));
        }
        List<String> warnings = new ArrayList<>(RuleLinter.of(rule, types, roster));
        types.definition(rule.type())
                .flatMap(RuleTypeDefinition::notInHistory)
                .ifPresent(reason -> warnings.add(0, reason));
        warnings.addAll(replay.warnings());
        return trial.report(
                replay,
                suggestion(candidates, request.maxPerWeek()),
                candidates,
                cheapest(candidates, request.usdPerAlert()),
                warnings);
    }

    /**
     * The value that costs least: its alerts are handled, and what miners lose outside of them is not found. As for the
     * suggestion, a stricter value that raises fewer than a milder one has alerts that do not end, and the search ends.
     */
    static @Nullable Candidate cheapest(List<Candidate> candidates, @Nullable Double usdPerAlert) {
        Candidate least = null;
        double leastUsd = Double.POSITIVE_INFINITY;
        int milder = 0;
        for (Candidate candidate : candidates) {
            Double found = candidate.foundUsd();
            if (found == null || usdPerAlert == null) {
                return null;
            }
            if (candidate.count() < milder) {
                return least;
            }
            milder = candidate.count();
            double usd = candidate.count() * usdPerAlert - found;
            if (usd < leastUsd) {
                leastUsd = usd;
                least = candidate;
            }
        }
        return least;
    }

    private static Optional<Tuning> tuning(RuleTypeDefinition type, AlertRule rule) {
        return type.tuning(rule);
    }

    /** From the mildest to the strictest, evenly. */
    static double[] values(Tuning tuning, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            double value = tuning.mildest() + (tuning.strictest() - tuning.mildest()) * i / (count - 1);
            values[i] = Math.round(value * 1_000) / 1_000.0;
        }
        return values;
    }

    /**
     * The rule with another value of a threshold; null where that makes no rule. A clearing limit that would then
     * contradict it is dropped, so that the type's default holds.
     */
    static @Nullable AlertRule with(AlertRule rule, String threshold, double value, RuleTypes types) {
        Map<String, Double> thresholds = new TreeMap<>(rule.thresholds().asMap());
        thresholds.put(threshold, value);
        AlertRule other = valid(rule, thresholds, types);
        if (other == null && thresholds.keySet().removeIf(name -> name.startsWith("clear_"))) {
            other = valid(rule, thresholds, types);
        }
        return other;
    }

    private static @Nullable AlertRule valid(AlertRule rule, Map<String, Double> thresholds, RuleTypes types) {
        AlertRule other = rule.toBuilder().thresholds(Thresholds.of(thresholds)).build();
        try {
            types.validate(other);
            return other;
        } catch (InvalidArgumentException e) {
            // a value at which the rule would contradict itself is not one to suggest
            return null;
        }
    }

    /**
     * The strictest of the values that, like all milder ones, raise few enough. A stricter value that raises fewer than a
     * milder one does so because its alerts do not end any more: that is not quiet, and the search ends before it.
     */
    static @Nullable Candidate suggestion(List<Candidate> candidates, double maxPerWeek) {
        Candidate suggestion = null;
        for (Candidate candidate : candidates) {
            boolean endless = suggestion != null && candidate.count() < suggestion.count();
            if (candidate.perWeek() > maxPerWeek || endless) {
                return suggestion;
            }
            suggestion = candidate;
        }
        return suggestion;
    }
}
