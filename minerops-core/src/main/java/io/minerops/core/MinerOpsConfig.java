package io.minerops.core;

import io.minerops.api.HealthContributor;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.Destination;
import io.minerops.api.miner.MinerClient;
import io.minerops.api.miner.MinerControl;
import io.minerops.api.notify.Notifier;
import io.minerops.api.profit.ChainSource;
import io.minerops.api.profit.DifficultySource;
import io.minerops.api.profit.PriceSource;
import io.minerops.api.store.BackupTarget;
import io.minerops.api.store.StandaloneMetricStore;
import io.minerops.api.store.Store;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.discovery.DiscoverySettings;
import io.minerops.core.discovery.MinerRange;
import io.minerops.core.job.AlertListener;
import io.minerops.core.job.Job;
import io.minerops.core.job.JobListener;
import io.minerops.core.profit.ProfitabilitySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** What a {@link MinerOps} is made of, as its builder had it when it built. Immutable; the parts are those given. */
final class MinerOpsConfig {
    final Store store;
    final @Nullable StandaloneMetricStore metrics;
    final MinerRange range;
    final MinerClient minerClient;
    final @Nullable MinerControl minerControl;
    final PriceSource priceSource;
    final DifficultySource difficultySource;
    final List<ChainSource> chainSources;
    final @Nullable Path marketFile;
    final List<Notifier> notifiers;
    final List<Destination> escalation;
    final List<AlertListener> alertListeners;
    final List<JobListener> jobListeners;
    final List<HealthContributor> healthContributors;
    final int maxFailedRuns;
    final Duration pollInterval;
    final Duration alertInterval;
    final Duration profitabilityInterval;
    final boolean alertAfterPoll;
    final Duration minerDeadline;
    final ProfitabilitySettings profitability;
    final Duration metricsRetention;
    final Duration rollupRetention;
    final Duration factRetention;
    final @Nullable Duration dailyRetention;
    final @Nullable BackupTarget backupTarget;
    final Duration backupInterval;
    final @Nullable Notifier statementNotifier;
    final ZoneId statementZone;
    final DiscoverySettings discovery;
    final List<AlertRule> firstRules;
    final RuleTypes ruleTypes;
    final Set<Job> leftOut;
    final @Nullable ScheduledExecutorService executor;
    final @Nullable ThreadFactory threadFactory;
    final InstantSource clock;

    MinerOpsConfig(MinerOpsBuilder builder) {
        GivenParts parts = builder.parts;
        store = parts.store();
        metrics = parts.metrics;
        range = builder.range;
        minerClient = parts.minerClient(builder.clock, builder.minerDeadline);
        minerControl = parts.minerControl;
        priceSource = parts.priceSource(builder.clock);
        difficultySource = parts.difficultySource(builder.clock);
        chainSources = parts.chainSources(builder.clock);
        marketFile = builder.marketFile;
        notifiers = List.copyOf(parts.notifiers);
        escalation = List.copyOf(builder.escalation);
        alertListeners = List.copyOf(builder.alertListeners);
        jobListeners = List.copyOf(builder.jobListeners);
        healthContributors = List.copyOf(builder.healthContributors);
        maxFailedRuns = builder.maxFailedRuns;
        pollInterval = builder.pollInterval;
        alertInterval = builder.alertInterval;
        profitabilityInterval = builder.profitabilityInterval;
        alertAfterPoll = builder.alertAfterPoll;
        minerDeadline = builder.minerDeadline;
        profitability = new ProfitabilitySettings(
                builder.defaultTariff,
                builder.payout,
                builder.feesBtcPerBlock,
                builder.powerPrices,
                builder.hashrateInput);
        metricsRetention = builder.metricsRetention;
        rollupRetention = builder.rollupRetention;
        factRetention = builder.factRetention;
        dailyRetention = builder.dailyRetention;
        backupTarget = builder.backupTarget;
        backupInterval = builder.backupInterval;
        statementNotifier = parts.statementNotifier;
        statementZone = builder.statementZone;
        discovery = builder.discovery;
        firstRules = builder.firstRules;
        ruleTypes = builder.ruleTypes;
        leftOut = Set.copyOf(builder.leftOut);
        executor = builder.executor;
        threadFactory = builder.threadFactory;
        clock = builder.clock;
    }
}
