package io.minerops.server.rest;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.store.HistorySource;
import io.minerops.api.store.MetricRollup;
import io.minerops.api.store.RollupQuery;
import io.minerops.core.service.FleetService;
import io.minerops.core.work.Uptime;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a miner did over a span of time: its uptime, and what its accepted shares prove. */
final class WorkRoutes {
    private static final Duration DEFAULT_SPAN = Duration.ofDays(1);
    private static final double PERCENT = 100;
    /** So many that an answer takes no more than some hundred kilobytes: four months of hours. */
    private static final int MAX_SPANS = 3_000;

    private static final Map<String, HistorySource> STEPS =
            Map.of("hour", HistorySource.HOURLY, "day", HistorySource.DAILY);

    private final FleetService fleet;
    private final MinerNames names;
    private final InstantSource clock;

    private record Span(Miner miner, Instant since, Instant until) {}

    WorkRoutes(FleetService fleet, MinerNames names, InstantSource clock) {
        this.fleet = fleet;
        this.names = names;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/miners/{ip}/uptime", this::uptime).query("since", "until"),
                Route.get("/api/miners/{ip}/proven-work", this::provenWork).query("since", "until", "step"));
    }

    private Reply provenWork(ApiRequest request) {
        Query query = request.query();
        Instant until = query.time("until");
        Instant since = query.time("since");
        HistorySource step = query.choice("step", STEPS);
        query.check();
        Span span = span(request, since, until);
        MinerAddress miner = span.miner.address();
        RollupQuery wanted = new RollupQuery(miner, step == null ? HistorySource.HOURLY : step, span.since, span.until);
        List<MetricRollup> rollups = new ArrayList<>();
        fleet.rollups(wanted, rollup -> {
            rollups.add(rollup);
            return rollups.size() <= MAX_SPANS;
        });
        if (rollups.size() > MAX_SPANS) {
            throw new InvalidArgumentException(
                    "since",
                    "since must be at most " + MAX_SPANS + " spans before until, not " + span.since
                            + "; a step of a day has fewer");
        }
        ProvenWork total = rollups.stream().map(MetricRollup::proven).reduce(ProvenWork.NONE, ProvenWork::plus);
        return Reply.json(JsonObject.ok()
                .text("miner_ip", names.of(miner))
                .text("source", wanted.span().key())
                .object("since_start", view(fleet.provenSinceStart(miner)))
                .object("total", view(total))
                .whole("count", rollups.size())
                .list("proven_work", rollups, rollup -> view(rollup.proven()).time("timestamp", rollup.start())));
    }

    private static JsonObject view(ProvenWork work) {
        return JsonObject.object()
                .number("seconds", work.seconds())
                .number("accepted_difficulty", work.difficultySum())
                .number("proven_ths", work.provenThs())
                .number("deviation_ths", work.intervalThs(1))
                .number("claimed_ths", work.claimedThs())
                .number("unproven_pct", work.unprovenShare() * PERCENT)
                .number("deviations", work.deviationsBelowClaim());
    }

    private Reply uptime(ApiRequest request) {
        Query query = request.query();
        Instant until = query.time("until");
        Instant since = query.time("since");
        query.check();
        Span span = span(request, since, until);
        Uptime uptime = fleet.uptime(span.miner, span.since, span.until);
        return Reply.json(JsonObject.ok()
                .object(
                        "uptime",
                        JsonObject.object()
                                .text("miner_ip", names.of(span.miner.address()))
                                .time("since", span.since)
                                .time("until", span.until)
                                .number("uptime_pct", uptime.uptime() * PERCENT)
                                .number("availability_pct", uptime.availability() * PERCENT)
                                .number("mining_s", uptime.miningS())
                                .number("stopped_s", uptime.stoppedS())
                                .number("down_s", uptime.downS())
                                .number("offline_s", uptime.offlineS())
                                .number("unknown_s", uptime.unknownS())
                                .number("unobserved_s", uptime.unobservedS())
                                .number("estimated_s", uptime.estimatedS())));
    }

    /** The last day by default; it ends now at the latest. */
    private Span span(ApiRequest request, @Nullable Instant since, @Nullable Instant until) {
        Instant now = clock.instant();
        Instant end = until == null || until.isAfter(now) ? now : until;
        Instant begin = since == null ? end.minus(DEFAULT_SPAN) : since;
        if (!begin.isBefore(end)) {
            throw new InvalidArgumentException(
                    since == null ? "until" : "since", "since must be before until (" + end + "), not " + begin);
        }
        MinerAddress address = names.inPath(request);
        Miner miner =
                fleet.find(address).orElseThrow(() -> HttpFailure.notFound("there is no miner " + names.of(address)));
        return new Span(miner, begin, end);
    }
}
