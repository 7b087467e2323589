package io.minerops.core.internal.job;

import io.minerops.api.StoreException;
import io.minerops.api.alert.AlertState;
import io.minerops.api.event.Event;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.Store;
import io.minerops.core.alert.AlertEvaluator;
import io.minerops.core.alert.AlertTransition;
import io.minerops.core.alert.AlertTransition.Counts;
import io.minerops.core.alert.Evaluation;
import io.minerops.core.alert.Evaluation.ClockAnomaly;
import io.minerops.core.alert.RuleSet;
import io.minerops.core.alert.RuleStatistics;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.alert.internal.change.AlertWriter;
import io.minerops.core.alert.internal.change.AppliedChanges;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.alert.type.EvaluationContext;
import io.minerops.core.internal.dispatch.AlertAddressing;
import io.minerops.core.job.AlertListener;
import io.minerops.core.job.AlertReport;
import io.minerops.core.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Looks at the latest readings, and stores raised and resolved alerts together with their messages. */
public final class CheckAlertsJob implements JobTask {
    /** How often a check is repeated because alert state changed meanwhile. */
    private static final int MAX_ATTEMPTS = 10;

    private static final Logger log = LoggerFactory.getLogger(CheckAlertsJob.class);

    private final Store store;
    private final AlertWriter writer;
    private final RuleTypes types;
    private final Supplier<AlertAddressing> addressing;
    private final Supplier<Instant> observedSince;
    private final Supplier<Map<MinerAddress, Instant>> notReadAt;
    private final Supplier<Optional<Economics>> economics;
    private final InstantSource clock;
    private final List<AlertListener> listeners;

    private final RecentHistory recent;
    private final WorkHistory work;
    private final AlertEvaluator evaluator = new AlertEvaluator(System::nanoTime);

    private long compiledVersion = Long.MIN_VALUE;
    private RuleSet rules = RuleSet.compile(List.of());
    private Set<MinerAddress> knownFutureSamples = Set.of();
    private volatile @Nullable AlertReport lastCheck;
    private volatile List<RuleStatistics> statistics = List.of();

    /**
     * A job that has not checked yet.
     *
     * @param addressing the recipients of an alert, called once per alert
     * @param observedSince since when the fleet has been polled without a gap
     * @param economics what hashrate earns and power costs; empty where that is not known
     * @param listeners who hears of each check, in this order
     */
    public CheckAlertsJob(
            Store store,
            RuleTypes types,
            Supplier<AlertAddressing> addressing,
            Supplier<Instant> observedSince,
            Supplier<Optional<Economics>> economics,
            InstantSource clock,
            List<AlertListener> listeners) {
        this(store, types, addressing, observedSince, Map::of, economics, clock, listeners);
    }

    /**
     * A job that has not checked yet.
     *
     * @param addressing the recipients of an alert, called once per alert
     * @param observedSince since when the fleet has been polled without a gap
     * @param notReadAt when miners were last not read because of this machine
     * @param economics what hashrate earns and power costs; empty where that is not known
     * @param listeners who hears of each check, in this order
     */
    public CheckAlertsJob(
            Store store,
            RuleTypes types,
            Supplier<AlertAddressing> addressing,
            Supplier<Instant> observedSince,
            Supplier<Map<MinerAddress, Instant>> notReadAt,
            Supplier<Optional<Economics>> economics,
            InstantSource clock,
            List<AlertListener> listeners) {
        this.store = store;
        writer = new AlertWriter(store.alerts());
        this.notReadAt = notReadAt;
        this.types = types;
        this.addressing = addressing;
        this.observedSince = observedSince;
        this.economics = economics;
        recent = new RecentHistory(store.metrics());
        work = new WorkHistory(store.metrics());
        this.clock = clock;
        this.listeners = new CopyOnWriteArrayList<>(listeners);
    }

    @Override
    public String name() {
        return Job.CHECK_ALERTS.key();
    }

    /** What the last check came to; null before the first. */
    public @Nullable AlertReport lastCheck() {
        return lastCheck;
    }

    /** Adds a listener, which is called after those that were given, from the next check on. */
    public void addListener(AlertListener listener) {
        listeners.add(listener);
    }

    /** What the last check saw of each rule; empty before the first. */
    public List<RuleStatistics> statistics() {
        return statistics;
    }

    @Override
    public void run() {
        check(() -> clock.instant().truncatedTo(ChronoUnit.MILLIS), store.metrics()::latest);
    }

    /**
     * Checks the samples of a moment that has passed, as if it were now: for polls that were stored late.
     *
     * @param at the moment, ms; not before that of the last check
     * @param latest the samples that were the latest then
     */
    public void runAt(Instant at, FleetSnapshot latest) {
        check(() -> at, () -> latest);
    }

    /** One at a time: what the last check has compiled and counted is kept. */
    private synchronized void check(Supplier<Instant> time, Supplier<FleetSnapshot> samples) {
        long began = System.nanoTime();
        compileChangedRules();
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            Instant now = time.get();
            AlertState state = store.alerts().load();
            FleetSnapshot latest = samples.get();
            Evaluation evaluation = evaluator
                    .evaluate(rules, latest, state, now, around(latest, now))
                    .orElseGet(() -> Evaluation.nothing(state, now));
            Optional<AppliedChanges> applied = writer.apply(addressed(evaluation));
            if (applied.isPresent()) {
                AppliedChanges done = applied.get();
                reportOnce(evaluation.anomalies(), now);
                statistics = evaluator.statistics();
                announce(new AlertReport(
                        now,
                        Duration.ofNanos(System.nanoTime() - began),
                        done.raised(),
                        done.resolved(),
                        Counts.of(evaluation.transitions()),
                        statistics,
                        done.enqueued(),
                        attempt - 1));
                return;
            }
            log.debug("alert state changed during check {}; checking again", attempt);
        }
        throw new StoreException("alerts were not checked: their state changed during each of " + MAX_ATTEMPTS
                + " attempts; is another instance checking the same store?");
    }

    private void announce(AlertReport report) {
        lastCheck = report;
        // most checks change nothing; those are not worth a line each
        log.atLevel(report.raised().isEmpty() && report.resolved().isEmpty() ? Level.DEBUG : Level.INFO)
                .log(
                        "checked alerts: {} raised, {} resolved",
                        report.raised().size(),
                        report.resolved().size());
        for (AlertListener listener : listeners) {
            try {
                listener.checked(report);
            } catch (RuntimeException | Error e) {
                log.warn("a listener failed on the check of {}", report.at(), e);
            }
        }
    }

    private EvaluationContext around(FleetSnapshot latest, Instant now) {
        return new EvaluationContext(
                observedSince.get(),
                recent.until(now, latest.roster(), rules.lookback()),
                economics.get().orElse(null),
                notReadAt.get(),
                facts(now),
                work.until(now, latest.roster(), rules.workHours()));
    }

    private @Nullable Map<MinerAddress, List<Fact>> facts(Instant now) {
        Duration window = rules.factWindow();
        return window.isZero()
                ? null
                : store.facts().changedSince(now.minus(window)).stream().collect(Collectors.groupingBy(Fact::miner));
    }

    private void compileChangedRules() {
        long version = store.rules().version();
        if (version == compiledVersion) {
            return;
        }
        rules = RuleSet.compile(store.rules().all(), types);
        compiledVersion = version;
        rules.rejected().forEach((id, reason) -> warn("rule " + id + " is not watched: " + reason, null));
    }

    private Evaluation addressed(Evaluation found) {
        if (found.transitions().isEmpty()) {
            return found;
        }
        List<AlertTransition> transitions =
                found.transitions().stream().map(this::addressed).toList();
        return new Evaluation(
                found.baseVersion(),
                found.checkedAt(),
                transitions,
                found.conditions(),
                found.baselines(),
                found.anomalies());
    }

    private AlertTransition addressed(AlertTransition transition) {
        if (transition instanceof AlertTransition.Raised raised) {
            return raised.to(addressing.get().destinations(raised.rule()));
        } else if (transition instanceof AlertTransition.Escalated step) {
            return step.to(addressing.get().escalation(step.rule()));
        }
        return transition;
    }

    private void reportOnce(List<ClockAnomaly> anomalies, Instant now) {
        Set<MinerAddress> future = new HashSet<>();
        for (ClockAnomaly anomaly : anomalies) {
            if (anomaly instanceof ClockAnomaly.SteppedBack stepped) {
                warn("the clock stepped back from " + stepped.last() + " to " + now + "; nothing was concluded", null);
            } else if (anomaly instanceof ClockAnomaly.FutureSample sample) {
                future.add(sample.miner());
                if (!knownFutureSamples.contains(sample.miner())) {
                    warn(
                            "a sample has a time in the future, " + sample.sampledAt() + "; it is ignored",
                            sample.miner());
                }
            }
        }
        knownFutureSamples = future;
    }

    private void warn(String message, @Nullable MinerAddress miner) {
        log.warn("{}{}", miner == null ? "" : miner + ": ", message);
        store.events().record(Event.of(clock.instant(), Event.Level.WARNING, Job.CHECK_ALERTS.key(), miner, message));
    }
}
