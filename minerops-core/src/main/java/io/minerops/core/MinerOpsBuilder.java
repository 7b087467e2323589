package io.minerops.core;

import io.minerops.api.HealthContributor;
import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.Destination;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerClient;
import io.minerops.api.miner.MinerControl;
import io.minerops.api.notify.Notifier;
import io.minerops.api.profit.ChainSource;
import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.profit.Tariff;
import io.minerops.api.store.BackupTarget;
import io.minerops.api.store.StandaloneMetricStore;
import io.minerops.api.store.Store;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.device.CgminerClient;
import io.minerops.core.discovery.DiscoverySettings;
import io.minerops.core.discovery.MinerRange;
import io.minerops.core.job.AlertListener;
import io.minerops.core.job.Job;
import io.minerops.core.job.JobListener;
import io.minerops.core.market.MarketAccess;
import io.minerops.core.market.MarketSources;
import io.minerops.core.profit.HashrateInput;
import io.minerops.core.profit.PayoutTerms;
import io.minerops.core.profit.PowerPrices;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link MinerOps} is made of. Not thread-safe; builds once.
 *
 * <p>No argument may be null. A figure out of its range is refused at once by an {@link InvalidArgumentException} that
 * names the setter; what was set before stays.
 */
public final class MinerOpsBuilder {
    /** The failed runs in a row with which a job makes the process not ready, where no other number is set. */
    public static final int DEFAULT_MAX_FAILED_RUNS = 3;

    /** How often miners are polled, where no other interval is set. */
    public static final Duration DEFAULT_POLL_INTERVAL = Duration.ofSeconds(30);

    /** How often alerts are checked, where no other interval is set. */
    public static final Duration DEFAULT_ALERT_INTERVAL = Duration.ofMinutes(2);

    /** How often the profitability is stored, where no other interval is set. */
    public static final Duration DEFAULT_PROFITABILITY_INTERVAL = Duration.ofMinutes(15);

    /** How long samples are kept, where no other time is set. */
    public static final Duration DEFAULT_METRICS_RETENTION = Duration.ofDays(90);

    /** How long profitability snapshots and roll-ups of hours are kept, where no other time is set. */
    public static final Duration DEFAULT_ROLLUP_RETENTION = Duration.ofDays(1_095);

    /** How long facts about miners and their faults are kept after their end, where no other time is set. */
    public static final Duration DEFAULT_FACT_RETENTION = Duration.ofDays(1_095);

    /** How often a backup is made, where no other interval is set. */
    public static final Duration DEFAULT_BACKUP_INTERVAL = Duration.ofHours(24);

    /** The tariff of miners without one of their own, where no other is set. */
    public static final Tariff DEFAULT_TARIFF = new Tariff(0.10);

    /** Half of the connections that a client of ours has, so that polls are not held up. */
    private static final int DISCOVERY_IN_FLIGHT = 128;

    final GivenParts parts = new GivenParts();
    final List<Destination> escalation = new ArrayList<>();
    final List<AlertListener> alertListeners = new ArrayList<>();
    final List<JobListener> jobListeners = new ArrayList<>();
    final List<HealthContributor> healthContributors = new ArrayList<>();
    int maxFailedRuns = DEFAULT_MAX_FAILED_RUNS;
    MinerRange range = MinerRange.none();
    Duration pollInterval = DEFAULT_POLL_INTERVAL;
    Duration alertInterval = DEFAULT_ALERT_INTERVAL;
    Duration profitabilityInterval = DEFAULT_PROFITABILITY_INTERVAL;
    boolean alertAfterPoll;
    Duration minerDeadline = Duration.ofSeconds(15);
    Tariff defaultTariff = DEFAULT_TARIFF;
    Supplier<PowerPrices> powerPrices = () -> PowerPrices.NONE;
    PayoutTerms payout = PayoutTerms.FULL;
    HashrateInput hashrateInput = HashrateInput.CLAIMED;
    double feesBtcPerBlock;
    Duration metricsRetention = DEFAULT_METRICS_RETENTION;
    Duration rollupRetention = DEFAULT_ROLLUP_RETENTION;
    Duration factRetention = DEFAULT_FACT_RETENTION;

    @Nullable
    Duration dailyRetention;

    @Nullable
    Path marketFile;

    Duration backupInterval = DEFAULT_BACKUP_INTERVAL;
    DiscoverySettings discovery = DiscoverySettings.defaults().withMaxInFlight(DISCOVERY_IN_FLIGHT);
    List<AlertRule> firstRules = List.of();
    RuleTypes ruleTypes = RuleTypes.standard();
    InstantSource clock = InstantSource.system();
    final Set<Job> leftOut = EnumSet.noneOf(Job.class);

    @Nullable
    BackupTarget backupTarget;

    ZoneId statementZone = ZoneOffset.UTC;

    @Nullable
    ScheduledExecutorService executor;

    @Nullable
    ThreadFactory threadFactory;

    private boolean built;

    MinerOpsBuilder() {}

    /** Where everything is kept; required. Closed with the {@link MinerOps}. */
    public MinerOpsBuilder store(Store value) {
        parts.store = value;
        return this;
    }

    /**
     * Keeps the samples, in place of {@link #store}, which keeps everything else; see {@link Store#withMetrics}. Default:
     * the store's own. Closed with the {@link MinerOps}.
     */
    public MinerOpsBuilder metrics(StandaloneMetricStore value) {
        parts.metrics = value;
        return this;
    }

    /** Where miners may be; default: {@link MinerRange#none()}, and only registered miners are polled. */
    public MinerOpsBuilder miners(MinerRange value) {
        range = value;
        return this;
    }

    /** Reads the miners; default: a {@link CgminerClient}. Closed with the {@link MinerOps}. */
    public MinerOpsBuilder minerClient(MinerClient value) {
        parts.minerClient = value;
        return this;
    }

    /**
     * Sends the commands of {@link MinerOps#control}; default: none, and MinerOps is read-only. Jobs never use it. Closed
     * with the {@link MinerOps}.
     */
    public MinerOpsBuilder minerControl(MinerControl value) {
        parts.minerControl = value;
        return this;
    }

    /** Source of the price; default: {@link MarketSources#publicPrice}. Values are cached. */
    public MinerOpsBuilder priceSource(PriceSource value) {
        parts.priceSource = value;
        return this;
    }

    /** Source of the difficulty; default: {@link MarketSources#publicDifficulty}. Values are cached. */
    public MinerOpsBuilder difficultySource(DifficultySource value) {
        parts.difficultySource = value;
        return this;
    }

    /**
     * Source of the chain's height, the fees of its blocks and new epochs; where one fails or contradicts what is known,
     * the next one is queried. Default: {@link MarketSources#mempoolChain}, and none beside a given
     * {@link #difficultySource}: the height then follows from the time. Values are cached. Repeatable.
     */
    public MinerOpsBuilder chainSource(ChainSource value) {
        parts.chainSources.add(value);
        return this;
    }

    /**
     * A file that keeps the last price, difficulty, chain and new epochs over restarts; default: none. One that cannot be
     * read or written is logged and otherwise ignored.
     */
    public MinerOpsBuilder marketFile(Path value) {
        marketFile = value;
        return this;
    }

    /**
     * One more channel; default: none, and no message is sent. Closed with the {@link MinerOps}. Repeatable.
     *
     * @throws InvalidArgumentException ({@code notifier}) if its channel has one already
     */
    public MinerOpsBuilder notifier(Notifier value) {
        if (parts.notifiers.stream().anyMatch(other -> other.channel().equals(value.channel()))) {
            throw new InvalidArgumentException(
                    "notifier", "notifier must be of another channel: " + value.channel() + " has one already");
        }
        parts.notifiers.add(value);
        return this;
    }

    /** How often miners are polled, above 0; default: 30 s. */
    public MinerOpsBuilder pollInterval(Duration value) {
        pollInterval = Check.positive("pollInterval", value);
        return this;
    }

    /** How often alerts are checked, above 0; default: 2 min. */
    public MinerOpsBuilder alertInterval(Duration value) {
        alertInterval = Check.positive("alertInterval", value);
        return this;
    }

    /** How often the profitability is stored, above 0; default: 15 min. */
    public MinerOpsBuilder profitabilityInterval(Duration value) {
        profitabilityInterval = Check.positive("profitabilityInterval", value);
        return this;
    }

    /** Whether alerts are checked after each poll too, beside every {@link #alertInterval}; default: false. */
    public MinerOpsBuilder alertAfterPoll(boolean value) {
        alertAfterPoll = value;
        return this;
    }

    /**
     * How long all exchanges with one miner may take together in one poll, above 0; default: 15 s. With the default
     * {@link #minerClient}, one exchange may take a quarter of it, so that an unresponsive miner does not hold up a
     * poll for all of it.
     */
    public MinerOpsBuilder minerDeadline(Duration value) {
        minerDeadline = Check.positive("minerDeadline", value);
        return this;
    }

    /** The tariff of miners without one of their own, USD/kWh; default: 0.10. */
    public MinerOpsBuilder defaultTariff(Tariff value) {
        defaultTariff = value;
        return this;
    }

    /**
     * Tariffs by the hour, for miners without a price of their own; called once for each evaluation of the fleet. Default:
     * none.
     */
    public MinerOpsBuilder powerPrices(Supplier<PowerPrices> value) {
        powerPrices = Objects.requireNonNull(value, "powerPrices");
        return this;
    }

    /** The pool's share, %, 0 to 100; default: 0. */
    public MinerOpsBuilder poolFeePct(double value) {
        payout = payout.withPoolFeePct(Check.between("poolFeePct", value, 0, 100));
        return this;
    }

    /** What of the work done is paid for, the pool's share included; default: {@link PayoutTerms#FULL}. */
    public MinerOpsBuilder payout(PayoutTerms value) {
        payout = Objects.requireNonNull(value, "payout");
        return this;
    }

    /** Which hashrate of a miner counts as what it earns with; default: the claimed one. */
    public MinerOpsBuilder hashrateInput(HashrateInput value) {
        hashrateInput = Objects.requireNonNull(value, "hashrateInput");
        return this;
    }

    /** Mean transaction fees of a block where no source gives them, BTC, 0 or more; default: 0. */
    public MinerOpsBuilder feesBtcPerBlock(double value) {
        feesBtcPerBlock = Check.atLeast("feesBtcPerBlock", value, 0);
        return this;
    }

    /** How long samples, events and finished messages are kept, above 0; default: 90 days. */
    public MinerOpsBuilder metricsRetention(Duration value) {
        metricsRetention = Check.positive("metricsRetention", value);
        return this;
    }

    /** How long profitability snapshots and roll-ups of hours are kept, above 0; default: 1,095 days. */
    public MinerOpsBuilder rollupRetention(Duration value) {
        rollupRetention = Check.positive("rollupRetention", value);
        return this;
    }

    /** How long facts about miners and their faults are kept after their end, above 0; default: 1,095 days. */
    public MinerOpsBuilder factRetention(Duration value) {
        factRetention = Check.positive("factRetention", value);
        return this;
    }

    /** How long roll-ups of days are kept, above 0; default: for ever. */
    public MinerOpsBuilder dailyRetention(Duration value) {
        dailyRetention = Check.positive("dailyRetention", value);
        return this;
    }

    /**
     * Where backups of the store are made, such as {@code SqliteFile.backupsIn(folder, 7)}; default: none are made. A
     * backup that fails is a failed run of its job, and nothing else.
     */
    public MinerOpsBuilder backupTarget(BackupTarget value) {
        backupTarget = value;
        return this;
    }

    /**
     * Where the statement of each month is sent when it is over, in the zone of its days; default: nowhere. It is sent once,
     * within a week of the month's end, by one of the instances that share a store, and again only where the process
     * died between sending it and recording that, or where the events of that week are not kept.
     *
     * @param notifier its own channel, such as an {@code EmailNotifier}; closed with the instance
     * @param zone the zone in which the month begins and ends
     */
    public MinerOpsBuilder statementNotifier(Notifier notifier, ZoneId zone) {
        parts.statementNotifier = notifier;
        statementZone = zone;
        return this;
    }

    /** How often a backup is made, above 0; default: 24 h. The first is made when the newest is that old. */
    public MinerOpsBuilder backupInterval(Duration value) {
        backupInterval = Check.positive("backupInterval", value);
        return this;
    }

    /**
     * Recipients of alerts that stay unacknowledged for as long as their rule allows; default: the recipients of the
     * first message. Repeatable.
     */
    public MinerOpsBuilder escalateTo(Destination value) {
        escalation.add(value);
        return this;
    }

    /**
     * The rules that a new store starts with, such as {@link io.minerops.core.alert.DefaultRules#standard()}. They are
     * created by {@link #build()} where no rule was ever stored; a store whose rules were all deleted stays without any.
     * Default: none.
     * Without rules no alert is ever raised, which {@link MinerOps#start()} warns of.
     */
    public MinerOpsBuilder rulesIfNone(List<AlertRule> value) {
        firstRules = List.copyOf(value);
        return this;
    }

    /** The rule types; default: {@link RuleTypes#standard()}. */
    public MinerOpsBuilder ruleTypes(RuleTypes value) {
        ruleTypes = value;
        return this;
    }

    /**
     * Called after every check of the alerts with its report, on the thread of the job, which it must not block; for
     * metrics, for example. Default: none. Repeatable.
     */
    public MinerOpsBuilder alertListener(AlertListener value) {
        alertListeners.add(value);
        return this;
    }

    /**
     * Called at the end of every run of a job, on the thread of the job, which it must not block; for pages that update
     * live, for example. Default: none. Repeatable.
     */
    public MinerOpsBuilder jobListener(JobListener value) {
        jobListeners.add(value);
        return this;
    }

    /**
     * One more component of {@link MinerOps#health}, such as a file that the embedding program reads. Parts that are given
     * to this builder and implement {@link HealthContributor} need no registration. Default: none. Repeatable.
     */
    public MinerOpsBuilder health(HealthContributor value) {
        healthContributors.add(value);
        return this;
    }

    /**
     * The failed runs in a row with which a job makes the process not ready, 1 to 1,000; default:
     * {@value #DEFAULT_MAX_FAILED_RUNS}.
     */
    public MinerOpsBuilder maxFailedRuns(int value) {
        maxFailedRuns = Check.between("maxFailedRuns", value, 1, 1_000);
        return this;
    }

    /**
     * Rate of a discovery; default: 500 connections a second and 128 addresses at a time. It shares
     * the connections of the miner client with the polls.
     */
    public MinerOpsBuilder discovery(DiscoverySettings value) {
        discovery = value;
        return this;
    }

    /**
     * Jobs that are never run on a schedule here, nor after another: only {@link MinerOps#run} runs them. For a program
     * with a scheduler of its own, and for one that leaves a job to another instance on the same store. Default: none.
     * Repeatable.
     */
    public MinerOpsBuilder without(Job... jobs) {
        leftOut.addAll(List.of(jobs));
        return this;
    }

    /**
     * Runs the jobs; default: up to 10 daemon threads of this instance. It needs two threads for each job, so that a slow
     * poll delays no alert, and is not shut down by {@link MinerOps#close()}, which ends the jobs on it.
     */
    public MinerOpsBuilder executor(ScheduledExecutorService value) {
        executor = value;
        return this;
    }

    /** Makes the threads of the jobs, unless {@link #executor} is given, and of the health checks; default: daemon threads. */
    public MinerOpsBuilder threadFactory(ThreadFactory value) {
        threadFactory = value;
        return this;
    }

    /**
     * The HTTP client of the default price and difficulty sources, such as one with a proxy; default: one for each source.
     * It is not closed. Sources that are given have clients of their own: {@link MarketAccess#withHttpClient}.
     */
    public MinerOpsBuilder httpClient(HttpClient value) {
        parts.httpClient = value;
        return this;
    }

    /** The clock of checks, samples and events; default: the system's. Intervals and deadlines do not depend on it. */
    public MinerOpsBuilder clock(InstantSource value) {
        clock = value;
        return this;
    }

    /**
     * Builds the instance; no job runs before {@link MinerOps#start()}.
     *
     * @throws InvalidArgumentException ({@code store}) if there is no store, if a figure is out of its range, or if one
     *     of {@link #rulesIfNone} cannot be watched; the parts that were given are closed then, the store included
     * @throws io.minerops.api.StoreException if the store cannot be read or written; the parts are closed then too
     * @throws IllegalStateException if this builder has built before: a {@link MinerOps} owns its parts
     */
    public MinerOps build() {
        if (built) {
            throw new IllegalStateException("build() was called before on this builder, and a MinerOps owns its parts;"
                    + " begin with MinerOps.builder() and other parts");
        }
        built = true;
        try {
            return new MinerOps(new MinerOpsConfig(this));
        } catch (RuntimeException | Error e) {
            parts.close();
            throw e;
        }
    }
}
