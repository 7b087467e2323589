package io.minerops.blocks.jdbc;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Page;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertCost;
import io.minerops.api.internal.Check;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What alerts cost as columns, and the order of alerts by it. */
public final class CostRows {
    /** The columns of an alert that hold its cost, all NULL where there is none. */
    public static final String TOTAL = "a.cost_usd, a.cost_since, a.cost_counted_ms, a.cost_basis, a.cost_complete";

    /** Replaces the cost of an alert. */
    public static final String PUT_TOTAL = "UPDATE alerts SET cost_usd = ?, cost_since = ?, cost_counted_ms = ?,"
            + " cost_basis = ?, cost_complete = ? WHERE id = ?";

    /** Replaces the cost of a day. */
    public static final String PUT_DAY = "INSERT INTO alert_costs (alert_id, day, usd, billed_usd, counted_ms)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (alert_id, day) DO UPDATE SET usd = excluded.usd,"
            + " billed_usd = excluded.billed_usd, counted_ms = excluded.counted_ms";

    /** Costs of days; a condition and {@link #BY_DAY} follow. */
    public static final String DAYS = "SELECT alert_id, day, usd, billed_usd, counted_ms FROM alert_costs WHERE ";

    /** A condition of {@link #DAYS}: from a day on, and before another. */
    public static final String WITHIN = "day >= ? AND day < ?";

    /** The order of {@link #DAYS}. */
    public static final String BY_DAY = " ORDER BY day, alert_id";

    /** The condition that an alert lies behind a cursor of the order by cost. */
    public static final String BEHIND = "(COALESCE(a.cost_usd, -1e300), a.id) < (?, ?)";

    /** The order by cost. */
    public static final String BY_COST = " ORDER BY COALESCE(a.cost_usd, -1e300) DESC, a.id DESC";

    /** As the cost of an alert without one, below all others. */
    private static final double UNKNOWN = -1e300;

    private static final Pattern CURSOR = Pattern.compile("([0-9a-f]{16})-([0-9]{1,18})");

    private CostRows() {}

    /** Binds {@link #PUT_TOTAL}. */
    public static Binder bind(Binder values, long alertId, AlertCost cost) throws SQLException {
        return values.real(cost.usd())
                .time(cost.since())
                .number(cost.counted().toMillis())
                .text(cost.basis().key())
                .flag(cost.complete())
                .number(alertId);
    }

    /** Binds {@link #PUT_DAY}. */
    public static Binder bind(Binder values, AlertCost.OfDay day) throws SQLException {
        return values.number(day.alertId())
                .time(day.day())
                .real(day.usd())
                .real(day.billedUsd())
                .number(day.counted().toMillis());
    }

    /** Reads {@link #TOTAL}. */
    public static @Nullable AlertCost read(Row row) throws SQLException {
        double usd = row.real();
        Instant since = row.timeOrNull();
        long countedMs = row.number();
        String basis = row.textOrNull();
        boolean complete = row.flag();
        return since == null || basis == null
                ? null
                : new AlertCost(
                        usd,
                        since,
                        Duration.ofMillis(countedMs),
                        EnumCodec.read(AlertCost.Basis.class, basis),
                        complete);
    }

    /** Reads {@link #DAYS}. */
    public static AlertCost.OfDay readDay(Row row) throws SQLException {
        return new AlertCost.OfDay(row.number(), row.time(), row.real(), row.real(), Duration.ofMillis(row.number()));
    }

    /** Binds {@link #BEHIND} for a cursor; null for the first page. */
    public static void bindCursor(Binder values, @Nullable String cursor) throws SQLException {
        if (cursor == null) {
            values.real(Double.MAX_VALUE).number(Long.MAX_VALUE);
            return;
        }
        Matcher parts = matcher(cursor);
        values.real(Double.longBitsToDouble(Long.parseUnsignedLong(parts.group(1), 16)))
                .number(Long.parseLong(parts.group(2)));
    }

    private static Matcher matcher(String cursor) {
        Matcher parts = CURSOR.matcher(cursor);
        if (!parts.matches()) {
            throw new InvalidArgumentException(
                    "cursor", "cursor must be one that this list gave, not " + Check.quote(cursor));
        }
        return parts;
    }

    /** A page of alerts in the order by cost, of which one more than the limit was read. */
    public static Page<Alert> page(List<Alert> rows, int limit) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        List<Alert> items = rows.subList(0, limit);
        Alert last = items.get(limit - 1);
        AlertCost cost = last.cost();
        long bits = Double.doubleToLongBits(cost == null ? UNKNOWN : cost.usd());
        String hex = Long.toHexString(bits);
        return new Page<>(items, "0".repeat(16 - hex.length()) + hex + "-" + last.id());
    }
}
