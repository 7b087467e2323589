package io.minerops.server.rest;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleStore;
import io.minerops.api.alert.WebhookPolicy;
import io.minerops.core.MinerOps;
import io.minerops.core.alert.RuleReview;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Query;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import java.time.InstantSource;
import java.util.List;

/** Rules: list, create, read, change, delete, and the ones to begin with. */
final class RuleRoutes {
    private final MinerOps ops;
    private final Views views;
    private final RuleForm form;
    private final List<AlertRule> defaults;
    private final InstantSource clock;

    RuleRoutes(MinerOps ops, Views views, List<AlertRule> defaults, WebhookPolicy webhooks, InstantSource clock) {
        this.ops = ops;
        this.views = views;
        this.form = new RuleForm(
                ops.ruleTypes(), views.names(), webhooks, () -> ops.channels().names());
        this.defaults = List.copyOf(defaults);
        this.clock = clock;
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

    private RuleStore rules() {
        return ops.store().rules();
    }

    private Reply list(ApiRequest request) {
        Query query = request.query();
        var slice = Slice.of(query, rules().all());
        RuleReview review = review();
        JsonObject warnings = JsonObject.object();
        JsonObject conditions = JsonObject.object();
        for (AlertRule rule : slice.items()) {
            conditions.text(Long.toString(rule.id()), ops.ruleTypes().sentence(rule));
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
        AlertRule rule = rules().create(form.create(request.body()), clock.instant());
        return Reply.json(201, shown(rule)).with("Location", "/api/alerts/rules/" + rule.id());
    }

    private Reply read(ApiRequest request) {
        return Reply.json(shown(rules().find(request.id()).orElseThrow(() -> unknown(request.id()))));
    }

    private Reply change(ApiRequest request) {
        AlertRule before = rules().find(request.id()).orElseThrow(() -> unknown(request.id()));
        AlertRule after = form.change(before, request.body());
        return Reply.json(shown(rules().update(after, clock.instant()).orElseThrow(() -> unknown(request.id()))));
    }

    private Reply delete(ApiRequest request) {
        if (!rules().delete(request.id())) {
            throw unknown(request.id());
        }
        // the next check would end the rule's open alerts too; nobody should have to wait for it
        int resolved = (int) ops.checkAlertsNow().resolved().stream()
                .filter(alert -> alert.ruleId() == request.id())
                .count();
        return Reply.json(JsonObject.ok()
                .text("message", "rule " + request.id() + " deleted")
                .whole("resolved_alerts", resolved));
    }

    private Reply initDefaults() {
        int created = rules().createIfNone(defaults, clock.instant()).size();
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
                .text("condition", ops.ruleTypes().sentence(rule))
                .texts("warnings", review().warnings(rule));
    }

    private RuleReview review() {
        return RuleReview.over(ops.ruleTypes(), ops.store().metrics().latest().roster());
    }

    private static HttpFailure unknown(long id) {
        return HttpFailure.notFound("there is no rule " + id);
    }
}
