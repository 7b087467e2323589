package io.minerops.server.rest;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.store.HistoryQuery;
import io.minerops.core.service.FleetService;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Query;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.rest.view.Views;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Stored samples, ascending by time; without {@code since} those of the last 24 hours. */
final class MetricRoutes {
    private static final Duration DEFAULT_SPAN = Duration.ofHours(24);
    private static final int MAX_STEP_SECONDS = 366 * 24 * 3600;

    private final FleetService fleet;
    private final Views views;
    private final InstantSource clock;

    MetricRoutes(FleetService fleet, Views views, InstantSource clock) {
        this.fleet = fleet;
        this.views = views;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(Route.get("/api/metrics", this::list)
                .query("ip", "miner_ip", "since", "until", "step", "limit", "cursor"));
    }

    private Reply list(ApiRequest request) {
        Query query = request.query();
        var miner = views.names().requested(query);
        Instant until = query.time("until");
        Instant since = query.time("since");
        Double seconds = query.number("step", 1, MAX_STEP_SECONDS);
        int limit = query.limit();
        Cursor cursor = query.read("cursor", Cursor::parse);
        query.check();

        Instant end = until == null ? clock.instant().plusMillis(1) : until;
        Instant begin = cursor != null ? cursor.from : since != null ? since : end.minus(DEFAULT_SPAN);
        int skip = cursor == null ? 0 : cursor.skip;
        Duration step = seconds == null ? null : Duration.ofMillis(Math.round(seconds * 1_000));
        List<Row> rows = new ArrayList<>();
        HistoryQuery wanted = new HistoryQuery(miner, begin, end, step, skip + limit + 1);
        fleet.history(wanted, (at, sample) -> rows.add(new Row(at, sample)));
        List<Row> page = rows.subList(Math.min(skip, rows.size()), Math.min(skip + limit, rows.size()));
        return Reply.json(JsonObject.ok()
                .whole("count", page.size())
                .text("source", fleet.source(wanted).key())
                .list("metrics", page, row -> views.sample(row.at, row.sample))
                .text("next", rows.size() > skip + limit ? Cursor.after(rows, skip + limit) : null));
    }

    private record Row(Instant at, MetricSample sample) {}

    /**
     * Where a page ended: at the time of its last sample, after that many samples of this time.
     *
     * @param from the time
     * @param skip how many samples of that time were given, over all pages
     */
    private record Cursor(Instant from, int skip) {
        private static final Pattern FORM = Pattern.compile("t(\\d{1,15})-(\\d{1,8})");

        static Cursor parse(String text) {
            Matcher matcher = FORM.matcher(text);
            if (!matcher.matches()) {
                throw new InvalidArgumentException("cursor", "cursor must be one that this list gave as next");
            }
            return new Cursor(
                    Instant.ofEpochMilli(Long.parseLong(matcher.group(1))), Integer.parseInt(matcher.group(2)));
        }

        static @Nullable String after(List<Row> rows, int end) {
            Instant last = rows.get(end - 1).at;
            int same = 0;
            while (same < end && rows.get(end - 1 - same).at.equals(last)) {
                same++;
            }
            return "t" + last.toEpochMilli() + "-" + same;
        }
    }
}
