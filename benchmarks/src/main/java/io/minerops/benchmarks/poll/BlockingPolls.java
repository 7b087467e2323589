package io.minerops.benchmarks.poll;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.benchmarks.device.JoinedReply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The same poll by blocking threads: one after the other, or so many at a time. */
final class BlockingPolls {
    private BlockingPolls() {}

    /** Polls all miners. */
    static Cycle poll(List<MinerAddress> miners, int threads, int deadlineMillis) throws InterruptedException {
        AtomicInteger answered = new AtomicInteger();
        AtomicLong lastAnswer = new AtomicLong();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        long cpu = Cycle.processCpuNanos();
        long start = System.nanoTime();
        for (MinerAddress miner : miners) {
            pool.execute(() -> {
                if (read(miner, deadlineMillis)) {
                    answered.incrementAndGet();
                    lastAnswer.accumulateAndGet(System.nanoTime() - start, Math::max);
                }
            });
        }
        pool.shutdown();
        if (!pool.awaitTermination(1, TimeUnit.HOURS)) {
            throw new IllegalStateException("the pool of " + threads + " has not ended within an hour");
        }
        return new Cycle(
                miners.size(),
                answered.get(),
                lastAnswer.get(),
                System.nanoTime() - start,
                Cycle.processCpuNanos() - cpu);
    }

    private static boolean read(MinerAddress miner, int deadlineMillis) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(miner.host(), miner.port()), deadlineMillis);
            socket.setSoTimeout(deadlineMillis);
            socket.getOutputStream().write(JoinedReply.request());
            ByteArrayOutputStream reply = new ByteArrayOutputStream(8192);
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                reply.write(buffer, 0, count);
            }
            return JoinedReply.read(reply.toByteArray(), miner, Instant.EPOCH) instanceof MinerReading.Ok;
        } catch (IOException e) {
            // a dead miner: one in twenty is, and the count of answers shows whether there were more
            return false;
        }
    }
}
