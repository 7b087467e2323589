package io.minerops.server.rest;

import io.minerops.core.profit.StrikeReport;
import io.minerops.core.profit.StrikeReport.By;
import io.minerops.core.service.ProfitabilityService;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.Query;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.rest.view.MinerNames;
import io.minerops.server.rest.view.Slice;
import io.minerops.server.rest.view.StrikeView;

/** Which power price miners can pay. */
final class StrikeRoute {
    private final ProfitabilityService profitability;
    private final MinerNames names;

    StrikeRoute(ProfitabilityService profitability, MinerNames names) {
        this.profitability = profitability;
        this.names = names;
    }

    Route route() {
        return Route.get("/api/profitability/strike-price", this::strike)
                .query(
                        "by",
                        "hashprice",
                        "forward",
                        "active_only",
                        "power_cost",
                        "btc_price",
                        "hashrate",
                        "limit",
                        "cursor");
    }

    private Reply strike(ApiRequest request) {
        Query query = request.query();
        By given = query.choice("by", StrikeView.BY);
        By by = given == null ? By.MINER : given;
        Double hashprice = query.number("hashprice", 0, StrikeReport.Request.MAX_HASHPRICE);
        boolean forward = query.flag("forward");
        boolean activeOnly = query.flag("active_only");
        var whatIf = ProfitabilityRoutes.whatIf(query);
        Slice.Bounds bounds = Slice.Bounds.of(query);
        query.check();
        StrikeReport report =
                profitability.strike(new StrikeReport.Request(by, activeOnly, whatIf, hashprice, forward));
        var slice = bounds.of(report.order().entries());
        StrikeView view = new StrikeView(names, by);
        return Reply.json(view.head(report)
                .whole("count", slice.items().size())
                .whole("total", report.order().entries().size())
                .list("entries", slice.items(), view::entry)
                .text("next", slice.next()));
    }
}
