package io.minerops.server.rest;

import io.minerops.api.Page;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.FactQuery;
import io.minerops.core.service.FleetService;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Query;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.rest.view.Choices;
import io.minerops.server.rest.view.Views;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What a miner reports of itself and its faults, with the times for which it held. */
final class FactRoutes {
    private final FleetService fleet;
    private final Views views;

    FactRoutes(FleetService fleet, Views views) {
        this.fleet = fleet;
        this.views = views;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/miners/{ip}/facts", this::facts).query("kind", "since", "until", "limit", "cursor"),
                Route.get("/api/miners/{ip}/faults", this::faults).query("since", "until", "limit", "cursor"));
    }

    private Reply facts(ApiRequest request) {
        Set<FactKind> kinds = request.query().choices("kind", Choices.FACT_KINDS);
        return list(request, "facts", kinds.isEmpty() ? Set.copyOf(Choices.FACT_KINDS.values()) : kinds, views::fact);
    }

    private Reply faults(ApiRequest request) {
        return list(request, "faults", Set.of(FactKind.FAULT), views::fault);
    }

    private Reply list(ApiRequest request, String name, Set<FactKind> kinds, Function<Fact, JsonObject> view) {
        Query query = request.query();
        Instant since = query.time("since");
        Instant until = query.time("until");
        int limit = query.limit();
        query.check();
        MinerAddress miner = views.names().inPath(request);
        Page<Fact> page = fleet.facts(new FactQuery(miner, kinds, since, until, limit, query.text("cursor")));
        if (page.items().isEmpty() && fleet.find(miner).isEmpty()) {
            throw HttpFailure.notFound("there is no miner " + views.names().of(miner));
        }
        return Reply.json(JsonObject.ok()
                .whole("count", page.items().size())
                .list(name, page.items(), view)
                .text("next", page.next()));
    }
}
