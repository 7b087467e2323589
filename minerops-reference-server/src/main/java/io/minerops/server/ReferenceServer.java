package io.minerops.server;

import io.minerops.api.HealthContributor;
import io.minerops.api.StoreException;
import io.minerops.api.internal.PrivateFiles;
import io.minerops.api.store.Store;
import io.minerops.core.MinerOps;
import io.minerops.core.curtail.CurtailmentLimits;
import io.minerops.core.job.JobListener;
import io.minerops.core.service.RuleService;
import io.minerops.postgres.PostgresStore;
import io.minerops.rules.RuleContext;
import io.minerops.rules.RuleFile;
import io.minerops.rules.RulePlan;
import io.minerops.server.access.FileFault;
import io.minerops.server.access.SecretFile;
import io.minerops.server.certify.CertificateRoute;
import io.minerops.server.config.DatabaseConfig;
import io.minerops.server.config.HttpConfig;
import io.minerops.server.config.LoadedSettings;
import io.minerops.server.config.LogLevel;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.curtail.CurtailmentRoutes;
import io.minerops.server.curtail.PlanWebhook;
import io.minerops.server.http.Downloads;
import io.minerops.server.http.EventStreams;
import io.minerops.server.http.Route;
import io.minerops.server.http.gateway.HttpServer;
import io.minerops.server.http.guard.Access;
import io.minerops.server.http.guard.SessionRoutes;
import io.minerops.server.metrics.ServerMetrics;
import io.minerops.server.openapi.ApiDescription;
import io.minerops.server.reload.Reload;
import io.minerops.server.reload.ReloadRoute;
import io.minerops.server.reload.ReloadWatch;
import io.minerops.server.remotewrite.RemoteWriteTarget;
import io.minerops.server.remotewrite.RemoteWriter;
import io.minerops.server.rest.Pages;
import io.minerops.server.rest.RestRoutes;
import io.minerops.server.rest.changes.AuditTrail;
import io.minerops.server.rest.changes.LiveChanges;
import io.minerops.server.rest.changes.OtherInstances;
import io.minerops.server.rest.view.MinerNames;
import io.minerops.server.rules.RuleFiles;
import io.minerops.server.statement.StatementRoute;
import io.minerops.server.tariff.TariffRoute;
import io.minerops.server.tariff.WatchedTariffs;
import io.minerops.sqlite.SqliteOptions;
import io.minerops.sqlite.SqliteStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The library wired up by a configuration, and the HTTP server before it. */
public final class ReferenceServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReferenceServer.class);

    private final MinerOps ops;
    private final HttpServer http;
    private final ServerMetrics metrics;
    private final LiveChanges changes;
    private final Downloads downloads;
    private final ReloadWatch watch;
    private final @Nullable RemoteWriter remoteWriter;
    private final @Nullable PlanWebhook planWebhook;
    private final @Nullable OtherInstances others;

    private ReferenceServer(
            MinerOps ops,
            HttpServer http,
            ServerMetrics metrics,
            LiveChanges changes,
            Downloads downloads,
            ReloadWatch watch,
            @Nullable RemoteWriter remoteWriter,
            @Nullable PlanWebhook planWebhook,
            @Nullable OtherInstances others) {
        this.ops = ops;
        this.http = http;
        this.metrics = metrics;
        this.changes = changes;
        this.downloads = downloads;
        this.watch = watch;
        this.remoteWriter = remoteWriter;
        this.planWebhook = planWebhook;
        this.others = others;
    }

    /** Opens the database, starts the jobs and listens. */
    public static ReferenceServer start(ServerConfig config) {
        return start(config, List.of());
    }

    /**
     * Opens the database, starts the jobs and listens.
     *
     * @param more routes beside those of the server itself
     * @throws io.minerops.api.StoreException if the database cannot be opened
     * @throws java.io.UncheckedIOException if the address cannot be listened on
     */
    public static ReferenceServer start(ServerConfig config, List<Route> more) {
        LoadedSettings fixed = LoadedSettings.of(config);
        return start(fixed, () -> fixed, null, level -> {}, more);
    }

    /**
     * Opens the database, starts the jobs and listens; changed settings are taken up by {@link #watch()} and by a request.
     *
     * @param settings those to start with
     * @param again reads them again
     * @param file the file that they are from beside the environment; null for none
     * @param logLevel changes the least level that is logged
     * @param more routes beside those of the server itself
     * @throws io.minerops.api.StoreException if the database cannot be opened
     * @throws java.io.UncheckedIOException if the address cannot be listened on
     */
    public static ReferenceServer start(
            LoadedSettings settings,
            Supplier<LoadedSettings> again,
            @Nullable Path file,
            Consumer<LogLevel> logLevel,
            List<Route> more) {
        ServerConfig config = settings.config();
        InstantSource clock = InstantSource.system();
        warnOfOpenFile("the settings file", file);
        warnOfOpenFile("RULES_FILE", config.rulesFile());
        HttpConfig.Tls tls = config.http().tls();
        warnOfOpenFile("TLS_KEY_FILE", tls == null ? null : tls.key());
        Path tariffFile = config.economics().tariffFile();
        WatchedTariffs tariffs = tariffFile == null
                ? null
                : WatchedTariffs.open(tariffFile, config.miners().port());
        Store store = open(config.database());
        ServerMetrics metrics = new ServerMetrics();
        LiveChanges changes = new LiveChanges(
                new EventStreams(config.maxEventStreams(), config.maxEventStreamsPerClient(), EventStreams.HEARTBEAT),
                clock);
        Downloads downloads = new Downloads(Downloads.MAX, Downloads.MAX_PER_CLIENT, Downloads.PART_TIMEOUT);
        boolean shared = config.database() instanceof DatabaseConfig.Postgres;
        Access access = shared
                ? Access.shared(config.http().access(), System::nanoTime)
                : Access.of(config.http().access(), System::nanoTime);
        FileFault certificateFault = new FileFault("certificate");
        FileFault reloadFault = new FileFault("settings");
        RemoteWriteTarget target = config.remoteWrite();
        RemoteWriter remoteWriter = target == null ? null : new RemoteWriter(target, store.metrics()::latest);
        ServerConfig.Curtailment curtailment = config.curtailment();
        PlanWebhook planWebhook = curtailment == null
                ? null
                : new PlanWebhook(
                        curtailment.webhook(), new MinerNames(config.miners().port()));
        List<HealthContributor> components = new ArrayList<>(List.of(access.health(), certificateFault, reloadFault));
        if (tariffs != null) {
            components.add(tariffs.health());
        }
        List<JobListener> jobListeners = new ArrayList<>(List.of(changes));
        if (remoteWriter != null) {
            components.add(remoteWriter);
            jobListeners.add(remoteWriter);
        }
        if (planWebhook != null) {
            components.add(planWebhook);
            jobListeners.add(planWebhook);
        }
        MinerOps ops = wire(config, store, metrics, changes, jobListeners, components, tariffs, clock);
        try {
            Path rulesFile = config.rulesFile();
            if (rulesFile != null) {
                applyRules(rulesFile, config, ops.rules());
            }
            List<Route> routes = new ArrayList<>(RestRoutes.of(ops, config, changes, downloads, clock));
            routes.add(TariffRoute.of(ops.fleet(), tariffs, config.economics().tariff(), clock));
            routes.add(StatementRoute.of(
                    ops.statements(),
                    config.miners().port(),
                    config.statements().zone(),
                    clock));
            routes.addAll(CurtailmentRoutes.of(
                    ops.curtailment(), new MinerNames(config.miners().port()), clock));
            routes.add(CertificateRoute.of(
                    ops.fleet(),
                    config.certificateKey(),
                    config.jobs().pollInterval(),
                    new Main.Version().getVersion()[0],
                    new MinerNames(config.miners().port()),
                    clock));
            routes.addAll(Pages.routes());
            routes.add(metrics.route(ops));
            routes.add(ApiDescription.route(ops.ruleTypes()));
            routes.addAll(SessionRoutes.of(access, System::nanoTime));
            Reload reload = new Reload(ops, again, settings, logLevel, reloadFault, clock);
            routes.addAll(changes.watching(List.of(ReloadRoute.of(reload))));
            routes.addAll(more);
            HttpServer http = HttpServer.start(
                    config.http(),
                    access,
                    routes,
                    new AuditTrail(store.events(), clock),
                    certificateFault,
                    System::nanoTime);
            if (planWebhook != null && curtailment != null) {
                CurtailmentLimits limits = curtailment.limits();
                planWebhook.plans(() -> ops.curtailment()
                        .plan(ops.curtailment().tariffPrices(clock.instant(), PlanWebhook.HOURS), limits, null, 0));
            }
            ops.start();
            ReloadWatch watch = new ReloadWatch(reload, file);
            OtherInstances others = shared ? new OtherInstances(store, changes) : null;
            log.info("MinerOps is ready at {}", http.uri());
            return new ReferenceServer(
                    ops, http, metrics, changes, downloads, watch, remoteWriter, planWebhook, others);
        } catch (RuntimeException e) {
            changes.close();
            ops.close();
            metrics.close();
            throw e;
        }
    }

    private static MinerOps wire(
            ServerConfig config,
            Store store,
            ServerMetrics metrics,
            LiveChanges changes,
            List<JobListener> jobListeners,
            List<HealthContributor> components,
            @Nullable WatchedTariffs tariffs,
            InstantSource clock) {
        try {
            return Wiring.of(config, store, List.of(changes), jobListeners, components, tariffs, clock);
        } catch (RuntimeException e) {
            changes.close();
            store.close();
            metrics.close();
            throw e;
        }
    }

    /** Files of secrets, such as addresses of webhooks: those that an operator provides are not changed, but reported. */
    private static void warnOfOpenFile(String what, @Nullable Path file) {
        try {
            if (file != null && SecretFile.isOpenToOthers(file)) {
                log.warn("{} {} can be read or written by others; accepted: {}", what, file, SecretFile.ACCEPTED);
            }
        } catch (IOException e) {
            log.warn("cannot read the permissions of {} {}", what, file, e);
        }
    }

    private static Store open(DatabaseConfig database) {
        if (database instanceof DatabaseConfig.Postgres postgres) {
            return PostgresStore.open(postgres.options());
        }
        Path file = ((DatabaseConfig.SqliteFile) database).path();
        makeFolderOf(file);
        return SqliteStore.open(file, SqliteOptions.defaults().withDamagedMovedAside(true));
    }

    private static void makeFolderOf(Path database) {
        Path folder = database.toAbsolutePath().getParent();
        if (folder == null) {
            // the root of a file system, which opening it as a database refuses
            return;
        }
        try {
            PrivateFiles.createFolders(folder);
        } catch (IOException e) {
            throw new StoreException(
                    "open failed on " + database + ": the folder " + folder + " does not exist and cannot be created",
                    e);
        }
    }

    private static void applyRules(Path file, ServerConfig config, RuleService stored) {
        RuleContext context = RuleFiles.context(config);
        RuleFile rules = RuleFile.read(file, context);
        RulePlan plan = RulePlan.between(rules.rules(), stored.all(), false);
        plan.apply(stored);
        log.info("applied the rules of {}: {}", file, plan.summary());
        rules.warnings(stored.review()).forEach(log::warn);
    }

    /** Where it listens. */
    public URI uri() {
        return http.uri();
    }

    /** Checks whether files have changed, on request or after start. */
    public ReloadWatch watch() {
        return watch;
    }

    /** What it answers. */
    public List<Route> routes() {
        return http.routes();
    }

    /** The library behind it. */
    public MinerOps ops() {
        return ops;
    }

    @Override
    public void close() {
        watch.close();
        if (others != null) {
            others.close();
        }
        // streams never end by themselves, downloads may take long, and the HTTP server waits for what is under way
        changes.close();
        downloads.close();
        http.close();
        ops.close();
        if (remoteWriter != null) {
            remoteWriter.close();
        }
        if (planWebhook != null) {
            planWebhook.close();
        }
        metrics.close();
    }
}
