package io.minerops.server.curtail;

import io.minerops.api.InvalidArgumentException;
import io.minerops.core.curtail.ShedEvent;
import io.minerops.core.curtail.StrikeTrial;
import io.minerops.core.service.CurtailmentService;
import io.minerops.core.service.CurtailmentService.FleetPlan;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Query;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.rest.view.MinerNames;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Plans, backtests of a strike price, and reports of what was shed. Figures that do not go together are answered with 422. */
public final class CurtailmentRoutes {
    private static final Duration DEFAULT_STEP = Duration.ofMinutes(15);
    private static final Map<String, Duration> STEPS = Map.of(
            "1", Duration.ofMinutes(1),
            "5", Duration.ofMinutes(5),
            "15", DEFAULT_STEP,
            "30", Duration.ofMinutes(30),
            "60", Duration.ofHours(1));

    private final CurtailmentService curtailment;
    private final CurtailmentViews views;
    private final InstantSource clock;

    /** A backtest reads all hours of its time. */
    private final Semaphore backtests = new Semaphore(1);

    private CurtailmentRoutes(CurtailmentService curtailment, MinerNames names, InstantSource clock) {
        this.curtailment = curtailment;
        this.views = new CurtailmentViews(names);
        this.clock = clock;
    }

    /** The routes. */
    public static List<Route> of(CurtailmentService curtailment, MinerNames names, InstantSource clock) {
        CurtailmentRoutes routes = new CurtailmentRoutes(curtailment, names, clock);
        return List.of(
                Route.post("/api/curtailment/plan", routes::plan)
                        .optionalBody(PlanForm.FIELDS.toArray(String[]::new))
                        .effect(Route.Effect.NONE),
                Route.get("/api/curtailment/backtest", routes::backtest).query(StrikeForm.NAMES),
                Route.get("/api/curtailment/report", routes::report)
                        .query("from", "until", "step_minutes", "zone", "baseline_kw", "excluded"));
    }

    private Reply plan(ApiRequest request) {
        PlanForm form = PlanForm.read(request.body());
        FleetPlan plan = together(() -> curtailment.plan(
                form.prices(hours -> curtailment.tariffPrices(clock.instant(), hours)),
                form.limits(),
                form.tag,
                form.idleW));
        return Reply.json(JsonObject.ok().object("plan", views.plan(plan)));
    }

    private Reply backtest(ApiRequest request) {
        StrikeForm form = StrikeForm.read(request.query());
        StrikeTrial trial = together(form::trial);
        if (!backtests.tryAcquire()) {
            throw HttpFailure.of(409, "another backtest is running; try again when it has ended");
        }
        try {
            Instant until = clock.instant();
            return Reply.json(JsonObject.ok()
                    .object("backtest", views.backtest(curtailment.backtest(trial, until.minus(form.back()), until))));
        } finally {
            backtests.release();
        }
    }

    private Reply report(ApiRequest request) {
        Query query = request.query();
        Instant from = query.time("from");
        Instant until = query.time("until");
        Duration step = query.choice("step_minutes", STEPS);
        ZoneId zone = query.read("zone", ShedEvent::zone);
        Double givenKw = query.number("baseline_kw", 0, PlanForm.MAX_KW);
        Set<LocalDate> excluded = query.read("excluded", ShedDays::parse);
        query.check();
        JsonObject answer = JsonObject.ok().texts("baselines", List.of(ShedEvent.TEN_OF_TEN, ShedEvent.GIVEN));
        if (from == null && until == null) {
            return Reply.json(answer.object("report", null));
        }
        return Reply.json(answer.object(
                "report",
                together(() -> CurtailmentViews.report(curtailment.shed(new ShedEvent(
                        given("from", from),
                        given("until", until),
                        step == null ? DEFAULT_STEP : step,
                        zone == null ? ZoneOffset.UTC : zone,
                        givenKw,
                        excluded == null ? Set.of() : excluded))))));
    }

    private static Instant given(String name, @Nullable Instant at) {
        if (at == null) {
            throw new InvalidArgumentException(name, name + " must be given");
        }
        return at;
    }

    /** Each figure is in its range, so what is refused now are figures that do not go together, or with the fleet. */
    private static <T> T together(Supplier<T> step) {
        try {
            return step.get();
        } catch (InvalidArgumentException e) {
            throw HttpFailure.of(422, String.valueOf(e.getMessage()), e.argument());
        }
    }
}
