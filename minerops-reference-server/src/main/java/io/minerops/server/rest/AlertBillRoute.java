package io.minerops.server.rest;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.Miner;
import io.minerops.core.service.AlertBill;
import io.minerops.core.service.AlertService;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Query;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the alerts of a UTC month or day have cost. */
final class AlertBillRoute {
    private static final double MILLIS_PER_HOUR = 3_600_000;
    private static final Map<String, AlertBill.By> BY = new TreeMap<>(Map.of(
            "rule", AlertBill.By.RULE,
            "model", AlertBill.By.MODEL,
            "tag", AlertBill.By.TAG,
            "miner", AlertBill.By.MINER));
    private static final Map<String, Boolean> IS_MONTH = new TreeMap<>(Map.of("month", true, "day", false));

    private final AlertService alerts;
    private final InstantSource clock;

    AlertBillRoute(AlertService alerts, InstantSource clock) {
        this.alerts = alerts;
        this.clock = clock;
    }

    Route route() {
        return Route.get("/api/alerts/bill", this::bill).query("period", "of", "by", "owner", "site");
    }

    private Reply bill(ApiRequest request) {
        Query query = request.query();
        Boolean month = query.choice("period", IS_MONTH);
        String name = query.text("of");
        boolean byMonth = month == null ? name == null || name.length() <= "2026-10".length() : month;
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate of = query.read("of", text -> first(text, byMonth));
        AlertBill.By by = query.choice("by", BY);
        Predicate<Miner> counted = counted(query.text("owner"), query.text("site"));
        query.check();
        LocalDate from = of == null ? (byMonth ? today.withDayOfMonth(1) : today) : of;
        Instant since = from.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant until = (byMonth ? from.plusMonths(1) : from.plusDays(1))
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        AlertBill bill = alerts.bill(since, until, by == null ? AlertBill.By.RULE : by, counted);
        return Reply.json(JsonObject.ok()
                .time("since", since)
                .time("until", until)
                .number("usd", bill.usd())
                .list("lines", bill.lines(), AlertBillRoute::line));
    }

    private static JsonObject line(AlertBill.Line line) {
        return JsonObject.object()
                .whole("rule_id", line.rule())
                .text("name", line.name())
                .number("usd", line.usd())
                .whole("alerts", line.alerts())
                .number("hours", line.counted().toMillis() / MILLIS_PER_HOUR);
    }

    private static @Nullable Predicate<Miner> counted(@Nullable String owner, @Nullable String site) {
        return owner == null && site == null
                ? null
                : miner ->
                        (owner == null || owner.equals(miner.owner())) && (site == null || site.equals(miner.site()));
    }

    /** The first day of a month such as 2026-10, or a day such as 2026-10-05. */
    private static LocalDate first(String text, boolean byMonth) {
        try {
            LocalDate day = byMonth ? YearMonth.parse(text).atDay(1) : LocalDate.parse(text);
            if (day.getYear() >= 2009 && day.getYear() <= 9999) {
                return day;
            }
        } catch (DateTimeException notSo) {
            throw refused(text, byMonth, notSo);
        }
        throw refused(text, byMonth, null);
    }

    private static InvalidArgumentException refused(String text, boolean byMonth, @Nullable DateTimeException cause) {
        InvalidArgumentException refused = new InvalidArgumentException(
                "of",
                "of must be a " + (byMonth ? "month such as 2026-10" : "day such as 2026-10-05") + ", not "
                        + Check.quote(text));
        if (cause != null) {
            refused.addSuppressed(cause);
        }
        return refused;
    }
}
