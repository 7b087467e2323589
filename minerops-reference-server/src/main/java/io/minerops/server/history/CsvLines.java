package io.minerops.server.history;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.ShareCounters;
import io.minerops.api.miner.WorkState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines of CSV (RFC 4180). A library would quote fields, and nothing here has a field that needs it: a line has a time, an
 * address, true or false, numbers, and a state of work. No text of a device is in it, so no spreadsheet finds a formula.
 */
final class CsvLines {
    private static final String LINE_END = "\r\n";

    /** Always with milliseconds: readers that guess the format of a column from its first line fail at mixed ones. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Doubles below it hold every whole number. */
    private static final double MAX_WHOLE = 1L << 53;

    private final List<Reading> readings;
    private final boolean state;
    private final boolean proven;
    private final Map<MinerAddress, ShareCounters> countersBefore = new HashMap<>();
    private final int defaultPort;
    private final StringBuilder text = new StringBuilder();
    private Instant lastTime = Instant.MIN;
    private String lastShown = "";

    CsvLines(HistorySelection selection, int defaultPort) {
        readings = selection.readings();
        state = selection.state();
        proven = selection.proven();
        this.defaultPort = defaultPort;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    /** All lines since the last call. */
    String take() {
        String lines = text.toString();
        text.setLength(0);
        return lines;
    }

    void header() {
        text.append("time,miner_ip,power_estimated");
        readings.forEach(reading -> text.append(',').append(reading.key()));
        text.append(state ? ",state" : "")
                .append(proven ? ",proven_s,proven_difficulty,proven_ths" : "")
                .append(LINE_END);
    }

    void add(Instant at, MetricSample sample) {
        if (!at.equals(lastTime)) {
            lastTime = at;
            lastShown = TIME.format(at);
        }
        text.append(lastShown)
                .append(',')
                .append(sample.miner().toString(defaultPort))
                .append(',');
        if (!Double.isNaN(sample.value(Reading.POWER_W))) {
            text.append(sample.powerEstimated());
        }
        for (Reading reading : readings) {
            text.append(',');
            number(sample.value(reading));
        }
        if (state) {
            text.append(',')
                    .append(
                            sample.state() == WorkState.UNKNOWN
                                    ? ""
                                    : sample.state().key());
        }
        if (proven) {
            proven(at, sample);
        }
        text.append(LINE_END);
    }

    /** What shares prove since the miner's sample before; empty where the two are not of one run of its counters. */
    private void proven(Instant at, MetricSample sample) {
        ShareCounters now = ShareCounters.of(at, sample::value);
        ShareCounters before =
                now == null ? countersBefore.remove(sample.miner()) : countersBefore.put(sample.miner(), now);
        ProvenWork work = now == null || before == null ? ProvenWork.NONE : now.since(before);
        boolean known = work.seconds() > 0;
        for (double value : new double[] {work.seconds(), work.difficultySum(), work.provenThs()}) {
            text.append(',');
            number(known ? value : Double.NaN);
        }
    }

    /** As few digits as tell it from every other double, without an exponent; an absent value is an empty field. */
    private void number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < MAX_WHOLE) {
            text.append((long) value);
        } else if (!Double.isNaN(value)) {
            text.append(BigDecimal.valueOf(value).toPlainString());
        }
    }
}
