package io.minerops.server.statement;

import io.minerops.api.InvalidArgumentException;
import io.minerops.core.service.StatementService;
import io.minerops.core.statement.StatementPeriod;
import io.minerops.core.statement.StatementReport;
import io.minerops.core.statement.StatementRequest;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.Query;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.rest.view.MinerNames;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

/** Statements of a period, as JSON and as CSV. */
public final class StatementRoute {
    private static final Map<String, Boolean> CSV_FORMATS = Map.of("csv", true, "json", false);
    private static final String CSV = "text/csv";

    private final StatementService statements;
    private final MinerNames names;
    private final ZoneId zone;
    private final InstantSource clock;

    private StatementRoute(StatementService statements, MinerNames names, ZoneId zone, InstantSource clock) {
        this.statements = statements;
        this.names = names;
        this.zone = zone;
        this.clock = clock;
    }

    /**
     * The route.
     *
     * @param defaultPort the port of miners whose address is written without one
     * @param zone the zone of periods where the query names none
     */
    public static Route of(StatementService statements, int defaultPort, ZoneId zone, InstantSource clock) {
        StatementRoute route = new StatementRoute(statements, new MinerNames(defaultPort), zone, clock);
        return Route.get("/api/statements", route::answer).query("period", "of", "zone", "by", "name", "format");
    }

    private Reply answer(ApiRequest request) {
        Query query = request.query();
        ZoneId given = query.read("zone", StatementChoice::zone);
        StatementPeriod.Kind kind = query.choice("period", StatementChoice.KINDS);
        StatementPeriod period =
                query.read("of", of -> StatementChoice.period(kind, of, given == null ? zone : given, clock.instant()));
        StatementRequest.By by = query.choice("by", StatementChoice.GROUPS);
        String name = query.read("name", text -> StatementChoice.name(text, by, names));
        Boolean csv = query.choice("format", CSV_FORMATS);
        query.check();
        StatementRequest wanted = new StatementRequest(
                period == null
                        ? StatementChoice.period(kind, null, given == null ? zone : given, clock.instant())
                        : period,
                by,
                name);
        StatementReport report = report(wanted);
        boolean asCsv = csv == null ? accepts(request) : csv;
        return asCsv
                ? Reply.text(StatementCsv.MEDIA_TYPE, StatementCsv.of(report, names))
                        .with("Content-Disposition", "attachment; filename=\"" + file(report) + '"')
                : Reply.json(new StatementView(names).report(report));
    }

    private StatementReport report(StatementRequest wanted) {
        try {
            return statements.statement(wanted);
        } catch (InvalidArgumentException e) {
            if (e.argument().equals("name")) {
                throw HttpFailure.of(404, String.valueOf(e.getMessage()), "name");
            }
            throw e;
        }
    }

    private static boolean accepts(ApiRequest request) {
        String accept = request.accept();
        return accept != null && accept.contains(CSV);
    }

    private static String file(StatementReport report) {
        return "minerops-statement-" + report.request().period().name() + ".csv";
    }
}
