package io.minerops.core;

import io.minerops.api.HealthContributor;
import io.minerops.api.StoreException;
import io.minerops.api.event.Event;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerControl;
import io.minerops.api.notify.Notifier;
import io.minerops.api.store.BackupTarget;
import io.minerops.api.store.Lease;
import io.minerops.api.store.OutboxStore;
import io.minerops.api.store.StandaloneMetricStore;
import io.minerops.api.store.Store;
import io.minerops.core.discovery.Discovery;
import io.minerops.core.health.Health;
import io.minerops.core.internal.buffer.BufferedStore;
import io.minerops.core.internal.cost.AlertCosts;
import io.minerops.core.internal.dispatch.NotificationChannels;
import io.minerops.core.internal.dispatch.NotificationDispatcher;
import io.minerops.core.internal.dispatch.RetrySchedule;
import io.minerops.core.internal.fact.AcceptedChanges;
import io.minerops.core.internal.health.HealthMonitor;
import io.minerops.core.internal.job.BackUpStoreJob;
import io.minerops.core.internal.job.CalculateProfitabilityJob;
import io.minerops.core.internal.job.CheckAlertsJob;
import io.minerops.core.internal.job.DispatchNotificationsJob;
import io.minerops.core.internal.job.JobScheduler;
import io.minerops.core.internal.job.PollMetricsJob;
import io.minerops.core.internal.job.PruneHistoryJob;
import io.minerops.core.internal.job.SendStatementJob;
import io.minerops.core.internal.share.Instances;
import io.minerops.core.job.AlertListener;
import io.minerops.core.job.AlertReport;
import io.minerops.core.job.InstanceStatus;
import io.minerops.core.job.Job;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services and the jobs of a {@link MinerOps}, connected over its parts. Nothing runs before it is started. */
final class Wiring {
    /** How often what is due in the outbox is sent, beside right after each check. */
    private static final Duration DISPATCH_INTERVAL = Duration.ofSeconds(5);

    /** How often old data is deleted. */
    private static final Duration PRUNE_INTERVAL = Duration.ofHours(1);

    /** How often the job checks for a month whose statement was not sent. */
    private static final Duration STATEMENT_INTERVAL = Duration.ofHours(1);

    private static final Duration STATEMENT_DELAY = Duration.ofMinutes(2);

    private static final int POLLS_ONLINE = 3;

    private static final String INSTANCES = "instances";

    private static final Logger log = LoggerFactory.getLogger(MinerOps.class);

    /** The store without the buffer of polls. */
    final Store given;

    final Store store;
    private final BufferedStore buffered;
    final MarketData market;
    final ProfitabilityService profitability;
    final StatementService statements;
    final CurtailmentService curtailment;
    final FleetService fleet;
    final RuleService rules;
    final AlertService alerts;
    final SilenceService silences;
    final NotificationService notifications;
    final EventService events;
    final DiscoveryService discoveries;
    final PollMetricsJob poll;
    final CheckAlertsJob check;
    final JobScheduler scheduler;
    final HealthMonitor health;
    final @Nullable AuditedControl control;
    private final MinerOpsConfig parts;
    private final NotificationChannels channels;
    private final NotificationDispatcher dispatcher;
    /** Of the messages of checks that the store could not take. */
    private final NotificationDispatcher urgent;

    Wiring(MinerOpsConfig parts) {
        this.parts = parts;
        StandaloneMetricStore metrics = parts.metrics;
        given = metrics == null ? parts.store : parts.store.withMetrics(metrics);
        buffered = new BufferedStore(given, parts.clock, this::checkLate);
        store = buffered;
        market = new MarketData(
                parts.priceSource, parts.difficultySource, parts.chainSources, parts.marketFile, parts.clock);
        market.onRefusal(refusal ->
                store.events().record(Event.of(parts.clock.instant(), Event.Level.WARNING, "market", null, refusal)));
        profitability = new ProfitabilityService(store, market, parts.profitability, parts.clock);
        statements = new StatementService(store, profitability, parts.clock);
        curtailment = new CurtailmentService(store, profitability);
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
                poll::now,
                listeners());
        MinerControl minerControl = parts.minerControl;
        control = minerControl == null ? null : new AuditedControl(minerControl, store.events(), parts.clock);
        discoveries = new DiscoveryService(new Discovery(parts.minerClient, parts.discovery), store, parts.clock);
        dispatcher = dispatcher(store.outbox());
        urgent = dispatcher(buffered.waitingMessages());
        fleet = new FleetService(
                store.miners(), store.metrics(), store.facts(), store.boards(), onlineWithin(), parts.clock);
        rules = new RuleService(
                store,
                parts.ruleTypes,
                profitability::pastEconomics,
                () -> checkAlertsNow().resolved(),
                channels::names,
                parts.clock);
        alerts = new AlertService(
                store.alerts(),
                store.miners(),
                new AcceptedChanges(store, parts.ruleTypes),
                this::sendDueSoon,
                parts.clock);
        silences = new SilenceService(store.silences(), this::checkAlertsNow, parts.clock);
        notifications = new NotificationService(
                store.outbox(), channels::names, channels::sendTest, channels::exchange, parts.clock);
        events = new EventService(store.events(), parts.clock);
        addJobs();
        health = new HealthMonitor(components(), store.events(), parts.clock, System::nanoTime, parts.threadFactory);
    }

    /** Stores the rules that a new store starts with. */
    void createFirstRules() {
        parts.firstRules.forEach(parts.ruleTypes::validate);
        if (!parts.firstRules.isEmpty() && store.rules().version() == 0) {
            rules.createIfNone(parts.firstRules);
        }
    }

    private NotificationDispatcher dispatcher(OutboxStore outbox) {
        return new NotificationDispatcher(
                outbox, store.events(), channels, RetrySchedule.STANDARD, poll::now, this::sendDueSoon);
    }

    private void addJobs() {
        scheduler
                .add(poll, parts.pollInterval, Duration.ZERO)
                .add(check, parts.alertInterval, firstAfterPoll(parts.alertInterval))
                .add(
                        new CalculateProfitabilityJob(() -> profitability.snapshotNow(null)),
                        parts.profitabilityInterval,
                        firstAfterPoll(parts.profitabilityInterval))
                .add(new DispatchNotificationsJob(urgent, dispatcher), DISPATCH_INTERVAL, Duration.ZERO)
                .add(
                        new PruneHistoryJob(
                                store,
                                new PruneHistoryJob.Retention(
                                        parts.metricsRetention,
                                        parts.rollupRetention,
                                        parts.factRetention,
                                        parts.dailyRetention),
                                parts.pollInterval,
                                parts.clock),
                        PRUNE_INTERVAL,
                        Duration.ofMinutes(1));
        BackupTarget backups = parts.backupTarget;
        if (backups != null) {
            BackUpStoreJob job = new BackUpStoreJob(backups, parts.clock);
            scheduler.add(job, parts.backupInterval, job.firstDelay(parts.backupInterval));
        }
        Notifier statementNotifier = parts.statementNotifier;
        if (statementNotifier != null) {
            scheduler.add(
                    new SendStatementJob(
                            statements::statement, store.events(), statementNotifier, parts.statementZone, parts.clock),
                    STATEMENT_INTERVAL,
                    STATEMENT_DELAY);
        }
        parts.leftOut.forEach(job -> scheduler.leaveOut(job.key()));
    }

    /**
     * Checks the alerts as of a poll that was stored late, unless a later check was made meanwhile, so that what came and
     * went is raised and resolved.
     */
    private void checkLate(Instant poll) {
        if (parts.leftOut.contains(Job.CHECK_ALERTS)) {
            return;
        }
        try {
            Instant checked = store.alerts().load().checkedAt();
            if (checked != null && !checked.isBefore(poll)) {
                return;
            }
            check.runAt(poll, given.metrics().latest());
        } catch (StoreException e) {
            log.warn("alerts were not checked as of {}: {}", poll, e.getMessage());
        }
    }

    private List<HealthContributor> components() {
        List<HealthContributor> components = new ArrayList<>();
        components.add(HealthContributor.of(Health.DATABASE, this::databaseFault, store::activity));
        components.addAll(buffered.health());
        components.addAll(scheduler.health(parts.maxFailedRuns));
        if (store.lease().table().isPresent()) {
            components.add(HealthContributor.of(INSTANCES, Optional::empty, this::sharing));
        }
        List<@Nullable Object> givenParts = new ArrayList<>(parts.notifiers);
        givenParts.add(0, parts.minerClient);
        givenParts.add(parts.store);
        givenParts.add(parts.metrics);
        givenParts.add(parts.minerControl);
        for (Object part : givenParts) {
            if (part instanceof HealthContributor contributor) {
                components.add(contributor);
            }
        }
        components.addAll(parts.healthContributors);
        return components;
    }

    /** Who shares the fleet and holds which lease, as seen at the last poll. */
    private Optional<String> sharing() {
        return poll.instances().map(seen -> {
            String held = seen.table().held().stream()
                    .map(row ->
                            row.job() + ": " + row.holder() + " with token " + row.token() + " until " + row.until())
                    .collect(Collectors.joining("; "));
            return "this is " + seen.table().self() + ", one of "
                    + seen.members().size() + "; leases at " + seen.table().now() + ": " + held;
        });
    }

    /** The instances that share the store; none where this one has it to itself. */
    List<InstanceStatus> instances() {
        return store.lease().table().map(this::instances).orElse(List.of());
    }

    private List<InstanceStatus> instances(Lease.Table table) {
        return Instances.of(
                table,
                parts.pollInterval,
                store.miners().all().stream().map(Miner::address).toList());
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
                .plus(parts.minerDeadline.dividedBy(GivenParts.MAX_EXCHANGES))
                .multipliedBy(POLLS_ONLINE);
    }

    /** The first run waits for the first poll, but no longer than a usual interval. */
    private Duration firstAfterPoll(Duration interval) {
        Duration afterPoll = parts.minerDeadline.plusSeconds(2);
        return interval.compareTo(afterPoll) < 0 ? interval : afterPoll;
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
        // before messages are sent, so that they say what an alert has cost until its end
        listeners.add(new AlertCosts(store, profitability::pastEconomics, onlineWithin(), System::nanoTime));
        listeners.add(report -> sendDueSoon());
        listeners.addAll(parts.alertListeners);
        return listeners;
    }

    /** Checks the alerts now, as {@link MinerOps#checkAlertsNow}. */
    AlertReport checkAlertsNow() {
        scheduler.runNow(Job.CHECK_ALERTS.key());
        return Objects.requireNonNull(check.lastCheck(), "a check that has ended left its report");
    }

    /** Stops the jobs, then closes the parts; within some four seconds. */
    void close() {
        health.close();
        discoveries.close();
        scheduler.stop();
        List<AutoCloseable> owned = new ArrayList<>();
        owned.add(parts.minerClient);
        MinerControl given = parts.minerControl;
        if (given != null) {
            owned.add(given);
        }
        Notifier statementNotifier = parts.statementNotifier;
        if (statementNotifier != null) {
            owned.add(statementNotifier);
        }
        owned.add(channels);
        owned.add(urgent);
        owned.add(dispatcher);
        // running jobs end now without responses, and store their progress before the store is closed
        owned.add(scheduler);
        owned.add(store);
        owned.forEach(Wiring::closeOne);
    }

    /** Closes a part; a failure is logged, so that the next one is closed too. */
    static void closeOne(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.warn("{} could not be closed", part.getClass().getSimpleName(), e);
        }
    }
}
