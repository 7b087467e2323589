package io.minerops.core;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.miner.ControlAction;
import io.minerops.api.miner.ControlResult;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerControl;
import io.minerops.api.store.Store;
import io.minerops.core.alert.RuleStatistics;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.health.Health;
import io.minerops.core.internal.job.JobScheduler;
import io.minerops.core.job.AlertListener;
import io.minerops.core.job.AlertReport;
import io.minerops.core.job.InstanceStatus;
import io.minerops.core.job.Job;
import io.minerops.core.job.JobStatus;
import io.minerops.core.job.MinersNotReadException;
import io.minerops.core.job.PollReport;
import io.minerops.core.market.MarketData;
import io.minerops.core.service.AlertService;
import io.minerops.core.service.CurtailmentService;
import io.minerops.core.service.DiscoveryService;
import io.minerops.core.service.EventService;
import io.minerops.core.service.FleetService;
import io.minerops.core.service.NotificationService;
import io.minerops.core.service.ProfitabilityService;
import io.minerops.core.service.RuleService;
import io.minerops.core.service.SilenceService;
import io.minerops.core.service.StatementService;
import java.util.List;
import java.util.Objects;
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
    private static final Logger log = LoggerFactory.getLogger(MinerOps.class);

    private final MinerOpsConfig parts;
    private final Wiring wiring;
    private final JobScheduler scheduler;
    private boolean started;
    private volatile boolean closed;

    MinerOps(MinerOpsConfig parts) {
        this.parts = parts;
        wiring = new Wiring(parts);
        scheduler = wiring.scheduler;
        wiring.createFirstRules();
    }

    /** Starts collecting the parts; {@link MinerOpsBuilder#store} is the only one that must be given. */
    public static MinerOpsBuilder builder() {
        return new MinerOpsBuilder();
    }

    /**
     * Registers the miners that the range names one by one, and starts the jobs; does nothing where they run already.
     *
     * @throws io.minerops.api.StoreException if the miners cannot be registered
     * @throws IllegalStateException after {@link #close()}
     */
    public synchronized void start() {
        requireOpen();
        if (!started) {
            started = true;
            wiring.store.miners().register(parts.range.named(), parts.clock.instant());
            scheduler.start();
            wiring.health.start();
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
        if (wiring.store.rules().all().stream().noneMatch(AlertRule::enabled)) {
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
        return wiring.given;
    }

    /** The miners: registered, online, measured. */
    public FleetService fleet() {
        return wiring.fleet;
    }

    /** The rules that raise alerts, and backtests of them. */
    public RuleService rules() {
        return wiring.rules;
    }

    /** The alerts: list, acknowledge, resolve. */
    public AlertService alerts() {
        return wiring.alerts;
    }

    /** The silences: when alerts send no messages. */
    public SilenceService silences() {
        return wiring.silences;
    }

    /** The messages, and the channels that they are sent on. */
    public NotificationService notifications() {
        return wiring.notifications;
    }

    /** What happened to miners, jobs and components. */
    public EventService events() {
        return wiring.events;
    }

    /** The rule types that are known here; {@link RuleTypes#validate} says whether a rule can be watched. */
    public RuleTypes ruleTypes() {
        return parts.ruleTypes;
    }

    /** The status of each job, in the order of {@link Job}, those of {@link MinerOpsBuilder#without} included. */
    public List<JobStatus> jobs() {
        return scheduler.status();
    }

    /**
     * The instances that share the store, by name, with the miners and the jobs of each; empty where this one has the store
     * to itself.
     *
     * @throws io.minerops.api.StoreException if the store fails
     */
    public List<InstanceStatus> instances() {
        return wiring.instances();
    }

    /**
     * Whether this works, and which component does not: the database, checked by a write; each job, with the runs that
     * failed in a row; the parts that were given and the contributors of {@link MinerOpsBuilder#health}. From
     * {@link #start()} on, a component that fails and one that works again are recorded as events.
     *
     * @return the state, at most 1 s old
     */
    public Health health() {
        return wiring.health.health();
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
     * @throws IllegalStateException after {@link #close()}, and for a backup or a statement where the builder was given no
     *     target or no notifier
     */
    public boolean run(Job job) {
        requireOpen();
        if (job == Job.BACK_UP_STORE && parts.backupTarget == null) {
            throw new IllegalStateException("no backups are made here: give the builder a backupTarget");
        }
        if (job == Job.SEND_STATEMENT && parts.statementNotifier == null) {
            throw new IllegalStateException("no statements are sent here: give the builder a statementNotifier");
        }
        return scheduler.runUnderLease(job.key());
    }

    /**
     * Polls now, after a poll under way has ended, and waits for the end. Miners that this machine could not read are in
     * the report, as {@code NotRead}, and in the status of the job, which then has failed.
     *
     * @throws io.minerops.api.StoreException if the samples could not be stored
     */
    public PollReport pollNow() {
        try {
            scheduler.runNow(Job.POLL_METRICS.key());
        } catch (MinersNotReadException e) {
            log.debug("a requested poll did not read all miners", e);
        }
        return Objects.requireNonNull(wiring.poll.lastPoll(), "a poll that has ended left its report");
    }

    /** What the last poll came to; null before the first. */
    public @Nullable PollReport lastPoll() {
        return wiring.poll.lastPoll();
    }

    /**
     * Checks the alerts now, after a check under way has ended, and waits for the end.
     *
     * @throws io.minerops.api.StoreException if the store fails
     */
    public AlertReport checkAlertsNow() {
        return wiring.checkAlertsNow();
    }

    /** Calls this listener after each check of the alerts from now on, as those of {@link MinerOpsBuilder#alertListener}. */
    public void addAlertListener(AlertListener listener) {
        wiring.check.addListener(listener);
    }

    /** What the last alert check saw of each rule, in the order of evaluation; empty before the first. */
    public List<RuleStatistics> ruleStatistics() {
        return wiring.check.statistics();
    }

    /** Looks for miners beyond those of the registry; what it finds is polled from then on. */
    public DiscoveryService discoveries() {
        return wiring.discoveries;
    }

    /** What the fleet and its miners earn. */
    public ProfitabilityService profitability() {
        return wiring.profitability;
    }

    /** What the fleet and its miners used, worked and earned over a period. */
    public StatementService statements() {
        return wiring.statements;
    }

    /** When it pays to stop miners, what that would have brought, and what was shed; it stops none. */
    public CurtailmentService curtailment() {
        return wiring.curtailment;
    }

    /** The price of a bitcoin and the difficulty of the network, cached. */
    public MarketData market() {
        return wiring.market;
    }

    /** Whether miners can be controlled: {@link MinerOpsBuilder#minerControl} was given. */
    public boolean controls() {
        return wiring.control != null;
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
        AuditedControl audited = wiring.control;
        if (audited == null) {
            throw new IllegalStateException("miners are not controlled here: give the builder a minerControl");
        }
        if (wiring.store.miners().find(miner).isEmpty()) {
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
        wiring.close();
    }
}
