package io.minerops.core.discovery;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerClient;
import io.minerops.api.miner.MinerReading;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A client that gives everybody the same answer, when a test has it come. */
public record OneAnswer(CompletionStage<MinerReading> answer) implements MinerClient {
    @Override
    public CompletionStage<MinerReading> read(MinerAddress miner, Duration deadline) {
        return answer;
    }

    @Override
    public void close() {}
}
