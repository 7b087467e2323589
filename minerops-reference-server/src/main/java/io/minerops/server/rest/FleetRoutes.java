package io.minerops.server.rest;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.Severity;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.BoardStore;
import io.minerops.core.MinerOps;
import io.minerops.core.job.PollReport;
import io.minerops.core.service.FleetService;
import io.minerops.core.service.FleetSummary;
import io.minerops.core.trend.FleetTrend;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Query;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.rest.form.MinerForm;
import io.minerops.server.rest.form.RestLimits;
import io.minerops.server.rest.view.LatestSamples;
import io.minerops.server.rest.view.Slice;
import io.minerops.server.rest.view.Views;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

/** The fleet: its summary, its registry and its latest samples. */
final class FleetRoutes {
    private static final double MIN_TREND_HOURS = 0.1;

    /** How late the ages of an answer may be. */
    private static final Duration AGES_HOLD = Duration.ofSeconds(1);

    /** How late a line may be where no poll ends. */
    private static final Duration TREND_HOLDS = Duration.ofSeconds(30);

    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double MILLIS_PER_MINUTE = 60_000;
    private static final double MILLIS_PER_HOUR = 3_600_000;

    private static final Duration BOARDS_SPAN = Duration.ofDays(7);

    private final MinerOps ops;
    private final Views views;
    private final MinerForm form;
    private final InstantSource clock;
    private final CachedResponses replies;

    /** What an answer of the latest samples depends on, but the fleet and the time. */
    private record CurrentQuery(Duration fresh, boolean detail, Slice.Bounds bounds) {}

    /** What an answer of the lines depends on, but the fleet and the time. */
    private record TrendQuery(Duration range, int points, Slice.Bounds bounds) {}

    FleetRoutes(MinerOps ops, Views views, InstantSource clock, CachedResponses replies) {
        this.ops = ops;
        this.views = views;
        this.form = new MinerForm(views.names());
        this.clock = clock;
        this.replies = replies;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/summary", request -> summary()),
                Route.get("/api/miners", this::list).query("owner", "site", "limit", "cursor"),
                Route.get(
                                "/api/miners/current",
                                replies.handler(this::fleet, AGES_HOLD, FleetRoutes::currentQuery, this::current))
                        .query("fresh_within", "detail", "limit", "cursor"),
                Route.get(
                                "/api/miners/trend",
                                replies.handler(this::fleet, TREND_HOLDS, FleetRoutes::trendQuery, this::trend))
                        .query("hours", "points", "limit", "cursor"),
                Route.get("/api/miners/{ip}", this::read),
                Route.get("/api/miners/{ip}/boards", this::boards).query("since", "until", "limit"),
                Route.put("/api/miners/{ip}", this::put)
                        .optionalBody(MinerForm.FIELDS.toArray(String[]::new))
                        .effect(Route.Effect.MINERS),
                Route.delete("/api/miners/{ip}", this::delete).effect(Route.Effect.MINERS));
    }

    private FleetService miners() {
        return ops.fleet();
    }

    private FleetSnapshot fleet() {
        return ops.fleet().latest();
    }

    private Reply summary() {
        FleetSummary fleet = ops.fleet().summary();
        var open = ops.alerts().countOpen();
        PollReport poll = ops.lastPoll();
        return Reply.json(JsonObject.ok()
                .object(
                        "summary",
                        JsonObject.object()
                                .whole("miners_total", fleet.total())
                                .whole("miners_online", fleet.online())
                                .whole("miners_offline", fleet.offline())
                                .number(
                                        "online_within_s",
                                        ops.fleet().onlineWithin().toMillis() / MILLIS_PER_SECOND)
                                .number("hashrate_ths", fleet.hashrateThs())
                                .number("power_w", fleet.powerW())
                                .number("avg_temp_c", fleet.avgTempC())
                                .number("avg_fan_rpm", fleet.avgFanRpm())
                                .object(
                                        "open_alerts",
                                        JsonObject.object()
                                                .whole("critical", open.get(Severity.CRITICAL))
                                                .whole("warning", open.get(Severity.WARNING))
                                                .whole("info", open.get(Severity.INFO)))
                                .time("last_poll_at", poll == null ? fleet.lastSampleAt() : poll.at())));
    }

    private Reply list(ApiRequest request) {
        Query query = request.query();
        String owner = query.text("owner");
        String site = query.text("site");
        List<Miner> wanted = miners().all().stream()
                .filter(miner -> owner == null || owner.equals(miner.owner()))
                .filter(miner -> site == null || site.equals(miner.site()))
                .toList();
        var slice = Slice.of(query, wanted);
        return Reply.json(JsonObject.ok()
                .whole("count", slice.items().size())
                .list("miners", slice.items(), views::miner)
                .text("next", slice.next()));
    }

    private static CurrentQuery currentQuery(ApiRequest request) {
        Query query = request.query();
        Double minutes = query.number("fresh_within", 0, RestLimits.MAX_MINUTES);
        Duration fresh =
                minutes == null ? RestLimits.DEFAULT_FRESH : Duration.ofMillis(Math.round(minutes * MILLIS_PER_MINUTE));
        CurrentQuery fleetQuery = new CurrentQuery(fresh, query.flag("detail"), Slice.Bounds.orAll(query));
        query.check();
        return fleetQuery;
    }

    private CachedResponses.Made current(FleetSnapshot fleet, CurrentQuery fleetQuery) {
        LatestSamples latest = new LatestSamples(fleet, views.names(), clock.instant());
        Duration fresh = fleetQuery.fresh();
        var slice = fleetQuery.bounds().of(latest.all());
        Reply reply = Reply.json(JsonObject.ok()
                .whole("count", slice.items().size())
                .list(
                        "miners",
                        slice.items(),
                        row -> fleetQuery.detail() ? latest.detailed(row, fresh) : latest.view(row, fresh))
                .text("next", slice.next()));
        // samples of one snapshot only age, so their number identifies the fresh ones
        return new CachedResponses.Made(reply, latest.within(fresh).size());
    }

    private static TrendQuery trendQuery(ApiRequest request) {
        Query query = request.query();
        Double hours = query.number("hours", MIN_TREND_HOURS, RestLimits.MAX_TREND_HOURS);
        Integer wanted = query.whole("points", FleetTrend.MIN_POINTS, FleetTrend.MAX_POINTS);
        Slice.Bounds bounds = Slice.Bounds.orAll(query);
        query.check();
        Duration range = Duration.ofMillis(
                Math.round((hours == null ? RestLimits.DEFAULT_TREND_HOURS : hours) * MILLIS_PER_HOUR));
        return new TrendQuery(range, wanted == null ? RestLimits.DEFAULT_TREND_POINTS : wanted, bounds);
    }

    private CachedResponses.Made trend(FleetSnapshot fleet, TrendQuery fleetQuery) {
        MinerIndex roster = fleet.roster();
        FleetTrend trend = ops.fleet().trend(roster, Reading.HASHRATE_THS, fleetQuery.range(), fleetQuery.points());
        var slice =
                fleetQuery.bounds().of(IntStream.range(0, roster.size()).boxed().toList());
        Reply reply = Reply.json(JsonObject.ok()
                .time("since", trend.since())
                .number("step_s", trend.step().toMillis() / MILLIS_PER_SECOND)
                .whole("count", slice.items().size())
                .list(
                        "miners",
                        slice.items(),
                        row -> JsonObject.object()
                                .text(
                                        "miner_ip",
                                        views.names().of(roster.miner(row).address()))
                                .numbers("hashrate_ths", trend.values(row)))
                .text("next", slice.next()));
        return new CachedResponses.Made(reply, trend.since().toEpochMilli());
    }

    private Reply read(ApiRequest request) {
        MinerAddress address = views.names().inPath(request);
        Miner miner = miners().find(address).orElseThrow(() -> unknown(address));
        LatestSamples latest = new LatestSamples(fleet(), views.names(), clock.instant());
        int row = latest.fleet().row(address);
        boolean known = row >= 0 && latest.fleet().hasSample(row);
        return Reply.json(JsonObject.ok()
                .object("miner", views.miner(miner))
                .object("current", known ? latest.detailed(row, RestLimits.DEFAULT_FRESH) : null));
    }

    private Reply boards(ApiRequest request) {
        MinerAddress address = views.names().inPath(request);
        Query query = request.query();
        Instant until = query.time("until");
        Instant since = query.time("since");
        int limit = query.limit();
        query.check();
        Instant end = until == null ? clock.instant().plusMillis(1) : until;
        Instant begin = since == null ? end.minus(BOARDS_SPAN) : since;
        if (!begin.isBefore(end)) {
            throw new InvalidArgumentException("until", "until must be after since (" + begin + "), not " + end);
        }
        if (miners().find(address).isEmpty()) {
            throw unknown(address);
        }
        List<BoardStore.Kept> kept = miners().boards(address, begin, end, limit);
        return Reply.json(JsonObject.ok()
                .whole("count", kept.size())
                .list("boards", kept, one -> LatestSamples.board(one.board()).time("timestamp", one.at())));
    }

    private Reply put(ApiRequest request) {
        MinerAddress address = views.names().inPath(request);
        return shown(miners().change(address, before -> form.change(before, request.body())));
    }

    private Reply delete(ApiRequest request) {
        MinerAddress address = views.names().inPath(request);
        if (!miners().remove(address)) {
            throw unknown(address);
        }
        return Reply.json(
                JsonObject.ok().text("message", "miner " + views.names().of(address) + " removed"));
    }

    private Reply shown(Miner miner) {
        return Reply.json(JsonObject.ok().object("miner", views.miner(miner)));
    }

    private HttpFailure unknown(MinerAddress address) {
        return HttpFailure.notFound("there is no miner " + views.names().of(address));
    }
}
