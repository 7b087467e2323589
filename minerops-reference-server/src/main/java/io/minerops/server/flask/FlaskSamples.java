package io.minerops.server.flask;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows of the Flask system into samples. That system writes 0 where a miner did not say: so a row of nothing but
 * zeros is no sample, and of a miner that hashes, 0 W, 0 °C and 0 rpm are absent readings. A hashrate of 0 is a reading.
 */
final class FlaskSamples {
    /** Clocks differ; what is later than this was written in another zone. */
    private static final Duration MAX_AHEAD = Duration.ofHours(1);

    private static final Pattern OFFSET = Pattern.compile(".*(Z|[+-]\\d\\d:?\\d\\d)");

    private final ZoneId zone;
    private final int defaultPort;
    private final Instant now;

    /** A row that is not a sample; the message names the value and what is accepted. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        private final String kind;

        RefusedException(String kind, String message) {
            super(message, null, false, false);
            this.kind = kind;
        }

        /** The key under which such rows are counted. */
        String kind() {
            return kind;
        }
    }

    FlaskSamples(ZoneId zone, int defaultPort, Instant now) {
        this.zone = zone;
        this.defaultPort = defaultPort;
        this.now = now;
    }

    /** The sample, with the moment of the row as the time at which the miner answered. */
    MetricSample sample(FlaskRow row) throws RefusedException {
        Instant at = time(row.timestamp());
        MetricSample.Builder sample = MetricSample.builder(address(row.minerIp()), at);
        if (row.values().values().stream().allMatch(value -> value == 0)) {
            throw new RefusedException("without_readings", "row " + row.id() + " has no reading above 0");
        }
        boolean hashing = row.values().getOrDefault(Reading.HASHRATE_THS, 0.0) > 0;
        for (Map.Entry<Reading, Double> each : row.values().entrySet()) {
            boolean said = each.getValue() != 0 || !hashing || each.getKey() == Reading.ELAPSED_S;
            if (said) {
                sample.set(each.getKey(), plausible(each.getKey(), each.getValue()));
            }
        }
        return sample.build();
    }

    private static double plausible(Reading reading, double value) throws RefusedException {
        if (value < reading.min() || value > reading.max()) {
            throw new RefusedException(
                    "implausible",
                    reading.key() + " must be between " + reading.min() + " and " + reading.max() + ", not " + value);
        }
        return value;
    }

    private MinerAddress address(@Nullable String text) throws RefusedException {
        try {
            return MinerAddress.parse(text == null ? "" : text, defaultPort);
        } catch (InvalidArgumentException e) {
            throw new RefusedException("address", "miner_ip: " + e.getMessage());
        }
    }

    private Instant time(@Nullable String text) throws RefusedException {
        Instant at;
        try {
            String iso = text == null ? "" : text.strip().replaceFirst(" ", "T");
            at = OFFSET.matcher(iso).matches()
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).atZone(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw new RefusedException(
                    "time",
                    "timestamp must be a time such as 2026-01-31 12:00:00, not "
                            + Check.quote(text == null ? "nothing" : text));
        }
        if (at.isAfter(now.plus(MAX_AHEAD))) {
            throw new RefusedException("future", "timestamp must not be in the future, not " + at + "; see --zone");
        }
        return at;
    }
}
