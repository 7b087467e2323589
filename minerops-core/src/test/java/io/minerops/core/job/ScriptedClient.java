package io.minerops.core.job;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerClient;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.core.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Miners that answer what a test says; one of which nothing was said refuses the connection. */
public final class ScriptedClient implements MinerClient {
    final List<MinerAddress> queried = new ArrayList<>();
    private final Map<MinerAddress, Supplier<CompletionStage<MinerReading>>> answers = new HashMap<>();

    public ScriptedClient answers(MinerAddress miner, Supplier<CompletionStage<MinerReading>> answer) {
        answers.put(miner, answer);
        return this;
    }

    public ScriptedClient answers(MinerAddress miner, MinerReading reading) {
        return answers(miner, () -> CompletableFuture.completedFuture(reading));
    }

    public ScriptedClient hashing(MinerAddress miner, double ths) {
        return answers(miner, hashes(miner, ths));
    }

    public static MinerReading.Ok hashes(MinerAddress miner, double ths) {
        return ok(MetricSample.builder(miner, TestClock.START)
                .set(Reading.HASHRATE_THS, ths)
                .build());
    }

    public static MinerReading.Ok ok(MetricSample sample) {
        return new MinerReading.Ok(
                sample, new MinerIdentity("Bitmain", "Antminer S19", null, null, null, null), 0, List.of(), Set.of());
    }

    /** The queries since the last call of this. */
    public List<MinerAddress> askedSince() {
        List<MinerAddress> now = List.copyOf(queried);
        queried.clear();
        return now;
    }

    @Override
    public CompletionStage<MinerReading> read(MinerAddress miner, Duration deadline) {
        queried.add(miner);
        return answers.getOrDefault(
                        miner, () -> CompletableFuture.completedFuture(new MinerReading.Refused(miner, "nobody there")))
                .get();
    }

    @Override
    public void close() {}
}
