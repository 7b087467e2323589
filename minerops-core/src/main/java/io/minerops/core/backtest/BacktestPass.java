package io.minerops.core.backtest;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.Baseline;
import io.minerops.api.internal.CompensatedSum;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MinerAddress;
import io.minerops.core.alert.AlertEvaluator;
import io.minerops.core.alert.Evaluation;
import io.minerops.core.alert.RuleSet;
import io.minerops.core.alert.internal.change.AlertLedger;
import io.minerops.core.alert.internal.change.AppliedChanges;
import io.minerops.core.alert.type.EvaluationContext;
import io.minerops.core.backtest.BacktestReport.BacktestAlert;
import io.minerops.core.backtest.BacktestReport.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One rule on its way through the past, with a state of its own. */
final class BacktestPass {
    private static final int MAX_MINERS = 10;

    private final RuleSet rules;
    private final AlertEvaluator evaluator;
    private final AlertLedger ledger = new AlertLedger();
    private final Map<Long, Integer> places = new HashMap<>();
    private final List<BacktestAlert> alerts = new ArrayList<>();
    private final List<Duration> lengths = new ArrayList<>();
    private final Map<MinerAddress, Integer> byMiner = new HashMap<>();
    private final CompensatedSum found = new CompensatedSum();
    private int count;

    BacktestPass(RuleSet rules) {
        this(rules, new AlertEvaluator());
    }

    /** Another value of the rule's threshold: it judges by what the rule has learned. */
    BacktestPass following(RuleSet other) {
        return new BacktestPass(other, AlertEvaluator.following(evaluator));
    }

    private BacktestPass(RuleSet rules, AlertEvaluator evaluator) {
        this.rules = rules;
        this.evaluator = evaluator;
    }

    int count() {
        return count;
    }

    /** Adds what the miners of open alerts have lost since the check before. */
    void find(LossMeter losses) {
        for (Alert alert : ledger.open()) {
            MinerAddress miner = alert.miner();
            if (miner != null) {
                found.add(losses.usd(miner));
            }
        }
    }

    /** What was lost while alerts were open, USD. */
    double foundUsd() {
        return found.value();
    }

    /** What the miners have shown while they were healthy, as far as this rule has learned it. */
    Map<MinerAddress, Baseline> baselines() {
        return ledger.state().baselines();
    }

    /** Judges by what it has learned itself. */
    void check(FleetSnapshot snapshot, Instant now, EvaluationContext around) {
        check(snapshot, now, around, ledger.state());
    }

    /** Judges by what another has learned: each value is to be held against the same past. */
    void check(FleetSnapshot snapshot, Instant now, EvaluationContext around, Map<MinerAddress, Baseline> learned) {
        AlertState own = ledger.state();
        check(
                snapshot,
                now,
                around,
                new AlertState(own.version(), own.checkedAt(), own.conditions(), learned, own.silences()));
    }

    private void check(FleetSnapshot snapshot, Instant now, EvaluationContext around, AlertState state) {
        Optional<Evaluation> found = evaluator.evaluate(rules, snapshot, state, now, around);
        if (found.isPresent()) {
            AppliedChanges applied = ledger.apply(found.get());
            applied.raised().forEach(this::raised);
            applied.resolved().forEach(this::ended);
        }
    }

    private void raised(Alert alert) {
        count++;
        MinerAddress miner = alert.miner();
        if (miner != null) {
            byMiner.merge(miner, 1, Integer::sum);
        }
        if (alerts.size() < BacktestReport.MAX_ALERTS) {
            places.put(alert.id(), alerts.size());
            alerts.add(new BacktestAlert(miner, alert.createdAt(), null, alert.severity(), alert.message()));
        }
    }

    private void ended(Alert alert) {
        lengths.add(Duration.between(alert.createdAt(), alert.updatedAt()));
        Integer place = places.remove(alert.id());
        if (place != null) {
            BacktestAlert begun = alerts.get(place);
            alerts.set(
                    place,
                    new BacktestAlert(
                            begun.miner(), begun.raisedAt(), alert.updatedAt(), begun.severity(), begun.message()));
        }
    }

    BacktestReport report(
            Replay replay,
            @Nullable Candidate suggestion,
            List<Candidate> candidates,
            @Nullable Candidate cheapest,
            List<String> warnings) {
        List<Duration> all = new ArrayList<>(lengths);
        Instant end = replay.lastCheck();
        ledger.open().forEach(alert -> all.add(Duration.between(alert.createdAt(), end)));
        all.sort(Comparator.naturalOrder());
        return new BacktestReport(
                replay.firstPoll(),
                replay.lastPoll(),
                replay.observed(),
                replay.polls(),
                replay.samples(),
                replay.checks(),
                count,
                replay.perWeek(count),
                all.stream().reduce(Duration.ZERO, Duration::plus),
                all.isEmpty() ? Duration.ZERO : all.get(all.size() - 1),
                all.isEmpty() ? Duration.ZERO : all.get(all.size() / 2),
                mostTroubled(),
                List.copyOf(alerts),
                suggestion,
                List.copyOf(candidates),
                replay.found(this),
                cheapest,
                List.copyOf(warnings));
    }

    private Map<MinerAddress, Integer> mostTroubled() {
        Map<MinerAddress, Integer> most = new LinkedHashMap<>();
        byMiner.entrySet().stream()
                .sorted(Map.Entry.<MinerAddress, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MAX_MINERS)
                .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
        return most;
    }
}
