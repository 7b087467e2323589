package io.minerops.core;

import io.minerops.api.HealthContributor;
import io.minerops.api.InvalidArgumentException;
import io.minerops.api.StoreException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.miner.ControlAction;
import io.minerops.api.miner.ControlResult;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerControl;
import io.minerops.api.store.StandaloneMetricStore;
import io.minerops.api.store.Store;
import io.minerops.core.alert.RuleStatistics;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.discovery.Discovery;
import io.minerops.core.health.Health;
import io.minerops.core.internal.dispatch.NotificationChannels;
import io.minerops.core.internal.dispatch.NotificationDispatcher;
import io.minerops.core.internal.dispatch.RetrySchedule;
import io.minerops.core.internal.health.HealthMonitor;
import io.minerops.core.internal.job.CalculateProfitabilityJob;
import io.minerops.core.internal.job.CheckAlertsJob;
import io.minerops.core.internal.job.DispatchNotificationsJob;
import io.minerops.core.internal.job.JobScheduler;
import io.minerops.core.internal.job.PollMetricsJob;
import io.minerops.core.internal.job.PruneHistoryJob;
import io.minerops.core.job.AlertListener;
import io.minerops.core.job.AlertReport;
import io.minerops.core.job.Job;
import io.minerops.core.job.JobStatus;
import io.minerops.core.job.MinersNotReadException;
import io.minerops.core.job.PollReport;
import io.minerops.core.market.MarketData;
import io.minerops.core.service.AlertService;
import io.minerops.core.service.DiscoveryService;
import io.minerops.core.service.EventService;
import io.minerops.core.service.FleetService;
import io.minerops.core.service.NotificationService;
import io.minerops.core.service.ProfitabilityService;
import io.minerops.core.service.RuleService;
import io.minerops.core.service.SilenceService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A monitored fleet: polls the miners, checks the alerts, sends the messages and calculates the profitability, each on
 * its own schedule, over one store. Thread-safe.
 *
 * <p>It owns what it was built with: {@link #close()} closes the store, the miner client, the miner control and the
 * notifiers.
 */
public final class MinerOps implements AutoCloseable {
    /** How often what is due in the outbox is sent, beside right after each check. */
    static final Duration DISPATCH_INTERVAL = Duration.ofSeconds(5);

    /** How often old data is deleted. */
    static final Duration PRUNE_INTERVAL = Duration.ofHours(1);

    private static final int POLLS_ONLINE = 3;

    private static final Logger log = LoggerFactory.getLogger(MinerOps.class);

    private final MinerOpsConfig parts;
    private final Store store;
    private final MarketData market;
    private final ProfitabilityService profitability;
    private final FleetService fleet;
    private final RuleService rules;
    private final AlertService alerts;
    private final SilenceService silences;
    private final NotificationService notifications;
    private final EventService events;
    private final PollMetricsJob poll;
    private final CheckAlertsJob check;
    private final DiscoveryService discoveries;
    private final NotificationChannels channels;
    private final NotificationDispatcher dispatcher;
    private final JobScheduler scheduler;
    private final HealthMonitor health;
    private final @Nullable AuditedControl control;
    private boolean started;
    private volatile boolean closed;

    MinerOps(MinerOpsConfig parts) {
        this.parts = parts;
        StandaloneMetricStore metrics = parts.metrics;
        store = metrics == null ? parts.store : parts.store.withMetrics(metrics);
        market = new MarketData(parts.priceSource, parts.difficultySource, parts.clock);
        profitability = new ProfitabilityService(store, market, parts.profitability, parts.clock);
        scheduler = new JobScheduler(
                store.lease(), store.events(), parts.clock, parts.jobListeners, parts.executor, parts.threadFactory);
        poll = new PollMetricsJob(
                parts.minerClient,
                store,
                parts.range.addresses(),
                parts.pollInterval,
                parts.minerDeadline,
                parts.clock,
                report -> afterPoll());
        channels = new NotificationChannels(parts.notifiers, parts.escalation);
        check = new CheckAlertsJob(
                store,
                parts.ruleTypes,
                channels::addressing,
                poll::observedSince,
                poll::notReadAt,
                profitability::knownEconomics,
                parts.clock,
                listeners());
        MinerControl given = parts.minerControl;
        control = given == null ? null : new AuditedControl(given, store.events(), parts.clock);
        discoveries = new DiscoveryService(new Discovery(parts.minerClient, parts.discovery), store, parts.clock);
        dispatcher = new NotificationDispatcher(
                store.outbox(), store.events(), channels, RetrySchedule.STANDARD, parts.clock, this::sendDueSoon);
        fleet = new FleetService(store.miners(), store.metrics(), onlineWithin(), parts.clock);
        rules = new RuleService(
                store,
                parts.ruleTypes,
                profitability::knownEconomics,
                () -> checkAlertsNow().resolved(),
                channels::names,
                parts.clock);
        alerts = new AlertService(store.alerts(), this::sendDueSoon, parts.clock);
        silences = new SilenceService(store.silences(), this::checkAlertsNow, parts.clock);
        notifications = new NotificationService(store.outbox(), channels, parts.clock);
        events = new EventService(store.events(), parts.clock);
        addJobs();
        health = new HealthMonitor(components(), store.events(), parts.clock, System::nanoTime, parts.threadFactory);
        createFirstRules();
    }

    private void createFirstRules() {
        parts.firstRules.forEach(parts.ruleTypes::validate);
        if (!parts.firstRules.isEmpty() && store.rules().version() == 0) {
            rules.createIfNone(parts.firstRules);
        }
    }

    /** Starts collecting the parts; {@link MinerOpsBuilder#store} is the only one that must be given. */
    public static MinerOpsBuilder builder() {
        return new MinerOpsBuilder();
    }

    private void addJobs() {
        scheduler
                .add(poll, parts.pollInterval, Duration.ZERO)
                .add(check, parts.alertInterval, firstAfterPoll(parts.alertInterval))
                .add(
                        new CalculateProfitabilityJob(() -> profitability.snapshotNow(null)),
                        parts.profitabilityInterval,
                        firstAfterPoll(parts.profitabilityInterval))
                .add(new DispatchNotificationsJob(dispatcher), DISPATCH_INTERVAL, Duration.ZERO)
                .add(
                        new PruneHistoryJob(
                                store, parts.metricsRetention, parts.rollupRetention, parts.pollInterval, parts.clock),
                        PRUNE_INTERVAL,
                        Duration.ofMinutes(1));
        parts.leftOut.forEach(job -> scheduler.leaveOut(job.key()));
    }

    private List<HealthContributor> components() {
        List<HealthContributor> components = new ArrayList<>();
        components.add(HealthContributor.of(Health.DATABASE, this::databaseFault));
        components.addAll(scheduler.health(parts.maxFailedRuns));
        List<@Nullable Object> given = new ArrayList<>(parts.notifiers);
        given.add(0, parts.minerClient);
        given.add(parts.store);
        given.add(parts.metrics);
        given.add(parts.minerControl);
        for (Object part : given) {
            if (part instanceof HealthContributor contributor) {
                components.add(contributor);
            }
        }
        components.addAll(parts.healthContributors);
        return components;
    }

    private Optional<String> databaseFault() {
        try {
            store.ping();
            return Optional.empty();
        } catch (StoreException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** A poll and the longest exchange with a miner, thrice: two polls may fail before a miner counts as offline. */
    private Duration onlineWithin() {
        return parts.pollInterval
                .plus(parts.minerDeadline.dividedBy(MinerOpsBuilder.MAX_EXCHANGES))
                .multipliedBy(POLLS_ONLINE);
    }

    /** The first run waits for the first poll, but no longer than a usual interval. */
    private Duration firstAfterPoll(Duration interval) {
        Duration afterPoll = parts.minerDeadline.plusSeconds(2);
        return interval.compareTo(afterPoll) < 0 ? interval : afterPoll;
    }

    /**
     * Registers the miners that the range names one by one, and starts the jobs; does nothing where they run already.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    public synchronized void start() {
        requireOpen();
        if (!started) {
            started = true;
            store.miners().register(parts.range.named(), parts.clock.instant());
            scheduler.start();
            health.start();
            log.info("watching {} addresses", parts.range.addresses().size());
            warnWithoutRules();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this MinerOps is closed; build another");
        }
    }

    private void warnWithoutRules() {
        if (store.rules().all().stream().noneMatch(AlertRule::enabled)) {
            log.warn("no alert can be raised: no rule is enabled; create one, or build with"
                    + " rulesIfNone(DefaultRules.standard()) over a new store");
        }
    }

    /**
     * The store that was given, with the metrics of {@link MinerOpsBuilder#metrics} if those were given, for a program
     * that extends MinerOps. What is written here is not validated and has no effect before the next run of a job; use the
     * services: {@link #fleet()}, {@link #rules()} and so on.
     */
    public Store store() {
        return store;
    }

    /** The miners: registered, online, measured. */
    public FleetService fleet() {
        return fleet;
    }

    /** The rules that raise alerts, and backtests of them. */
    public RuleService rules() {
        return rules;
    }

    /** The alerts: list, acknowledge, resolve. */
    public AlertService alerts() {
        return alerts;
    }

    /** The silences: when alerts send no messages. */
    public SilenceService silences() {
        return silences;
    }

    /** The messages, and the channels that they are sent on. */
    public NotificationService notifications() {
        return notifications;
    }

    /** What happened to miners, jobs and components. */
    public EventService events() {
        return events;
    }

    /** The rule types that are known here; {@link RuleTypes#validate} says whether a rule can be watched. */
    public RuleTypes ruleTypes() {
        return parts.ruleTypes;
    }

    /** How each job fares. */
    public List<JobStatus> jobs() {
        return scheduler.status();
    }

    /**
     * Whether this works, and which component does not: the database, checked by a write; each job, with the runs that
     * failed in a row; the parts that were given and the contributors of {@link MinerOpsBuilder#health}. From
     * {@link #start()} on, a component that fails and one that works again are recorded as events.
     *
     * @return the state, at most 1 s old
     */
    public Health health() {
        return health.health();
    }

    /**
     * Runs a job now, after a run of it under way has ended, and waits for the end; for a program with a scheduler of its
     * own. It works with and without {@link #start()}, and for jobs that {@link MinerOpsBuilder#without} leaves out.
     *
     * <pre>{@code
     * MinerOps ops = MinerOps.builder().store(store).without(Job.values()).build();
     * scheduler.scheduleAtFixedRate(() -> ops.run(Job.POLL_METRICS), 0, 30, TimeUnit.SECONDS);
     * scheduler.scheduleAtFixedRate(() -> ops.run(Job.CHECK_ALERTS), 40, 120, TimeUnit.SECONDS);
     * scheduler.scheduleAtFixedRate(() -> ops.run(Job.DISPATCH_NOTIFICATIONS), 0, 5, TimeUnit.SECONDS);
     * }</pre>
     *
     * @return whether it ran; false where another instance on the same store holds the job's lease
     * @throws RuntimeException what the job throws; it is recorded in {@link #jobs()} too
     * @throws IllegalStateException after {@link #close()}
     */
    public boolean run(Job job) {
        requireOpen();
        return scheduler.runUnderLease(job.key());
    }

    /**
     * Polls now, after a poll under way has ended, and waits for the end. Miners that this machine could not read are in
     * the report, as {@code NotRead}, and in the status of the job, which then has failed.
     */
    public PollReport pollNow() {
        try {
            scheduler.runNow(Job.POLL_METRICS.key());
        } catch (MinersNotReadException e) {
            log.debug("a requested poll did not read all miners", e);
        }
        return Objects.requireNonNull(poll.lastPoll(), "a poll that has ended left its report");
    }

    /** What the last poll came to; null before the first. */
    public @Nullable PollReport lastPoll() {
        return poll.lastPoll();
    }

    /** Checks the alerts now, after a check under way has ended, and waits for the end. */
    public AlertReport checkAlertsNow() {
        scheduler.runNow(Job.CHECK_ALERTS.key());
        return Objects.requireNonNull(check.lastCheck(), "a check that has ended left its report");
    }

    /** Calls this listener after each check of the alerts from now on, as those of {@link MinerOpsBuilder#alertListener}. */
    public void addAlertListener(AlertListener listener) {
        check.addListener(listener);
    }

    /** What the last alert check saw of each rule; empty before the first. */
    public List<RuleStatistics> ruleStatistics() {
        return check.statistics();
    }

    /** Looks for miners beyond those of the registry; what it finds is polled from then on. */
    public DiscoveryService discoveries() {
        return discoveries;
    }

    /** What the fleet and its miners earn. */
    public ProfitabilityService profitability() {
        return profitability;
    }

    /** The price of a bitcoin and the difficulty of the network, cached. */
    public MarketData market() {
        return market;
    }

    private void sendDueSoon() {
        scheduler.runSoon(Job.DISPATCH_NOTIFICATIONS.key());
    }

    private void afterPoll() {
        if (parts.alertAfterPoll) {
            scheduler.runSoon(Job.CHECK_ALERTS.key());
        }
    }

    private List<AlertListener> listeners() {
        List<AlertListener> listeners = new ArrayList<>();
        listeners.add(report -> sendDueSoon());
        listeners.addAll(parts.alertListeners);
        return listeners;
    }

    /** Whether miners can be controlled: {@link MinerOpsBuilder#minerControl} was given. */
    public boolean controls() {
        return control != null;
    }

    /**
     * Has one registered miner do one thing, once, within the deadline of a reading. The attempt is stored as an event,
     * whatever the result: the user, the action, the miner and the result.
     *
     * @param miner the miner
     * @param action what it is to do
     * @param who the user, 1 to 200 characters without control characters
     * @return the result, as {@link MinerControl#perform} gives it, once it is stored; where it cannot be stored that is
     *     logged, since the miner has done it or not all the same
     * @throws InvalidArgumentException ({@code miner}) if it is not registered, ({@code who}) if that is no name
     * @throws IllegalStateException if nothing controls miners here
     */
    public CompletionStage<ControlResult> control(MinerAddress miner, ControlAction action, String who) {
        AuditedControl audited = control;
        if (audited == null) {
            throw new IllegalStateException("miners are not controlled here: give the builder a minerControl");
        }
        if (store.miners().find(miner).isEmpty()) {
            throw new InvalidArgumentException("miner", "miner must be registered: " + miner + " is not");
        }
        return audited.perform(miner, action, who, parts.minerDeadline);
    }

    /** Stops the jobs, then closes what this was built with, within some four seconds; safe to call twice. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        health.close();
        discoveries.close();
        scheduler.stop();
        List<AutoCloseable> owned = new ArrayList<>();
        owned.add(parts.minerClient);
        MinerControl given = parts.minerControl;
        if (given != null) {
            owned.add(given);
        }
        owned.add(channels);
        owned.add(dispatcher);
        // running jobs end now without responses, and store their progress before the store is closed
        owned.add(scheduler);
        owned.add(store);
        owned.forEach(MinerOps::closeOne);
    }

    static void closeOne(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.warn("{} could not be closed", part.getClass().getSimpleName(), e);
        }
    }
}
