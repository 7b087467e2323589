package io.minerops.server.rest;

import io.minerops.api.Page;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.event.Event;
import io.minerops.api.notify.Delivery;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.Lease;
import io.minerops.api.store.OutboxQuery;
import io.minerops.core.MinerOps;
import io.minerops.core.health.Health;
import io.minerops.core.health.Health.ComponentHealth;
import io.minerops.core.job.InstanceStatus;
import io.minerops.core.market.MarketStatus;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.Fields;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Query;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.http.RouteHandler;
import io.minerops.server.rest.form.TestDestination;
import io.minerops.server.rest.view.Choices;
import io.minerops.server.rest.view.DeliveryView;
import io.minerops.server.rest.view.Views;
import java.util.Currency;
import java.util.List;

/** The server itself: outbox, events and health. */
final class OperationRoutes {
    private static final Currency USD = Currency.getInstance("USD");

    private final MinerOps ops;
    private final Views views;

    OperationRoutes(MinerOps ops, Views views) {
        this.ops = ops;
        this.views = views;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/notifications", this::notifications).query("status", "limit", "cursor"),
                Route.post("/api/notifications/test", this::test)
                        .body(List.of("channel", "webhook_url", "webhook_format")),
                Route.get("/api/events", request -> events(request, Event.Level.INFO, "events"))
                        .query("level", "ip", "miner_ip", "since", "limit", "cursor"),
                Route.get("/api/error-logs", request -> events(request, Event.Level.WARNING, "error_logs"))
                        .query("level", "ip", "miner_ip", "since", "limit", "cursor"),
                Route.get("/api/instances", request -> instances()),
                Route.get(
                                "/healthz",
                                RouteHandler.always(Reply.json(JsonObject.ok().text("status", "live"))))
                        .withoutToken(),
                Route.get("/readyz", this::ready).withoutToken());
    }

    private Reply notifications(ApiRequest request) {
        Query query = request.query();
        var statuses = query.choices("status", Choices.OUTBOX_STATUSES);
        int limit = query.limit();
        query.check();
        Page<OutboxEntry> page = ops.notifications().find(new OutboxQuery(statuses, limit, query.text("cursor")));
        return Reply.json(JsonObject.ok()
                .whole("count", page.items().size())
                .list("notifications", page.items(), views::notification)
                .text("next", page.next()));
    }

    private Reply events(ApiRequest request, Event.Level minSeverity, String key) {
        Query query = request.query();
        Event.Level level = query.choice("level", Choices.LEVELS);
        var miner = views.names().requested(query);
        var since = query.time("since");
        int limit = query.limit();
        query.check();
        Page<Event> page = ops.events()
                .find(new EventQuery(level == null ? minSeverity : level, miner, since, limit, query.text("cursor")));
        return Reply.json(JsonObject.ok()
                .whole("count", page.items().size())
                .list(key, page.items(), views::event)
                .text("next", page.next()));
    }

    private Reply test(ApiRequest request) {
        Destination destination = destination(request.body());
        Delivery delivery = DeliveryView.outcomeOf(ops.notifications().sendTest(destination));
        return Reply.json(delivery instanceof Delivery.Sent ? 200 : 502, DeliveryView.of(delivery, destination));
    }

    private Destination destination(Fields body) {
        body.require("channel");
        String[] channel = new String[1];
        Webhook[] webhook = new Webhook[1];
        WebhookFormat[] format = {WebhookFormat.GENERIC};
        body.choice("webhook_format", Choices.WEBHOOK_FORMATS, given -> format[0] = given);
        body.textAs("webhook_url", url -> Webhook.of(url, format[0]), given -> webhook[0] = given);
        body.requiredText("channel", name -> channel[0] = name);
        body.check();
        return TestDestination.of(channel[0], webhook[0], ops.notifications().channels());
    }

    private Reply instances() {
        List<InstanceStatus> instances = ops.instances();
        return Reply.json(JsonObject.ok()
                .whole("count", instances.size())
                .list("instances", instances, OperationRoutes::instance));
    }

    private static JsonObject instance(InstanceStatus instance) {
        return JsonObject.object()
                .text("name", instance.name())
                .flag("self", instance.self())
                .time("since", instance.since())
                .time("last_seen_at", instance.lastSeenAt())
                .whole("miners", instance.miners())
                .list("leases", instance.leases(), OperationRoutes::lease);
    }

    private static JsonObject lease(Lease.Held held) {
        return JsonObject.object()
                .text("job", held.job())
                .whole("token", held.token())
                .time("since", held.since())
                .time("until", held.until());
    }

    private Reply ready(ApiRequest request) {
        Health health = ops.health();
        JsonObject reply = JsonObject.object().flag("ok", health.ok());
        if (request.trusted()) {
            String databaseError = health.component(Health.DATABASE)
                    .map(ComponentHealth::error)
                    .orElse(null);
            reply.object(
                            "database",
                            JsonObject.object()
                                    .flag("ok", databaseError == null)
                                    .text("error", databaseError))
                    .list("components", health.components(), OperationRoutes::component)
                    .list("jobs", ops.jobs(), views::job)
                    .object(
                            "market",
                            JsonObject.object()
                                    .object("btc_price", market(ops.market().priceStatus(USD)))
                                    .object(
                                            "network_difficulty",
                                            market(ops.market().difficultyStatus()))
                                    .object("chain", market(ops.market().chainStatus())));
        }
        return Reply.json(health.ok() ? 200 : 503, reply);
    }

    private static JsonObject component(ComponentHealth component) {
        return JsonObject.object()
                .text("name", component.name())
                .flag("ok", component.ok())
                .text("error", component.error())
                .text("detail", component.detail())
                .time("since", component.since());
    }

    private static JsonObject market(MarketStatus status) {
        return JsonObject.object()
                .flag("available", status.fetchedAt() != null)
                .text("source", status.source())
                .time("fetched_at", status.fetchedAt())
                .flag("stale", status.stale())
                .text("last_error", status.lastError());
    }
}
