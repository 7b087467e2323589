package io.minerops.core;

import io.minerops.api.HealthContributor;
import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Store;
import io.minerops.api.StoreException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.Delivery;
import io.minerops.api.alert.Destination;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.ControlAction;
import io.minerops.api.miner.ControlResult;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerControl;
import io.minerops.core.alert.RuleStatistics;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.backtest.Backtest;
import io.minerops.core.backtest.BacktestReport;
import io.minerops.core.backtest.BacktestRequest;
import io.minerops.core.discovery.Discovery;
import io.minerops.core.discovery.DiscoveryJobs;
import io.minerops.core.discovery.Registrar;
import io.minerops.core.dispatch.NotificationChannels;
import io.minerops.core.dispatch.NotificationDispatcher;
import io.minerops.core.dispatch.RetrySchedule;
import io.minerops.core.health.Health;
import io.minerops.core.health.HealthMonitor;
import io.minerops.core.job.AlertListener;
import io.minerops.core.job.AlertReport;
import io.minerops.core.job.CalculateProfitabilityJob;
import io.minerops.core.job.CheckAlertsJob;
import io.minerops.core.job.DispatchNotificationsJob;
import io.minerops.core.job.JobScheduler;
import io.minerops.core.job.JobStatus;
import io.minerops.core.job.MinersNotReadException;
import io.minerops.core.job.PollMetricsJob;
import io.minerops.core.job.PollReport;
import io.minerops.core.job.ProfitabilityService;
import io.minerops.core.job.PruneHistoryJob;
import io.minerops.core.market.CachedDifficultySource;
import io.minerops.core.market.CachedPriceSource;
import io.minerops.core.profit.ProfitabilitySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fleet being watched: polls the miners, checks the alerts, sends the messages and reckons the profitability, each on
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

    private static final Logger log = LoggerFactory.getLogger(MinerOps.class);

    private final MinerOpsBuilder parts;
    private final Store store;
    private final CachedPriceSource price;
    private final CachedDifficultySource difficulty;
    private final ProfitabilityService profitability;
    private final PollMetricsJob poll;
    private final CheckAlertsJob check;
    private final DiscoveryJobs discoveries;
    private final NotificationChannels channels;
    private final NotificationDispatcher dispatcher;
    private final JobScheduler scheduler;
    private final HealthMonitor health;
    private final @Nullable AuditedControl control;
    private boolean started;
    private boolean closed;

    MinerOps(MinerOpsBuilder parts, Store store) {
        this.parts = parts;
        this.store = store;
        price = new CachedPriceSource(parts.priceSource(), parts.clock);
        difficulty = new CachedDifficultySource(parts.difficultySource(), parts.clock);
        profitability = new ProfitabilityService(
                store,
                price,
                difficulty,
                new ProfitabilitySettings(
                        parts.defaultTariff, parts.poolFeePct, parts.feesBtcPerBlock, parts.subsidyBtc),
                parts.clock);
        scheduler = new JobScheduler(store.lease(), store.events(), parts.clock, parts.jobListeners);
        poll = new PollMetricsJob(
                parts.minerClient(),
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
        MinerControl given = parts.minerControl();
        control = given == null ? null : new AuditedControl(given, store.events(), parts.clock);
        discoveries = new DiscoveryJobs(
                new Discovery(parts.minerClient(), parts.discovery), new Registrar(store), parts.clock);
        dispatcher = new NotificationDispatcher(
                store.outbox(), store.events(), channels, RetrySchedule.STANDARD, parts.clock, this::sendDueSoon);
        addJobs();
        health = new HealthMonitor(components(), store.events(), parts.clock, System::nanoTime);
        createFirstRules();
    }

    private void createFirstRules() {
        parts.firstRules.forEach(parts.ruleTypes::validate);
        if (!parts.firstRules.isEmpty() && store.rules().version() == 0) {
            store.rules().createIfNone(parts.firstRules, parts.clock.instant());
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
                        new CalculateProfitabilityJob(profitability),
                        parts.profitabilityInterval,
                        firstAfterPoll(parts.profitabilityInterval))
                .add(new DispatchNotificationsJob(dispatcher), DISPATCH_INTERVAL, Duration.ZERO)
                .add(
                        new PruneHistoryJob(
                                store, parts.metricsRetention, parts.rollupRetention, parts.pollInterval, parts.clock),
                        PRUNE_INTERVAL,
                        Duration.ofMinutes(1));
    }

    private List<HealthContributor> components() {
        List<HealthContributor> components = new ArrayList<>();
        components.add(HealthContributor.of(Health.DATABASE, this::databaseFault));
        components.addAll(scheduler.health(parts.maxFailedRuns));
        List<Object> given = new ArrayList<>(parts.notifiers);
        given.add(0, parts.minerClient());
        given.add(store);
        if (parts.minerControl() != null) {
            given.add(parts.minerControl());
        }
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
        if (closed) {
            throw new IllegalStateException("this MinerOps is closed; build another");
        }
        if (!started) {
            started = true;
            store.miners().register(parts.range.named(), parts.clock.instant());
            scheduler.start();
            health.start();
            log.info("watching {} addresses", parts.range.addresses().size());
            warnWithoutRules();
        }
    }

    private void warnWithoutRules() {
        if (store.rules().all().stream().noneMatch(AlertRule::enabled)) {
            log.warn("no alert can be raised: no rule is enabled; create one, or build with"
                    + " rulesIfNone(DefaultRules.standard()) over a new store");
        }
    }

    /** The store that was given. */
    public Store store() {
        return store;
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
     * Polls now, after a poll under way has ended, and waits for the end. Miners that this machine could not read are in
     * the report, as {@code NotRead}, and in the status of the job, which then has failed.
     */
    public PollReport pollNow() {
        try {
            scheduler.runNow(PollMetricsJob.NAME);
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
        scheduler.runNow(CheckAlertsJob.NAME);
        return Objects.requireNonNull(check.lastCheck(), "a check that has ended left its report");
    }

    /** What the last alert check saw of each rule; empty before the first. */
    public List<RuleStatistics> ruleStatistics() {
        return check.statistics();
    }

    /**
     * Tries a rule on the stored history; nothing is saved. It takes about a minute for tens of millions of samples.
     *
     * @param rule the rule
     * @param back how far back, above 0
     * @param checkEvery the time between two checks, at least 1 s
     * @param mostPerWeek how many alerts a week are wanted at the most, for the suggestion; 0 or more
     * @throws InvalidArgumentException if the rule cannot be watched, or a figure is out of its range
     */
    public BacktestReport backtest(AlertRule rule, Duration back, Duration checkEvery, double mostPerWeek) {
        Instant until = parts.clock.instant().plusMillis(1);
        BacktestRequest request = new BacktestRequest(
                rule,
                until.minus(Check.positive("hours", back)),
                until,
                checkEvery,
                mostPerWeek,
                profitability.knownEconomics().orElse(null));
        return Backtest.run(request, parts.ruleTypes, store.metrics().latest().roster(), store.metrics()::polls);
    }

    /** Looks for miners beyond those of the registry; what it finds is polled from then on. */
    public DiscoveryJobs discoveries() {
        return discoveries;
    }

    /** What the fleet and its miners earn. */
    public ProfitabilityService profitability() {
        return profitability;
    }

    /** The price of a bitcoin, remembered for {@link CachedPriceSource#DEFAULT_TIME_TO_LIVE}. */
    public CachedPriceSource btcPrice() {
        return price;
    }

    /** The difficulty of the network, remembered for {@link CachedDifficultySource#DEFAULT_TIME_TO_LIVE}. */
    public CachedDifficultySource difficulty() {
        return difficulty;
    }

    /** The channels that messages go out on, to be asked, tried, and exchanged while all else goes on. */
    public NotificationChannels channels() {
        return channels;
    }

    /**
     * Sends one test message, past the outbox.
     *
     * @return the real outcome; {@link Delivery.Failed} where no notifier is set up for the channel
     */
    public CompletionStage<Delivery> sendTest(Destination destination) {
        return channels.sendTest(destination, parts.clock.instant());
    }

    /** Sends what is due right away rather than at the next run, for example after a person resolved an alert. */
    public void sendDueSoon() {
        scheduler.runSoon(DispatchNotificationsJob.NAME);
    }

    private void afterPoll() {
        if (parts.alertAfterPoll) {
            scheduler.runSoon(CheckAlertsJob.NAME);
        }
    }

    private List<AlertListener> listeners() {
        List<AlertListener> listeners = new ArrayList<>();
        listeners.add(report -> sendDueSoon());
        listeners.addAll(parts.alertListeners);
        return listeners;
    }

    /** Whether miners can be told to do things here: {@link MinerOpsBuilder#minerControl} was given. */
    public boolean controls() {
        return control != null;
    }

    /**
     * Has one registered miner do one thing, once, within the deadline of a reading. The attempt is stored as an event,
     * whatever comes of it: who asked for what, of which miner, and the result.
     *
     * @param miner the miner
     * @param action what it is to do
     * @param who who asks, 1 to 200 characters without control characters
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
        owned.add(parts.minerClient());
        MinerControl given = parts.minerControl();
        if (given != null) {
            owned.add(given);
        }
        owned.add(channels);
        owned.add(dispatcher);
        // what still runs ends now that nobody answers it, and writes down how far it came before the store is closed
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
