package io.minerops.benchmarks.poll;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerClient;
import io.minerops.api.miner.MinerReading;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A client that remembers when the last miner was read that answered. */
final class TimedClient implements MinerClient {
    private final MinerClient client;
    private volatile long lastAnswer;

    TimedClient(MinerClient client) {
        this.client = client;
    }

    /** On the scale of {@link System#nanoTime}. */
    long lastAnswer() {
        return lastAnswer;
    }

    @Override
    public CompletionStage<MinerReading> read(MinerAddress miner, Duration deadline) {
        return client.read(miner, deadline).whenComplete((reading, fault) -> {
            if (reading instanceof MinerReading.Ok) {
                lastAnswer = System.nanoTime();
            }
        });
    }

    @Override
    public void close() {
        client.close();
    }
}
