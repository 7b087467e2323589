package io.minerops.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.core.device.internal.reading.Replies;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A client, and devices on loopback that end with the test. */
public abstract class LoopbackMiners {
    public static final Duration AMPLE = Duration.ofSeconds(20);
    public static final Duration SHORT = Duration.ofMillis(300);
    /** Longer than any test may take. */
    static final Duration PATIENCE = Duration.ofMinutes(5);
    /** How late a loaded machine may be; far less than an ample deadline. */
    static final Duration SLACK = Duration.ofSeconds(5);

    public static final Map<String, String> ANTMINER = Map.of(
            "version", Replies.version("Antminer S19 Pro"),
            "summary", Replies.summary(110_000),
            "stats", Replies.stats("Antminer S19 Pro", "\"GHS 5s\":110000,\"temp_chip1\":\"60-70\""),
            "pools", Replies.pools());

    private final List<AutoCloseable> open = new ArrayList<>();
    /** Patient in every step, so that what ends in time ends by itself or by the deadline of the reading. */
    final CgminerClient client = opened(clientOfLoopback()
            .connectTimeout(PATIENCE)
            .firstByteTimeout(PATIENCE)
            .exchangeTimeout(PATIENCE)
            .build());

    /** A client that finds no other endpoint of a device open: port 1 is closed. */
    public static CgminerClient.Builder clientOfLoopback() {
        return CgminerClient.builder()
                .clock(InstantSource.fixed(Replies.NOW))
                .webPort(1)
                .whatsminerPort(1)
                .auradinePort(1);
    }

    public <T extends AutoCloseable> T opened(T closeable) {
        open.add(closeable);
        return closeable;
    }

    public FakeMiner miner(FakeMiner.Script script) {
        return opened(FakeMiner.running(script));
    }

    @AfterEach
    void close_all() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    public static MinerReading read(CgminerClient client, MinerAddress miner, Duration deadline) {
        return client.read(miner, deadline).toCompletableFuture().join();
    }

    public static MinerReading.Ok ok(MinerReading reading) {
        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        return (MinerReading.Ok) reading;
    }

    static void assertTimesOut(CgminerClient client, MinerAddress miner, Phase phase) {
        long start = System.nanoTime();
        MinerReading reading = read(client, miner, SHORT);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(reading).isEqualTo(new MinerReading.TimedOut(miner, phase));
        assertThat(took).isBetween(SHORT, SHORT.plus(SLACK));
    }

    public static boolean awaited(CountDownLatch latch, long millis) throws IOException {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server was stopped", e);
        }
    }
}
