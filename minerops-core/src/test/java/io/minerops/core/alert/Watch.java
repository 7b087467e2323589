package io.minerops.core.alert;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.Baseline;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Silence;
import io.minerops.api.alert.StatusChange;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.AlertQuery;
import io.minerops.api.store.HistoryQuery;
import io.minerops.core.alert.Evaluation.ClockAnomaly;
import io.minerops.core.alert.internal.change.AlertWriter;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.alert.type.EvaluationContext;
import io.minerops.core.alert.type.RecentReadings;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A fleet under the engine, minute by minute: samples come in, checks run, and what changed is written down. */
public final class Watch {
    public static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    public static final MinerAddress MINER = MinerAddress.of("10.0.0.1");

    public final InMemoryStore store = new InMemoryStore();
    public final AlertWriter writer = new AlertWriter(store.alerts());
    private Instant observedSince = START.minus(Duration.ofDays(1));
    private final Map<MinerAddress, Instant> notReadAt = new HashMap<>();
    private List<ClockAnomaly> anomalies = List.of();
    private @Nullable Economics economics;

    public static Instant minute(double minutes) {
        return START.plus(Duration.ofMillis(Math.round(minutes * 60_000)));
    }

    public static AlertRule.Builder rule(RuleType type, Map<String, Double> thresholds) {
        return AlertRule.builder("the rule", type).thresholds(Thresholds.of(thresholds));
    }

    public static AlertRule.Builder hot(Map<String, Double> thresholds) {
        return rule(RuleType.TEMP, thresholds);
    }

    public AlertRule with(AlertRule.Builder rule) {
        return store.rules().create(rule.build(), START);
    }

    public Watch miner(Miner.Builder miner) {
        store.miners().put(miner.build());
        return this;
    }

    public static Miner.Builder aMiner() {
        return Miner.builder(MINER, START);
    }

    public Watch observedSince(double minutes) {
        observedSince = minute(minutes);
        return this;
    }

    public Watch notRead(double minutes, MinerAddress miner) {
        notReadAt.put(miner, minute(minutes));
        return this;
    }

    public Watch sample(double minutes, Reading reading, double value) {
        return sample(minutes, MINER, reading, value);
    }

    public Watch sample(double minutes, MinerAddress miner, Reading reading, double value) {
        return sample(minutes, miner, Map.of(reading, value));
    }

    public Watch sample(double minutes, MinerAddress miner, Map<Reading, Double> readings) {
        MetricSample.Builder sample = MetricSample.builder(miner, minute(minutes));
        readings.forEach(sample::set);
        store.metrics().append(Poll.of(minute(minutes), List.of(sample.build())));
        return this;
    }

    public Watch temperature(double minutes, double celsius) {
        return sample(minutes, Reading.AVG_TEMP_C, celsius);
    }

    public Watch hashrate(double minutes, double ths) {
        return sample(minutes, Reading.HASHRATE_THS, ths);
    }

    /** Checks at that minute and gives what changed, such as {@code raised} and {@code auto_resolved}. */
    public List<String> check(double minutes) {
        Evaluation evaluation = evaluate(minutes);
        if (writer.apply(evaluation).isEmpty()) {
            throw new IllegalStateException("the check of minute " + minutes + " was refused");
        }
        anomalies = evaluation.anomalies();
        List<String> events = new ArrayList<>();
        for (AlertTransition transition : evaluation.transitions()) {
            events.add(name(transition));
        }
        return events;
    }

    public Evaluation evaluate(double minutes) {
        FleetSnapshot latest = store.metrics().latest();
        return AlertEngine.evaluate(
                RuleSet.compile(store.rules().all()),
                latest,
                store.alerts().load(),
                minute(minutes),
                around(minutes, latest.roster()));
    }

    /** The last day as the store has it, and the economics that were given. */
    private EvaluationContext around(double minutes, MinerIndex roster) {
        RecentReadings recent = new RecentReadings(roster, Reading.all());
        store.metrics()
                .history(
                        new HistoryQuery(null, minute(minutes - 24 * 60), minute(minutes + 0.001), null, 1_000_000),
                        (at, sample) -> {
                            int row = roster.row(sample.miner());
                            if (recent.polls() == 0 || recent.epochMillis(recent.polls() - 1) < at.toEpochMilli()) {
                                recent.addPoll(at.toEpochMilli());
                            }
                            if (row >= 0) {
                                Reading.all().forEach(reading -> recent.set(reading, row, sample.value(reading)));
                            }
                        });
        return new EvaluationContext(
                observedSince,
                recent,
                economics,
                notReadAt,
                store.facts().changedSince(minute(minutes).minus(Duration.ofDays(31))).stream()
                        .collect(Collectors.groupingBy(Fact::miner)),
                null);
    }

    public Watch economics(double revenueUsdPerThDay, double tariffUsdPerKwh) {
        economics = new Economics(revenueUsdPerThDay, tariffUsdPerKwh);
        return this;
    }

    public List<ClockAnomaly> anomalies() {
        return anomalies;
    }

    /** What the miner has shown while it was healthy. */
    public Baseline baseline() {
        return Objects.requireNonNull(store.alerts().load().baselines().get(MINER), "a baseline was learned");
    }

    /** The newest alert. */
    public Alert newest() {
        return store.alerts().find(AlertQuery.newest(1)).items().get(0);
    }

    public Watch acknowledge(double minutes) {
        return changed(writer.acknowledge(newest().id(), "ops", minute(minutes)));
    }

    public Watch resolve(double minutes) {
        return changed(writer.resolve(newest().id(), "ops", "done", minute(minutes)));
    }

    /** Silences something from one minute to another. */
    public Silence silence(double from, double to, Consumer<Silence.Builder> what) {
        Silence.Builder silence = Silence.builder(minute(from), minute(to));
        what.accept(silence);
        return store.silences().create(silence.build(), minute(from));
    }

    private Watch changed(StatusChange change) {
        if (!(change instanceof StatusChange.Changed)) {
            throw new IllegalStateException("not changed: " + change);
        }
        return this;
    }

    private static String name(AlertTransition transition) {
        if (transition instanceof AlertTransition.Raised raised) {
            return raised.silenced() ? "raised in silence" : "raised";
        } else if (transition instanceof AlertTransition.Reminded) {
            return "reminded";
        } else if (transition instanceof AlertTransition.Cleared) {
            return "auto_resolved";
        } else if (transition instanceof AlertTransition.Escalated step) {
            return "escalated to " + step.severity().name().toLowerCase(Locale.ROOT);
        }
        return transition.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
