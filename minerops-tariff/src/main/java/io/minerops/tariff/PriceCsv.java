package io.minerops.tariff;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Market prices as CSV: a header, then one line per interval in order of time.
 *
 * <pre>{@code
 * start,usd_per_mwh
 * 2026-03-29T00:00Z,41.20
 * 2026-03-29T01:00Z,-158.00
 * }</pre>
 *
 * <p>The second column's name ends in {@code _per_mwh} or {@code _per_kwh}. Further columns are ignored. A time has an
 * offset or {@code Z}, or is that of the clock on the wall of the site: where clocks go back, the first line of a time is
 * the earlier one and the second the later one.
 */
public final class PriceCsv {
    private static final double KWH_PER_MWH = 1_000;

    private PriceCsv() {}

    /**
     * The prices of lines.
     *
     * @param lines header and values; blank lines are skipped
     * @param zone the site's zone, for times without offset
     * @throws InvalidArgumentException ({@code csv}) that names the line, or ({@code prices}) the gap or overlap
     */
    public static PriceSeries parse(List<String> lines, ZoneId zone) {
        ArrayDeque<Integer> filled = new ArrayDeque<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                filled.add(i);
            }
        }
        if (filled.isEmpty()) {
            throw new InvalidArgumentException("csv", "csv must have a header such as start,usd_per_mwh; it is empty");
        }
        double divisor = divisor(lines.get(filled.removeFirst()));
        TreeMap<Instant, Double> prices = new TreeMap<>();
        Instant before = null;
        for (Iterator<Integer> numbers = filled.iterator(); numbers.hasNext(); ) {
            int number = numbers.next();
            String[] cells = lines.get(number).split(",", -1);
            if (cells.length < 2) {
                throw bad(number, "must have two columns", lines.get(number));
            }
            Instant at = time(number, cells[0].strip(), zone, before);
            if (before != null && !at.isAfter(before)) {
                throw bad(number, "overlaps or is out of order: the line before is " + before, cells[0]);
            }
            prices.put(at, price(number, cells[1].strip()) / divisor);
            before = at;
        }
        return PriceSeries.of(null, prices);
    }

    private static double divisor(String header) {
        String[] cells = header.toLowerCase(Locale.ROOT).split(",", -1);
        String unit = cells.length < 2 ? "" : cells[1].strip();
        if (unit.endsWith("_per_mwh")) {
            return KWH_PER_MWH;
        }
        if (unit.endsWith("_per_kwh")) {
            return 1;
        }
        throw new InvalidArgumentException(
                "csv", "the second column of the header must end in _per_mwh or _per_kwh, not " + Check.quote(header));
    }

    private static Instant time(int number, String text, ZoneId zone, @Nullable Instant before) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException withoutOffset) {
            return local(number, text, zone, before);
        }
    }

    private static Instant local(int number, String text, ZoneId zone, @Nullable Instant before) {
        LocalDateTime local;
        try {
            local = LocalDateTime.parse(text.replace(' ', 'T'));
        } catch (DateTimeException e) {
            throw bad(number, "must begin with a time such as 2026-03-29T01:00Z or 2026-03-29T01:00", text);
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            throw bad(number, "has a time that clocks in " + zone + " skip", text);
        }
        Instant earlier = local.toInstant(offsets.get(0));
        boolean again = offsets.size() > 1 && before != null && !earlier.isAfter(before);
        return again ? local.toInstant(offsets.get(1)) : earlier;
    }

    private static double price(int number, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw bad(number, "must have a price in the second column", text);
        }
    }

    private static InvalidArgumentException bad(int number, String problem, String text) {
        return new InvalidArgumentException(
                "csv", "line " + (number + 1) + " " + problem + ", not " + Check.quote(text));
    }
}
