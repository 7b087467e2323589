package io.minerops.server.rest;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.profit.Difficulty;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.profit.Quote;
import io.minerops.api.profit.Tariff;
import io.minerops.core.MinerOps;
import io.minerops.core.profit.HashrateInput;
import io.minerops.core.profit.ProfitabilityInputs;
import io.minerops.core.profit.WhatIf;
import io.minerops.core.service.FleetService;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.Fields;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Query;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.rest.form.RestLimits;
import io.minerops.server.rest.view.LatestSamples;
import io.minerops.server.rest.view.MinerNames;
import io.minerops.server.rest.view.Slice;
import io.minerops.server.rest.view.Views;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the fleet earns: now, before, and by which market values. */
final class ProfitabilityRoutes {
    private static final Currency USD = Currency.getInstance("USD");
    private static final double MILLIS_PER_DAY = 24 * 3_600_000.0;
    private static final double MILLIS_PER_HOUR = 3_600_000;
    private static final Map<String, HashrateInput> HASHRATES =
            Map.of("claimed", HashrateInput.CLAIMED, "average", HashrateInput.AVERAGE, "proven", HashrateInput.PROVEN);

    /** The most snapshots that one answer holds: 90 days of one in 15 minutes, and some more. */
    private static final int MAX_HISTORY = 10_000;

    /** The longest that an answer waits for a market source. */
    private static final Duration MARKET_TIMEOUT = Duration.ofSeconds(30);

    private final MinerOps ops;
    private final Views views;
    private final InstantSource clock;

    ProfitabilityRoutes(MinerOps ops, Views views, InstantSource clock) {
        this.ops = ops;
        this.views = views;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/profitability/current", this::current)
                        .query("miner_ip", "active_only", "power_cost", "btc_price", "hashrate"),
                Route.get("/api/profitability/miners", this::miners)
                        .query("active_only", "losing", "power_cost", "btc_price", "hashrate", "limit", "cursor"),
                Route.get("/api/profitability/history", this::history).query("miner_ip", "days", "limit"),
                Route.post("/api/profitability/snapshot", this::snapshot)
                        .query("miner_ip")
                        .optionalBody("miner_ip")
                        .effect(Route.Effect.PROFITABILITY),
                Route.get("/api/profitability/btc-price", request -> price()),
                Route.get("/api/profitability/network-difficulty", request -> difficulty()),
                Route.get("/api/profitability/active-miners", this::activeMiners)
                        .query("hours", "limit", "cursor"));
    }

    private Reply current(ApiRequest request) {
        Query query = request.query();
        MinerAddress miner = query.read("miner_ip", views.names()::parse);
        boolean activeOnly = query.flag("active_only");
        WhatIf whatIf = whatIf(query);
        query.check();
        requireRegistered(miner);
        ProfitabilitySnapshot snapshot = ops.profitability().current(miner, activeOnly, whatIf);
        return Reply.json(JsonObject.ok()
                .object("profitability", views.profitability(snapshot))
                .object("block_reward", Views.blockReward(ops.profitability().blockReward()))
                .object("payout", Views.payout(ops.profitability().figures(miner, activeOnly, whatIf))));
    }

    private Reply miners(ApiRequest request) {
        Query query = request.query();
        boolean activeOnly = query.flag("active_only");
        boolean losing = query.flag("losing");
        WhatIf whatIf = whatIf(query);
        query.limit();
        query.check();
        List<ProfitabilitySnapshot> all = ops.profitability().miners(activeOnly, whatIf).stream()
                .filter(miner -> !losing || miner.profitability().dailyProfitUsd() < 0)
                .toList();
        var slice = Slice.of(query, all);
        return Reply.json(JsonObject.ok()
                .whole("count", slice.items().size())
                .whole("total", all.size())
                .list("miners", slice.items(), views::profitability)
                .text("next", slice.next()));
    }

    static WhatIf whatIf(Query query) {
        Double cost = query.number("power_cost", -1, Tariff.MAX_USD_PER_KWH);
        Double price = query.positive("btc_price", ProfitabilityInputs.MAX_PRICE_USD);
        HashrateInput hashrate = query.choice("hashrate", HASHRATES);
        return new WhatIf(cost == null ? null : new Tariff(cost), price, hashrate);
    }

    private Reply history(ApiRequest request) {
        Query query = request.query();
        MinerAddress miner = query.read("miner_ip", views.names()::parse);
        Double days = query.positive("days", RestLimits.MAX_PROFIT_DAYS);
        int limit = query.text("limit") == null ? MAX_HISTORY : query.limit();
        query.check();
        double length = days == null ? RestLimits.DEFAULT_PROFIT_DAYS : days;
        Duration back = Duration.ofMillis(Math.max(1, Math.round(length * MILLIS_PER_DAY)));
        List<ProfitabilitySnapshot> history = ops.profitability().history(miner, back, limit);
        return Reply.json(
                JsonObject.ok().whole("count", history.size()).list("history", history, views::profitability));
    }

    private Reply snapshot(ApiRequest request) {
        Query query = request.query();
        Fields body = request.body();
        MinerAddress[] miner = {query.read("miner_ip", views.names()::parse)};
        query.check();
        body.textAs("miner_ip", views.names()::parse, said -> miner[0] = agreed(miner[0], said));
        body.check();
        requireRegistered(miner[0]);
        List<ProfitabilitySnapshot> saved = ops.profitability().snapshotNow(miner[0]);
        return Reply.json(JsonObject.ok()
                .whole("saved", saved.size())
                .object("profitability", views.profitability(saved.get(0))));
    }

    private static @Nullable MinerAddress agreed(@Nullable MinerAddress before, @Nullable MinerAddress said) {
        if (before != null && said != null && !before.equals(said)) {
            throw new InvalidArgumentException("miner_ip", "miner_ip must be the same in the query and in the body");
        }
        return said == null ? before : said;
    }

    private Reply price() {
        Quote quote = await(ops.market().price(USD));
        return market("btc_price_usd", quote.price(), quote.source(), quote.fetchedAt(), quote.stale());
    }

    private Reply difficulty() {
        Difficulty difficulty = await(ops.market().difficulty());
        return market(
                "network_difficulty",
                difficulty.value(),
                difficulty.source(),
                difficulty.fetchedAt(),
                difficulty.stale());
    }

    private static Reply market(String name, double value, String source, Instant fetchedAt, boolean stale) {
        return Reply.json(JsonObject.ok()
                .number(name, value)
                .number("value", value)
                .text("source", source)
                .time("fetched_at", fetchedAt)
                .flag("stale", stale));
    }

    private Reply activeMiners(ApiRequest request) {
        Query query = request.query();
        Double hours = query.positive("hours", RestLimits.MAX_PROFIT_DAYS * 24);
        Duration window = Duration.ofMillis(
                Math.round((hours == null ? RestLimits.DEFAULT_ACTIVE_HOURS : hours) * MILLIS_PER_HOUR));
        Slice.Bounds bounds = Slice.Bounds.orAll(query);
        query.check();
        LatestSamples latest = new LatestSamples(ops.fleet().latest(), views.names(), clock.instant());
        var slice = bounds.of(latest.within(window));
        return Reply.json(JsonObject.ok()
                .whole("count", slice.items().size())
                .list("active_miners", slice.items(), row -> latest.view(row, window))
                .text("next", slice.next()));
    }

    private void requireRegistered(@Nullable MinerAddress miner) {
        requireRegistered(miner, ops.fleet(), views.names());
    }

    static void requireRegistered(@Nullable MinerAddress miner, FleetService fleet, MinerNames names) {
        if (miner != null && fleet.find(miner).isEmpty()) {
            throw HttpFailure.of(404, "there is no miner " + names.of(miner), "miner_ip");
        }
    }

    private static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture()
                    .orTimeout(MARKET_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof MarketException market) {
                throw market;
            }
            throw new MarketException("no market source answered within " + MARKET_TIMEOUT.toSeconds() + " s", e);
        }
    }
}
