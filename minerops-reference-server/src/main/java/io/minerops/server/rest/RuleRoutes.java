package io.minerops.server.rest;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.WebhookPolicy;
import io.minerops.core.MinerOps;
import io.minerops.core.alert.RuleLinter;
import io.minerops.core.service.RuleService;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Query;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.rest.form.RuleForm;
import io.minerops.server.rest.view.Slice;
import io.minerops.server.rest.view.Views;
import java.util.List;

/** Rules: list, create, read, change, delete, and the ones to begin with. */
final class RuleRoutes {
    private final MinerOps ops;
    private final Views views;
    private final RuleForm form;
    private final List<AlertRule> defaults;

    RuleRoutes(MinerOps ops, Views views, List<AlertRule> defaults, WebhookPolicy webhooks) {
        this.ops = ops;
        this.views = views;
        this.form = new RuleForm(
                ops.ruleTypes(),
                views.names(),
                webhooks,
                () -> ops.notifications().channels());
        this.defaults = List.copyOf(defaults);
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/alerts/rules", this::list).query("limit", "cursor"),
                Route.post("/api/alerts/rules", this::create)
                        .body(RuleForm.FIELDS)
                        .effect(Route.Effect.ALERTS),
                Route.get("/api/alerts/rules/{id:id}", this::read),
                Route.put("/api/alerts/rules/{id:id}", this::change)
                        .optionalBody(RuleForm.changeFields().toArray(String[]::new))
                        .effect(Route.Effect.ALERTS),
                Route.delete("/api/alerts/rules/{id:id}", this::delete).effect(Route.Effect.ALERTS),
                Route.post("/api/alerts/rules/init-defaults", request -> initDefaults())
                        .effect(Route.Effect.ALERTS));
    }

    private RuleService rules() {
        return ops.rules();
    }

    private Reply list(ApiRequest request) {
        Query query = request.query();
        var slice = Slice.of(query, rules().all());
        RuleLinter review = rules().review();
        JsonObject warnings = JsonObject.object();
        JsonObject conditions = JsonObject.object();
        for (AlertRule rule : slice.items()) {
            conditions.text(Long.toString(rule.id()), rules().sentence(rule));
            List<String> found = review.warnings(rule);
            if (!found.isEmpty()) {
                warnings.texts(Long.toString(rule.id()), found);
            }
        }
        return Reply.json(JsonObject.ok()
                .whole("count", slice.items().size())
                .list("rules", slice.items(), views::rule)
                .object("conditions", conditions)
                .object("warnings", warnings)
                .text("next", slice.next()));
    }

    private Reply create(ApiRequest request) {
        AlertRule rule = rules().create(form.create(request.body()));
        return Reply.json(201, shown(rule)).with("Location", "/api/alerts/rules/" + rule.id());
    }

    private Reply read(ApiRequest request) {
        return Reply.json(shown(rules().find(request.id()).orElseThrow(() -> unknown(request.id()))));
    }

    private Reply change(ApiRequest request) {
        AlertRule before = rules().find(request.id()).orElseThrow(() -> unknown(request.id()));
        AlertRule after = form.change(before, request.body());
        return Reply.json(shown(rules().update(after).orElseThrow(() -> unknown(request.id()))));
    }

    private Reply delete(ApiRequest request) {
        List<Alert> resolved = rules().delete(request.id()).orElseThrow(() -> unknown(request.id()));
        return Reply.json(JsonObject.ok()
                .text("message", "rule " + request.id() + " deleted")
                .whole("resolved_alerts", resolved.size()));
    }

    private Reply initDefaults() {
        int created = rules().createIfNone(defaults).size();
        List<AlertRule> all = rules().all();
        return Reply.json(JsonObject.ok()
                .whole("created", created)
                .whole("count", all.size())
                .list("rules", all, views::rule));
    }

    /** Condition and warnings stand beside the rule, so that what a client reads of it can be sent back. */
    private JsonObject shown(AlertRule rule) {
        return JsonObject.ok()
                .object("rule", views.rule(rule))
                .text("condition", rules().sentence(rule))
                .texts("warnings", rules().warnings(rule));
    }

    private static HttpFailure unknown(long id) {
        return HttpFailure.notFound("there is no rule " + id);
    }
}
