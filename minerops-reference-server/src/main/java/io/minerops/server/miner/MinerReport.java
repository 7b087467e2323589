package io.minerops.server.miner;

import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.CgminerClient;
import io.minerops.core.device.internal.redact.ReplyRedactor;
import io.minerops.core.device.reply.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One reading of one miner, with all that it said.
 *
 * @param reading what came of it
 * @param replies what it said, in the order in which it came
 * @param mask what is hidden where it is shown
 */
record MinerReport(MinerReading reading, List<RawReply> replies, ReplyRedactor mask) {
    /**
     * A reply as it came.
     *
     * @param port the port that was queried
     * @param commands the commands
     * @param bytes what came
     */
    @SuppressWarnings("ArrayRecordComponent") // shown, and never compared
    record RawReply(int port, List<Command> commands, byte[] bytes) {
        /** The request, as on the wire. */
        String queried() {
            return commands.stream().map(Command::wireName).collect(Collectors.joining("+"));
        }
    }

    /** A fault that the device reports, as it is shown. */
    record ShownFault(
            String code,
            String message,
            @Nullable Instant since,
            @Nullable Integer slot) {}

    MinerReport {
        replies = List.copyOf(replies);
    }

    /** Reads a miner. */
    static MinerReport of(MinerAddress miner, Duration deadline, ReplyRedactor mask) {
        // filled by the client before the reading is complete
        List<RawReply> replies = new ArrayList<>();
        try (CgminerClient client = CgminerClient.builder()
                .exchangeTimeout(deadline)
                .replyListener((address, port, commands, reply) -> replies.add(new RawReply(port, commands, reply)))
                .build()) {
            MinerReading reading =
                    client.read(miner, deadline).toCompletableFuture().join();
            return new MinerReport(reading, replies, mask);
        }
    }

    /** What came of it, in one sentence. */
    String outcome() {
        return mask.value("outcome", reading.describe());
    }

    /** What the device says it is, by name; absent ones are null. */
    Map<String, @Nullable String> identity() {
        Map<String, @Nullable String> shown = new LinkedHashMap<>();
        if (reading instanceof MinerReading.Ok ok) {
            MinerIdentity identity = ok.identity();
            put(shown, "vendor", identity.vendor());
            put(shown, "model", identity.model());
            put(shown, "firmware_version", identity.firmwareVersion());
            put(shown, "mac", identity.mac());
            put(shown, "hostname", identity.hostname());
            put(shown, "serial", identity.serial());
            Pool pool = ok.sample().pool();
            put(shown, "pool_url", pool == null ? null : pool.url());
            put(shown, "pool_worker", pool == null ? null : pool.worker());
        }
        return shown;
    }

    /** What it measured, by key; NaN where absent. */
    Map<String, Double> readings() {
        Map<String, Double> shown = new LinkedHashMap<>();
        if (reading instanceof MinerReading.Ok ok) {
            MetricSample sample = ok.sample();
            Reading.all().forEach(each -> shown.put(each.key(), sample.value(each)));
        }
        return shown;
    }

    /** The faults that the device reports; null where it does not say. */
    @Nullable
    List<ShownFault> faults() {
        List<DeviceFault> faults =
                reading instanceof MinerReading.Ok ok ? ok.sample().faults() : null;
        return faults == null
                ? null
                : faults.stream()
                        .map(fault -> new ShownFault(
                                fault.code(), mask.value("message", fault.message()), fault.since(), fault.slot()))
                        .toList();
    }

    /** Its hash boards; null where it does not report them one by one. */
    @Nullable
    List<HashBoard> boards() {
        return reading instanceof MinerReading.Ok ok ? ok.sample().boards() : null;
    }

    /** What it is doing; null where it was not read. */
    @Nullable
    WorkState state() {
        return reading instanceof MinerReading.Ok ok ? ok.sample().state() : null;
    }

    /** Whether the power is the model's figure and not measured. */
    boolean powerEstimated() {
        return reading instanceof MinerReading.Ok ok && ok.sample().powerEstimated();
    }

    /** Number of repaired faults. */
    int repairs() {
        return reading instanceof MinerReading.Ok ok ? ok.repairs() : 0;
    }

    /** What it says that cannot be. */
    List<String> implausible() {
        return reading instanceof MinerReading.Ok ok
                ? ok.implausible().stream()
                        .map(each -> mask.value("implausible", each))
                        .toList()
                : List.of();
    }

    /** What it did not answer. */
    List<String> missing() {
        return reading instanceof MinerReading.Ok ok
                ? ok.missing().stream().sorted().toList()
                : List.of();
    }

    private void put(Map<String, @Nullable String> shown, String key, @Nullable String value) {
        shown.put(key, value == null ? null : mask.value(key, value));
    }
}
