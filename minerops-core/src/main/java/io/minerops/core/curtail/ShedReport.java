package io.minerops.core.curtail;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What was shed in an event: baseline, actual and shed load by interval, as lines that are chained by hashes.
 *
 * <p>The file has one JSON object a line: a header, one line for each interval, and an end. Each line ends in
 * {@code "previous":"…","hash":"…"}: the hash of the line before (of the header, {@value #NO_HASH}), and the SHA-256 of the
 * line's own bytes from its begin up to the comma before {@code "hash"}, in lower-case hexadecimal digits. Lines end in a line
 * feed. Loads are kW with three decimals, rounded half-even. So each byte of the file is covered: {@link ShedCheck} names the
 * first line that was changed. A person can still write all hashes again; a copy of {@link #hash()} that is kept elsewhere shows that too.
 *
 * @param event the event
 * @param days the days of the baseline; empty where it is given
 * @param intervals the intervals
 * @param lines the lines of the file, without line feeds
 */
public record ShedReport(ShedEvent event, List<LocalDate> days, List<Interval> intervals, List<String> lines) {
    /** The format of the file. */
    static final String FORMAT = "minerops-shed-1";

    /** What stands for the hash before the first. */
    static final String NO_HASH = "0000000000000000000000000000000000000000000000000000000000000000";

    private static final int KW_DECIMALS = 3;
    private static final long WS_PER_KWH = 3_600_000;

    /** Copies the lists. */
    public ShedReport {
        days = List.copyOf(days);
        intervals = List.copyOf(intervals);
        lines = List.copyOf(lines);
    }

    /**
     * An interval.
     *
     * @param start its begin
     * @param baselineW the load of the baseline, W
     * @param actualW the load by the samples, W
     * @param measured how many miners have a sample with a power; the others add nothing to {@code actualW}
     * @param estimated how many of these powers are nominal figures
     */
    public record Interval(Instant start, long baselineW, long actualW, int measured, int estimated) {
        /** What was shed, W; negative where more was drawn than the baseline. */
        public long shedW() {
            return baselineW - actualW;
        }
    }

    static ShedReport of(ShedEvent event, List<LocalDate> days, double[] baselineW, LoadSeries actual) {
        List<Interval> intervals = new ArrayList<>();
        for (int i = 0; i < baselineW.length; i++) {
            intervals.add(new Interval(
                    event.from().plus(event.step().multipliedBy(i)),
                    (long) Math.rint(baselineW[i]),
                    (long) Math.rint(actual.watts[i]),
                    actual.measured[i],
                    actual.estimated[i]));
        }
        return new ShedReport(event, days, intervals, lines(event, days, intervals));
    }

    /** The energy that was shed, kWh. */
    public double shedKwh() {
        return intervals.stream().mapToLong(Interval::shedW).sum()
                * (double) event.step().toSeconds()
                / WS_PER_KWH;
    }

    /** The last hash, which stands for the whole file. */
    public String hash() {
        String last = lines.get(lines.size() - 1);
        return last.substring(last.length() - NO_HASH.length() - 2, last.length() - 2);
    }

    /** The whole file. */
    public String file() {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static List<String> lines(ShedEvent event, List<LocalDate> days, List<Interval> intervals) {
        List<String> lines = new ArrayList<>();
        String hash = add(lines, header(event, days), NO_HASH);
        for (int i = 0; i < intervals.size(); i++) {
            hash = add(lines, line(i + 1, intervals.get(i)), hash);
        }
        add(lines, end(event, intervals), hash);
        return lines;
    }

    private static String add(List<String> lines, String content, String previous) {
        String hashed = "{" + content + ",\"previous\":\"" + previous + "\"";
        String hash = sha256(hashed.getBytes(StandardCharsets.UTF_8));
        lines.add(hashed + ",\"hash\":\"" + hash + "\"}");
        return hash;
    }

    private static String header(ShedEvent event, List<LocalDate> days) {
        return String.format(
                Locale.ROOT,
                "\"format\":\"%s\",\"from\":\"%s\",\"until\":\"%s\",\"step_s\":%d,\"zone\":\"%s\",\"baseline\":\"%s\","
                        + "\"baseline_days\":[%s]",
                FORMAT,
                event.from(),
                event.until(),
                event.step().toSeconds(),
                event.zone().getId(),
                event.method(),
                days.stream().map(day -> "\"" + day + "\"").collect(Collectors.joining(",")));
    }

    private static String line(int number, Interval interval) {
        return String.format(
                Locale.ROOT,
                "\"interval\":%d,\"start\":\"%s\",\"baseline_kw\":%s,\"actual_kw\":%s,\"shed_kw\":%s,\"measured\":%d,"
                        + "\"estimated\":%d",
                number,
                interval.start(),
                kw(interval.baselineW()),
                kw(interval.actualW()),
                kw(interval.shedW()),
                interval.measured(),
                interval.estimated());
    }

    private static String end(ShedEvent event, List<Interval> intervals) {
        return String.format(
                Locale.ROOT,
                "\"intervals\":%d,\"baseline_kwh\":%s,\"actual_kwh\":%s,\"shed_kwh\":%s",
                intervals.size(),
                kwh(intervals.stream().mapToLong(Interval::baselineW).sum(), event),
                kwh(intervals.stream().mapToLong(Interval::actualW).sum(), event),
                kwh(intervals.stream().mapToLong(Interval::shedW).sum(), event));
    }

    private static String kwh(long watts, ShedEvent event) {
        return BigDecimal.valueOf(watts)
                .multiply(BigDecimal.valueOf(event.step().toSeconds()))
                .divide(BigDecimal.valueOf(WS_PER_KWH), KW_DECIMALS, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static String kw(long watts) {
        return BigDecimal.valueOf(watts, KW_DECIMALS).toPlainString();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
