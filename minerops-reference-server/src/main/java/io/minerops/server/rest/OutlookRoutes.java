package io.minerops.server.rest;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MinerAddress;
import io.minerops.core.MinerOps;
import io.minerops.core.profit.FleetProfitability;
import io.minerops.core.profit.Projection;
import io.minerops.core.profit.WhatIf;
import io.minerops.core.service.FleetService;
import io.minerops.core.service.ProfitabilityService;
import io.minerops.server.http.Query;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.rest.form.Outlooks;
import io.minerops.server.rest.view.MinerNames;
import io.minerops.server.rest.view.OutlookView;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may come: projections, sensitivity and solo odds of the fleet, a miner, or a machine that is not in it. */
final class OutlookRoutes {
    private static final List<String> SUBJECT = List.of("miner_ip", "ths", "active_only", "btc_price", "hashrate");
    private static final List<String> POWER = List.of("watts", "power_cost");

    private final ProfitabilityService profitability;
    private final FleetService fleet;
    private final MinerNames names;
    private final InstantSource clock;

    OutlookRoutes(MinerOps ops, MinerNames names, InstantSource clock) {
        profitability = ops.profitability();
        fleet = ops.fleet();
        this.names = names;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                route("projection", this::projection, List.of(POWER, Outlooks.PROJECTION)),
                route("sensitivity", this::sensitivity, List.of(POWER, Outlooks.SENSITIVITY)),
                route("solo", this::solo, List.of(List.of("days"))));
    }

    private interface Calculation {
        Reply reply(Query query);
    }

    private static Route route(String name, Calculation calculation, List<List<String>> more) {
        List<String> query = new ArrayList<>(SUBJECT);
        more.forEach(query::addAll);
        return Route.get("/api/profitability/" + name, request -> calculation.reply(request.query()))
                .query(query.toArray(String[]::new));
    }

    /** What the calculation is for; to be read once the query has been checked. */
    private final class Subject {
        private final @Nullable MinerAddress miner;
        private final @Nullable Double ths;
        private final @Nullable Double watts;
        private final boolean withPower;
        private final boolean activeOnly;
        private final WhatIf whatIf;

        Subject(Query query, boolean withPower) {
            this.withPower = withPower;
            miner = query.read("miner_ip", names::parse);
            ths = query.number("ths", 0, FleetProfitability.MAX_MINER_THS);
            watts = query.number("watts", 0, FleetProfitability.MAX_MINER_W);
            activeOnly = query.flag("active_only");
            whatIf = ProfitabilityRoutes.whatIf(query);
        }

        OutlookView view() {
            return new OutlookView(figures(), profitability.blockReward());
        }

        private FleetProfitability figures() {
            if (ths != null && (watts != null || !withPower)) {
                if (miner != null) {
                    throw new InvalidArgumentException(
                            "ths",
                            "ths must not be given beside miner_ip: it is for a machine that is not in the fleet");
                }
                return profitability.machine(ths, watts == null ? 0 : watts, whatIf);
            }
            if (ths != null || watts != null) {
                throw new InvalidArgumentException(
                        ths == null ? "ths" : "watts", "ths and watts must be given together");
            }
            ProfitabilityRoutes.requireRegistered(miner, fleet, names);
            return profitability.figures(miner, activeOnly, whatIf);
        }
    }

    private Reply projection(Query query) {
        Subject subject = new Subject(query, true);
        Outlooks.ProjectionForm form = Outlooks.projection(query);
        query.check();
        OutlookView view = subject.view();
        Projection.Assumptions assumed =
                form.assumptions(clock.instant(), view.reward().height() - 1);
        return Reply.json(view.projection(Projection.of(view.figures().inputs(), assumed), assumed, form.purchase()));
    }

    private Reply sensitivity(Query query) {
        Subject subject = new Subject(query, true);
        Outlooks.SensitivityForm form = Outlooks.sensitivity(query);
        query.check();
        OutlookView view = subject.view();
        return Reply.json(view.sensitivity(form.grid(view.figures().inputs())));
    }

    private Reply solo(Query query) {
        Subject subject = new Subject(query, false);
        Double days = query.positive("days", Outlooks.MAX_SOLO_DAYS);
        query.check();
        return Reply.json(subject.view().solo(Outlooks.days(days == null ? Outlooks.DEFAULT_SOLO_DAYS : days)));
    }
}
