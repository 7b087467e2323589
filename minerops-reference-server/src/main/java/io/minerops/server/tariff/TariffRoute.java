package io.minerops.server.tariff;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.Tariff;
import io.minerops.core.profit.PowerPrices;
import io.minerops.core.service.FleetService;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.tariff.Charge;
import io.minerops.tariff.RatePlan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The tariffs, what a kWh costs by each now, and how many miners have it. */
public final class TariffRoute {
    private static final Tariffs NONE = new Tariffs(List.of(), List.of(), PowerPrices.DEFAULT);

    private final FleetService fleet;
    private final @Nullable WatchedTariffs watched;
    private final Tariff standard;
    private final InstantSource clock;

    private TariffRoute(FleetService fleet, @Nullable WatchedTariffs watched, Tariff standard, InstantSource clock) {
        this.fleet = fleet;
        this.watched = watched;
        this.standard = standard;
        this.clock = clock;
    }

    /**
     * The route.
     *
     * @param tariffs the tariffs; null where there is no file of them
     * @param standard what a kWh costs miners without price and tariff
     */
    public static Route of(FleetService fleet, @Nullable WatchedTariffs tariffs, Tariff standard, InstantSource clock) {
        TariffRoute route = new TariffRoute(fleet, tariffs, standard, clock);
        return Route.get("/api/tariffs", request -> route.list());
    }

    private Reply list() {
        Tariffs tariffs = watched == null ? NONE : watched.tariffs();
        int[] miners = new int[tariffs.plans().size()];
        int ownPrice = 0;
        int byDefault = 0;
        FleetSnapshot latest = fleet.latest();
        for (int row = 0; row < latest.size(); row++) {
            int tariff = tariffs.of(latest.miner(row));
            if (latest.miner(row).powerPriceUsdPerKwh() != null) {
                ownPrice++;
            } else if (tariff == PowerPrices.DEFAULT) {
                byDefault++;
            } else {
                miners[tariff]++;
            }
        }
        Instant now = clock.instant();
        List<Integer> all = IntStream.range(0, tariffs.plans().size()).boxed().toList();
        return Reply.json(JsonObject.ok()
                .number("default_usd_per_kwh", standard.usdPerKwh())
                .whole("miners_with_default", byDefault)
                .whole("miners_with_own_price", ownPrice)
                .list("tariffs", all, tariff -> view(tariffs, tariff, now).whole("miner_count", miners[tariff])));
    }

    private static JsonObject view(Tariffs tariffs, int tariff, Instant now) {
        RatePlan plan = tariffs.plans().get(tariff);
        Double price = null;
        String problem = null;
        try {
            price = Tariffs.priceAt(plan, now);
        } catch (MarketException e) {
            problem = e.getMessage();
        }
        List<String> assigned = new ArrayList<>();
        for (Tariffs.Assignment assignment : tariffs.assignments()) {
            if (assignment.tariff() == tariff) {
                assigned.add(assignment.to());
            }
        }
        return JsonObject.object()
                .text("name", plan.name())
                .text("zone", plan.zone().getId())
                .flag("is_default", tariffs.fallback() == tariff)
                .texts("charges", plan.charges().stream().map(Charge::name).toList())
                .texts("assigned_to", assigned)
                .number("usd_per_kwh", price)
                .text("problem", problem);
    }
}
