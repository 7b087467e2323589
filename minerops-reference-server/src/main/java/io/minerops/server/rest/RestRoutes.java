package io.minerops.server.rest;

import io.minerops.core.MinerOps;
import io.minerops.core.alert.DefaultRules;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.http.Downloads;
import io.minerops.server.http.Route;
import io.minerops.server.rest.changes.LiveChanges;
import io.minerops.server.rest.view.MinerNames;
import io.minerops.server.rest.view.Views;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Every route of the REST interface. */
public final class RestRoutes {
    private RestRoutes() {}

    /**
     * The routes over a library that is wired up.
     *
     * @param changes gets the changes of requests
     * @param downloads sends what is made while it is sent
     */
    public static List<Route> of(
            MinerOps ops, ServerConfig config, LiveChanges changes, Downloads downloads, InstantSource clock) {
        Views views = new Views(new MinerNames(config.miners().port()));
        ServerConfig.RuleDefaults limits = config.ruleDefaults();
        List<Route> routes = new ArrayList<>();
        routes.addAll(new AlertRoutes(ops, views).routes());
        routes.add(new AlertBillRoute(ops.alerts(), clock).route());
        routes.addAll(new RuleRoutes(
                        ops,
                        views,
                        DefaultRules.of(limits.temperatureC(), limits.hashrateDrop(), limits.cooldown()),
                        config.webhookTargets())
                .routes());
        routes.addAll(
                new RuleTypeRoutes(ops.ruleTypes(), () -> ops.notifications().channels()).routes());
        routes.addAll(new BacktestRoutes(ops, views, config.webhookTargets()).routes());
        routes.addAll(new SilenceRoutes(ops, views, clock).routes());
        routes.addAll(new ProfitabilityRoutes(ops, views, clock).routes());
        routes.addAll(new OutlookRoutes(ops, views.names(), clock).routes());
        routes.add(new StrikeRoute(ops.profitability(), views.names()).route());
        routes.addAll(new FleetRoutes(ops, views, clock, new CachedResponses(System::nanoTime)).routes());
        routes.addAll(new FactRoutes(ops.fleet(), views).routes());
        routes.addAll(new WorkRoutes(ops.fleet(), views.names(), clock).routes());
        routes.addAll(new ControlRoutes(ops, views.names()).routes());
        routes.addAll(new DiscoveryRoutes(ops.discoveries(), views, config.miners()).routes());
        routes.addAll(new MetricRoutes(ops.fleet(), views, clock).routes());
        routes.add(new HistoryRoute(ops.fleet(), downloads, views.names(), clock).route());
        routes.addAll(new OperationRoutes(ops, views).routes());
        routes.add(changes.route());
        return changes.watching(routes);
    }
}
