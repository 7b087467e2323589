package io.minerops.server.rest;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Page;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCounts;
import io.minerops.api.alert.AlertStatus;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.StatusChange;
import io.minerops.api.internal.Check;
import io.minerops.api.store.AlertQuery;
import io.minerops.core.MinerOps;
import io.minerops.core.job.AlertReport;
import io.minerops.core.service.AlertService;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.Fields;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Query;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.rest.view.Choices;
import io.minerops.server.rest.view.Views;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Alerts: list, read, take, close, count, and check now. */
final class AlertRoutes {
    private static final Map<String, AlertQuery.Order> ORDERS =
            new TreeMap<>(Map.of("newest", AlertQuery.Order.NEWEST, "cost", AlertQuery.Order.COST));

    private final MinerOps ops;
    private final Views views;

    AlertRoutes(MinerOps ops, Views views) {
        this.ops = ops;
        this.views = views;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/alerts", this::list)
                        .query("status", "severity", "miner_ip", "alert_type", "since", "sort", "limit", "cursor"),
                Route.get("/api/alerts/{id:id}", this::read),
                Route.post("/api/alerts/{id:id}/acknowledge", this::acknowledge)
                        .optionalBody("user")
                        .effect(Route.Effect.ALERTS),
                Route.post("/api/alerts/{id:id}/resolve", this::resolve)
                        .optionalBody("note", "user")
                        .effect(Route.Effect.ALERTS),
                Route.get("/api/alerts/summary", request -> summary()),
                Route.post("/api/alerts/check", request -> check()).effect(Route.Effect.ALERTS));
    }

    private AlertService alerts() {
        return ops.alerts();
    }

    private Reply list(ApiRequest request) {
        Query query = request.query();
        var statuses = query.choices("status", Choices.STATUSES);
        var severities = query.choices("severity", Choices.SEVERITIES);
        var miner = query.read("miner_ip", views.names()::parse);
        var type = query.read("alert_type", this::knownType);
        var since = query.time("since");
        var order = query.choice("sort", ORDERS);
        int limit = query.limit();
        query.check();
        Page<Alert> page = alerts().find(new AlertQuery(
                statuses,
                severities,
                miner,
                type,
                since,
                limit,
                query.text("cursor"),
                order == null ? AlertQuery.Order.NEWEST : order));
        return Reply.json(JsonObject.ok()
                .whole("count", page.items().size())
                .list("alerts", page.items(), views::alert)
                .text("next", page.next()));
    }

    private RuleType knownType(String text) {
        SortedMap<String, RuleType> known = new TreeMap<>();
        ops.ruleTypes().known().forEach(type -> known.put(type.key(), type));
        RuleType type = known.get(text);
        if (type == null) {
            throw new InvalidArgumentException(
                    "alert_type",
                    "alert_type must be one of " + String.join(", ", known.keySet()) + ", not " + Check.quote(text));
        }
        return type;
    }

    private Reply read(ApiRequest request) {
        Alert alert = alerts().find(request.id()).orElseThrow(() -> unknown(request.id()));
        return shown(alert);
    }

    private Reply acknowledge(ApiRequest request) {
        Fields body = request.body();
        String user = user(request);
        body.check();
        return changed(alerts().acknowledge(request.id(), user), "acknowledged");
    }

    private Reply resolve(ApiRequest request) {
        Fields body = request.body();
        String user = user(request);
        String note = limited(body, "note", 2_000);
        body.check();
        return changed(alerts().resolve(request.id(), user, note), "resolved");
    }

    /** Who acts: the name that the body gives, else that of the token. */
    private static @Nullable String user(ApiRequest request) {
        String given = limited(request.body(), "user", 120);
        return given == null ? request.tokenName() : given;
    }

    private static @Nullable String limited(Fields body, String name, int max) {
        body.text(name, text -> Check.absentOrLimited(name, text, max));
        return body.text(name);
    }

    private Reply changed(StatusChange change, String wish) {
        if (change instanceof StatusChange.Changed changed) {
            return shown(changed.alert());
        }
        if (change instanceof StatusChange.Conflict conflict) {
            throw HttpFailure.of(
                    409,
                    "alert " + conflict.alert().id() + " is "
                            + conflict.alert().status().key() + " and cannot be " + wish);
        }
        throw unknown(((StatusChange.NotFound) change).id());
    }

    private Reply shown(Alert alert) {
        return Reply.json(JsonObject.ok().object("alert", views.alert(alert)));
    }

    private Reply summary() {
        AlertCounts counts = alerts().count();
        JsonObject summary = JsonObject.object().whole("total", counts.total());
        for (AlertStatus status : AlertStatus.values()) {
            summary.whole(status.key(), counts.byStatus().getOrDefault(status, 0L));
        }
        for (Severity severity : List.of(Severity.CRITICAL, Severity.WARNING, Severity.INFO)) {
            summary.whole(severity.key() + "_active", counts.activeBySeverity().getOrDefault(severity, 0L));
        }
        summary.whole("last_24h", counts.since24h());
        return Reply.json(JsonObject.ok().object("summary", summary));
    }

    private Reply check() {
        AlertReport report = ops.checkAlertsNow();
        String message = report.raised().size() + " new, " + report.resolved().size() + " resolved";
        return Reply.json(JsonObject.ok()
                .text("message", message)
                .list("new_alerts", report.raised(), views::alert)
                .list("resolved_alerts", report.resolved(), views::alert));
    }

    private static HttpFailure unknown(long id) {
        return HttpFailure.notFound("there is no alert " + id);
    }
}
