package io.minerops.server.rest;

import io.minerops.core.MinerOps;
import io.minerops.core.alert.DefaultRules;
import io.minerops.server.config.ServerConfig;
import io.minerops.server.http.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Every route of the REST interface. */
public final class RestRoutes {
    /** A miner is online while its latest sample is at most as old as this many polls, deadlines included. */
    private static final int POLLS_ONLINE = 3;

    private RestRoutes() {}

    /**
     * The routes over a library that is wired up.
     *
     * @param changes is told of what requests change
     */
    public static List<Route> of(MinerOps ops, ServerConfig config, LiveChanges changes, InstantSource clock) {
        Views views = new Views(new MinerNames(config.miners().port()));
        ServerConfig.RuleDefaults limits = config.ruleDefaults();
        List<Route> routes = new ArrayList<>();
        routes.addAll(new AlertRoutes(ops, views, clock).routes());
        routes.addAll(new RuleRoutes(
                        ops,
                        views,
                        DefaultRules.of(limits.temperatureC(), limits.hashrateDrop(), limits.cooldown()),
                        config.webhookTargets(),
                        clock)
                .routes());
        routes.addAll(new RuleTypeRoutes(ops.ruleTypes(), () -> ops.channels().names()).routes());
        routes.addAll(new BacktestRoutes(ops, views, config.webhookTargets()).routes());
        routes.addAll(new SilenceRoutes(ops, views, clock).routes());
        routes.addAll(new ProfitabilityRoutes(ops, views, clock).routes());
        routes.addAll(
                new FleetRoutes(ops, views, onlineWithin(config), clock, new KeptReplies(System::nanoTime)).routes());
        routes.addAll(new ControlRoutes(ops, views.names()).routes());
        routes.addAll(new DiscoveryRoutes(ops.discoveries(), views, config.miners()).routes());
        routes.addAll(new MetricRoutes(ops.store().metrics(), views, clock).routes());
        routes.addAll(new OperationRoutes(ops, views).routes());
        routes.add(changes.route());
        return changes.watching(routes);
    }

    /** How old the latest sample of a miner that is online may be. */
    public static Duration onlineWithin(ServerConfig config) {
        return config.jobs().pollInterval().plus(config.miners().timeout()).multipliedBy(POLLS_ONLINE);
    }
}
