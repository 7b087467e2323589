package io.minerops.server.remotewrite;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/**
 * Turns a snapshot of the fleet into write requests, version 1 of the protocol: for each miner of the poll
 * {@code minerops_miner_up}, {@code minerops_miner_state} and one series per reading, such as
 * {@code minerops_miner_hashrate_ths}, with the labels {@code job}, {@code miner}, {@code model} and {@code location}.
 *
 * @see <a href="https://prometheus.io/docs/specs/prw/remote_write_spec/">Prometheus remote write 1.0</a>
 */
final class WriteRequests {
    /** How many samples a request has at most; receivers limit the size of a request. */
    static final int MAX_SAMPLES = 5_000;

    private static final String PREFIX = "minerops_miner_";
    private static final int SERIES = 1;
    private static final int LABELS = 1;
    private static final int SAMPLES = 2;
    private static final int FIRST = 1;
    private static final int SECOND = 2;

    private final List<Request> requests = new ArrayList<>();
    private final long pollMillis;
    private ProtobufBytes request = new ProtobufBytes();
    private int samples;

    /** A request: its compressed body, and how many samples it has. The body is not changed. */
    static final class Request {
        private final byte[] body;
        private final int samples;

        Request(byte[] body, int samples) {
            this.body = body;
            this.samples = samples;
        }

        byte[] body() {
            return body;
        }

        int samples() {
            return samples;
        }
    }

    private WriteRequests(long pollMillis) {
        this.pollMillis = pollMillis;
    }

    /**
     * The requests of one poll.
     *
     * @param snapshot the fleet
     * @param pollMillis the time of the poll, ms since the epoch: miners with a sample of it are up
     */
    static List<Request> of(FleetSnapshot snapshot, long pollMillis) {
        WriteRequests requests = new WriteRequests(pollMillis);
        for (int row = 0; row < snapshot.size(); row++) {
            requests.add(snapshot, row);
        }
        requests.end();
        return requests.requests;
    }

    private void add(FleetSnapshot snapshot, int row) {
        Map<String, String> labels = labels(snapshot.miner(row));
        boolean up = snapshot.epochMillis(row) == pollMillis;
        series("up", labels, up ? 1 : 0);
        if (!up) {
            return;
        }
        Map<String, String> ofState = new TreeMap<>(labels);
        WorkState state = snapshot.state(row);
        for (WorkState each : WorkState.all()) {
            ofState.put("state", each.key());
            series("state", ofState, each == state ? 1 : 0);
        }
        for (Reading reading : Reading.all()) {
            double value = snapshot.value(reading, row);
            if (!Double.isNaN(value)) {
                series(reading.key(), labels, value);
            }
        }
    }

    private static Map<String, String> labels(Miner miner) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("job", "minerops");
        labels.put("miner", miner.address().toString());
        put(labels, "model", miner.model());
        put(labels, "location", miner.location());
        return labels;
    }

    private static void put(Map<String, String> labels, String name, @Nullable String value) {
        if (value != null) {
            labels.put(name, value);
        }
    }

    /** Labels are sorted by name; {@code __name__} comes before all others. */
    private void series(String name, Map<String, String> labels, double value) {
        ProtobufBytes series = new ProtobufBytes().bytes(LABELS, label("__name__", PREFIX + name));
        labels.forEach((label, text) -> series.bytes(LABELS, label(label, text)));
        byte[] sample = new ProtobufBytes()
                .number(FIRST, value)
                .whole(SECOND, pollMillis)
                .toBytes();
        request.bytes(SERIES, series.bytes(SAMPLES, sample).toBytes());
        samples++;
        if (samples == MAX_SAMPLES) {
            end();
        }
    }

    private static byte[] label(String name, String value) {
        return new ProtobufBytes().text(FIRST, name).text(SECOND, value).toBytes();
    }

    private void end() {
        if (samples > 0) {
            requests.add(new Request(compressed(request.toBytes()), samples));
            request = new ProtobufBytes();
            samples = 0;
        }
    }

    private static byte[] compressed(byte[] bytes) {
        try {
            return Snappy.compress(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compress a write request: " + e.getMessage(), e);
        }
    }
}
