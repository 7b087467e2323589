package io.minerops.server.rest;

import io.minerops.api.miner.MinerAddress;
import io.minerops.core.service.FleetService;
import io.minerops.server.history.HistoryCsv;
import io.minerops.server.history.HistorySelection;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.Downloads;
import io.minerops.server.http.Query;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.rest.view.MinerNames;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** Stored samples as a file of CSV. */
final class HistoryRoute {
    private final FleetService fleet;
    private final Downloads downloads;
    private final MinerNames names;
    private final InstantSource clock;

    HistoryRoute(FleetService fleet, Downloads downloads, MinerNames names, InstantSource clock) {
        this.fleet = fleet;
        this.downloads = downloads;
        this.names = names;
        this.clock = clock;
    }

    Route route() {
        return Route.get("/api/history.csv", this::download).query("from", "to", "miner_ip", "readings", "proven");
    }

    private Reply download(ApiRequest request) {
        Query query = request.query();
        Instant from = query.time("from");
        Instant to = query.time("to");
        MinerAddress miner = query.read("miner_ip", names::parse);
        var readings = query.choices("readings", HistoryCsv.readings());
        boolean proven = query.flag("proven");
        query.check();

        Set<MinerAddress> miners = miner == null ? Set.of() : Set.of(miner);
        HistorySelection selection =
                HistorySelection.of("", from, to, miners, readings, clock).withProven(proven);
        HistoryCsv csv = new HistoryCsv(fleet::history, selection, names.defaultPort());
        return downloads.reply(request, HistoryCsv.MEDIA_TYPE, "minerops-history.csv", csv::next);
    }
}
