package io.minerops.server.rest;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.WebhookPolicy;
import io.minerops.core.MinerOps;
import io.minerops.core.backtest.BacktestReport;
import io.minerops.core.backtest.BacktestRequest;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.Fields;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.rest.form.RestLimits;
import io.minerops.server.rest.form.RuleForm;
import io.minerops.server.rest.view.BacktestView;
import io.minerops.server.rest.view.MinerNames;
import io.minerops.server.rest.view.Views;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Tries a rule on stored history; one at a time, because each reads all of it. */
final class BacktestRoutes {
    private static final double MAX_USD_PER_ALERT = 1e6;
    private static final double MILLIS_PER_HOUR = 3_600_000;
    private static final double MILLIS_PER_SECOND = 1_000;

    private final MinerOps ops;
    private final MinerNames names;
    private final RuleForm form;
    private final Semaphore running = new Semaphore(1);

    BacktestRoutes(MinerOps ops, Views views, WebhookPolicy webhooks) {
        this.ops = ops;
        names = views.names();
        form = new RuleForm(
                ops.ruleTypes(), names, webhooks, () -> ops.notifications().channels());
    }

    List<Route> routes() {
        List<String> fields = new ArrayList<>(
                List.of("rule", "rule_id", "hours", "max_alerts_per_week", "check_interval_s", "usd_per_alert"));
        // the fields of a rule may stand beside these, or in an object of their own
        fields.addAll(RuleForm.FIELDS);
        return List.of(Route.post("/api/alerts/rules/backtest", this::backtest)
                .body(fields)
                .effect(Route.Effect.NONE));
    }

    private Reply backtest(ApiRequest request) {
        Fields body = request.body();
        double[] hours = {RestLimits.DEFAULT_BACKTEST_HOURS};
        double[] most = {BacktestRequest.DEFAULT_MAX_PER_WEEK};
        double[] every = {BacktestRequest.DEFAULT_CHECK_EVERY.toMillis() / MILLIS_PER_SECOND};
        body.requiredNumber("hours", value -> hours[0] = between("hours", value, 0.01, RestLimits.MAX_BACKTEST_HOURS));
        body.requiredNumber("max_alerts_per_week", value -> most[0] = between("max_alerts_per_week", value, 0, 1e6));
        body.requiredNumber(
                "check_interval_s",
                value -> every[0] = between("check_interval_s", value, 1, RestLimits.MAX_CHECK_INTERVAL_S));
        @Nullable Double[] perAlert = {null};
        body.requiredNumber(
                "usd_per_alert", value -> perAlert[0] = between("usd_per_alert", value, 0, MAX_USD_PER_ALERT));
        AlertRule rule = rule(body);
        if (!running.tryAcquire()) {
            throw HttpFailure.of(409, "another backtest is running; try again when it has ended");
        }
        try {
            BacktestReport report = ops.rules()
                    .backtest(
                            rule,
                            Duration.ofMillis(Math.round(hours[0] * MILLIS_PER_HOUR)),
                            Duration.ofMillis(Math.round(every[0] * MILLIS_PER_SECOND)),
                            most[0],
                            perAlert[0]);
            return Reply.json(JsonObject.ok().object("backtest", new BacktestView(names).of(report)));
        } finally {
            running.release();
        }
    }

    private AlertRule rule(Fields body) {
        Fields inner = body.object("rule", RuleForm.FIELDS);
        if (body.has("rule_id") && body.has("rule")) {
            body.problem("rule_id", "rule_id and rule must not both be given");
        }
        if (body.has("rule_id") || body.has("rule")) {
            RuleForm.FIELDS.stream()
                    .filter(body::has)
                    .forEach(field -> body.problem(field, field + " must not be given beside rule or rule_id"));
        }
        if (body.has("rule_id")) {
            long[] id = new long[1];
            body.requiredNumber("rule_id", value -> id[0] = whole(value));
            body.check();
            return ops.rules().find(id[0]).orElseThrow(() -> HttpFailure.notFound("there is no rule " + id[0]));
        }
        body.check();
        return form.trial(inner == null ? body : inner);
    }

    private static long whole(double value) {
        if (value != Math.rint(value) || value < 1) {
            throw new InvalidArgumentException("rule_id", "rule_id must be a whole number from 1, not " + value);
        }
        return (long) value;
    }

    private static double between(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new InvalidArgumentException(
                    name, name + " must be between " + least + " and " + most + ", not " + value);
        }
        return value;
    }
}
