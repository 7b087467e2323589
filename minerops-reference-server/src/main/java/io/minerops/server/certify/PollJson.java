package io.minerops.server.certify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Reading;
import io.minerops.core.certify.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One poll as one line of a file of polls, with all that a certificate is made of. */
final class PollJson {
    private static final String SLOT = "slot";
    private static final String SERIAL = "serial";

    private PollJson() {}

    static ObjectNode of(Observation poll) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("at", poll.at().toString())
                .put("continuous", poll.continuous());
        MetricSample sample = poll.sample();
        if (sample == null) {
            return json.put("failure", poll.failure());
        }
        identity(json.putObject("device"), poll.identity());
        ObjectNode readings = json.putObject("readings");
        Reading.all().forEach(reading -> put(readings, reading.key(), sample.value(reading)));
        json.put("power_estimated", sample.powerEstimated());
        List<HashBoard> boards = sample.boards();
        if (boards != null) {
            ArrayNode list = json.putArray("boards");
            boards.forEach(board -> board(list.addObject(), board));
        }
        List<DeviceFault> faults = sample.faults();
        if (faults != null) {
            ArrayNode list = json.putArray("faults");
            faults.forEach(fault -> fault(list.addObject(), fault));
        }
        return json;
    }

    private static void identity(ObjectNode json, MinerIdentity identity) {
        json.put("vendor", identity.vendor())
                .put("model", identity.model())
                .put("firmware_version", identity.firmwareVersion())
                .put("mac", identity.mac())
                .put("hostname", identity.hostname())
                .put(SERIAL, identity.serial());
    }

    private static void board(ObjectNode json, HashBoard board) {
        json.put(SLOT, board.slot()).put(SERIAL, board.serial());
        BoardReading.all().forEach(reading -> put(json, reading.key(), board.value(reading)));
    }

    private static void fault(ObjectNode json, DeviceFault fault) {
        Instant since = fault.since();
        json.put("code", fault.code())
                .put("message", fault.message())
                .put("since", since == null ? null : since.toString())
                .put(SLOT, fault.slot());
    }

    /** An absent reading has no member. */
    private static void put(ObjectNode json, String name, double value) {
        if (!Double.isNaN(value)) {
            json.put(name, value);
        }
    }

    /**
     * Reads a line.
     *
     * @throws RuntimeException if it is no poll; the kinds are those of texts and values out of range
     */
    static Observation read(JsonNode json, MinerAddress miner) {
        Instant at = Instant.parse(json.path("at").asText());
        boolean continuous = json.path("continuous").asBoolean();
        if (json.has("failure")) {
            return Observation.unanswered(at, continuous, json.path("failure").asText());
        }
        if (!json.path("readings").isObject()) {
            throw new IllegalArgumentException("it has neither readings nor a failure");
        }
        MetricSample.Builder sample = MetricSample.builder(miner, at)
                .powerEstimated(json.path("power_estimated").asBoolean());
        Reading.all().forEach(reading -> sample.set(reading, number(json.path("readings"), reading.key())));
        if (json.has("boards")) {
            List<HashBoard> boards = new ArrayList<>();
            json.path("boards").forEach(board -> boards.add(board(board)));
            sample.boards(boards);
        }
        if (json.has("faults")) {
            List<DeviceFault> faults = new ArrayList<>();
            json.path("faults").forEach(fault -> faults.add(fault(fault)));
            sample.faults(faults);
        }
        JsonNode device = json.path("device");
        MinerIdentity identity = new MinerIdentity(
                device.path("vendor").textValue(),
                device.path("model").textValue(),
                device.path("firmware_version").textValue(),
                device.path("mac").textValue(),
                device.path("hostname").textValue(),
                device.path(SERIAL).textValue());
        return Observation.answered(at, continuous, sample.build(), identity);
    }

    private static HashBoard board(JsonNode json) {
        HashBoard.Builder board = HashBoard.builder(json.path(SLOT).asInt(-1))
                .serial(json.path(SERIAL).textValue());
        BoardReading.all().forEach(reading -> board.set(reading, number(json, reading.key())));
        return board.build();
    }

    private static DeviceFault fault(JsonNode json) {
        String since = json.path("since").textValue();
        return new DeviceFault(
                json.path("code").asText(),
                json.path("message").asText(),
                since == null ? null : Instant.parse(since),
                whole(json.path(SLOT)));
    }

    static @Nullable Integer whole(JsonNode value) {
        return value.isInt() ? value.intValue() : null;
    }

    static double number(JsonNode json, String name) {
        return json.path(name).asDouble(Double.NaN);
    }
}
