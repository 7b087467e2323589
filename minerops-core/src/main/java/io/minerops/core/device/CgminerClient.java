package io.minerops.core.device;

import io.minerops.api.HealthContributor;
import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerClient;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.core.device.family.DeviceFamily;
import io.minerops.core.device.internal.net.LoopThread;
import io.minerops.core.device.internal.net.PendingReading;
import io.minerops.core.device.internal.net.ReceivedReplies;
import io.minerops.core.device.reply.Endpoint;
import io.minerops.core.device.reply.ReplyListener;
import java.nio.channels.Selector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads miners that speak the CGMiner API over TCP, such as all Antminers.
 *
 * <p>One thread serves all miners without blocking, so that a slow or unresponsive miner costs its own deadline and
 * delays no other. The deadline is absolute: it counts from the call of {@link #read} and covers waiting for a slot,
 * looking up a host name, connecting, sending and receiving, over all commands of the reading. A miner is never
 * connected to without a request going out at once, and never twice at a time; only commands that read can be sent.
 *
 * <p>The first reading of a miner sends several commands in one request. A miner that refuses, garbles or does not
 * survive that gets them one by one, and the client remembers it. Replies are bounded in bytes, depth and length of
 * strings; faults that miners' JSON is known for are repaired and counted, but a reply that was cut off is never data.
 *
 * <p>What this machine lacks is never an outcome of a device: where there is no file descriptor left for a connection, or
 * no room for more replies, no more readings start until there is, and a reading whose deadline passes meanwhile is
 * {@link MinerReading.NotRead}. A reading that throws, be it an {@link Error}, ends that reading; where reading itself
 * fails, those under way end as not read and it starts again.
 *
 * <p>Stages are completed on a thread of the client: what depends on them must not block, or must be asynchronous.
 */
public final class CgminerClient implements MinerClient, HealthContributor {
    private static final long MAX_DEADLINE_NANOS = TimeUnit.DAYS.toNanos(1);

    private final ReadingLoop loop;
    private final ReadingResults results;
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicLong numbers = new AtomicLong();
    private final int maxUnfinished;
    private final int maxReplyBytes;
    private final @Nullable ReplyListener replyListener;

    private CgminerClient(Builder builder) {
        maxUnfinished = builder.maxConnections + builder.maxQueued;
        maxReplyBytes = builder.maxReplyBytes;
        replyListener = builder.replyListener;
        results = new ReadingResults(maxUnfinished, replyListener);
        loop = new ReadingLoop(builder, results::conclude);
    }

    /** Starts a client with the defaults that {@link Builder} names. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Where as many readings as the queue holds wait already, the stage completes at once as timed out in phase
     * {@link Phase#QUEUED}. After {@link #close()} it fails with a {@link CancellationException}.
     *
     * @throws io.minerops.api.InvalidArgumentException if the deadline is not longer than zero
     */
    @Override
    public CompletionStage<MinerReading> read(MinerAddress miner, Duration deadline) {
        Check.positive("deadline", deadline);
        if (unfinished.incrementAndGet() > maxUnfinished) {
            unfinished.decrementAndGet();
            return CompletableFuture.completedFuture(new MinerReading.TimedOut(miner, Phase.QUEUED));
        }
        long nanos = deadline.compareTo(Duration.ofDays(1)) < 0 ? deadline.toNanos() : MAX_DEADLINE_NANOS;
        PendingReading reading = new PendingReading(miner, System.nanoTime() + nanos, numbers.incrementAndGet());
        if (replyListener != null) {
            reading.heard = new ReceivedReplies(maxReplyBytes, loop.memory());
        }
        CompletableFuture<MinerReading> unused =
                reading.result.whenComplete((outcome, fault) -> unfinished.decrementAndGet());
        if (!loop.submit(reading)) {
            reading.result.completeExceptionally(new CancellationException("the client is closed"));
        }
        return reading.result;
    }

    /** How many connections it has begun since it was made; a reading may take several. For any thread. */
    public long connectionsBegun() {
        return loop.connectionsBegun();
    }

    @Override
    public String component() {
        return "miner-client";
    }

    /** Present while reading has failed and has not started again. */
    @Override
    public Optional<String> fault() {
        return loop.fault();
    }

    @Override
    public void close() {
        loop.close();
        results.close();
    }

    /** Collects a client's limits; not thread-safe. */
    public static final class Builder {
        private static final int MAX_REPLY_BYTES = 64 * 1024 * 1024;

        InstantSource clock = InstantSource.system();
        int maxReplyBytes = 1024 * 1024;
        int maxConnections = 2_048;
        int maxPerSubnet = 128;
        int startsPerSecond = 10_000;
        int startsPerSecondInSubnet = 4_000;
        int maxQueued = 65_536;

        @Nullable
        Long replyMemory;

        LoopThread.Selectors selectors = Selector::open;
        Duration connectTimeout = Duration.ofSeconds(3);
        Duration firstByteTimeout = Duration.ofSeconds(5);
        Duration exchangeTimeout = Duration.ofSeconds(10);
        int rememberedMiners = 65_536;
        Duration rememberedFor = Duration.ofHours(1);

        int webPort = Endpoint.WEB.usualPort();
        int whatsminerPort = Endpoint.WHATSMINER.usualPort();
        int auradinePort = Endpoint.AURADINE.usualPort();
        final List<DeviceFamily> families = new ArrayList<>();
        private @Nullable ReplyListener replyListener;

        private Builder() {}

        /** One more family of devices; tried before ours and after those given earlier. */
        public Builder family(DeviceFamily family) {
            families.add(family);
            return this;
        }

        /** Listener of the raw responses; default: none, and then they are not stored. */
        public Builder replyListener(ReplyListener listener) {
            replyListener = listener;
            return this;
        }

        /** The port of devices that are read through their web server, 1 to 65,535; 80 by default. */
        public Builder webPort(int port) {
            webPort = Check.between("webPort", port, 1, 65_535);
            return this;
        }

        /** The port of Whatsminer's third API, 1 to 65,535; 4433 by default. */
        public Builder whatsminerPort(int port) {
            whatsminerPort = Check.between("whatsminerPort", port, 1, 65_535);
            return this;
        }

        /** The port of Auradine's second web server, 1 to 65,535; 8080 by default. */
        public Builder auradinePort(int port) {
            auradinePort = Check.between("auradinePort", port, 1, 65_535);
            return this;
        }

        /** Gives samples their time; the system's clock by default. Deadlines do not depend on it. */
        public Builder clock(InstantSource clock) {
            this.clock = clock;
            return this;
        }

        /** The longest reply that is read, 64 to 67,108,864 bytes; 1 MiB by default. */
        public Builder maxReplyBytes(int bytes) {
            maxReplyBytes = Check.between("maxReplyBytes", bytes, 64, MAX_REPLY_BYTES);
            return this;
        }

        /**
         * How many bytes the replies of all readings may take at a time, raw and parsed, four times
         * {@link #maxReplyBytes} or more; an eighth of the heap by default. While more than five eighths are in use, no
         * more readings start; replies of more than 64 KiB wait for their turn while half of it is in use. What
         * finds no room within its deadline ends as {@link MinerReading.NotRead}.
         */
        public Builder replyMemory(long bytes) {
            replyMemory = bytes;
            return this;
        }

        /** Where selectors come from: for tests of what becomes of readings without one. */
        Builder selectors(LoopThread.Selectors source) {
            selectors = source;
            return this;
        }

        /**
         * How many miners are connected to at a time, 1 to 65,536; 2,048 by default, and half of the file descriptors
         * that the process may still open at the most. A quarter of these at most are
         * miners that were unresponsive the last time, so that these do not delay the others.
         */
        public Builder maxConnections(int connections) {
            maxConnections = Check.between("maxConnections", connections, 1, 65_536);
            return this;
        }

        /** How long a connection may take to come about, above 0; 3 s by default. */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = Check.positive("connectTimeout", timeout);
            return this;
        }

        /** How long a device may then take to begin its reply, above 0; 5 s by default. */
        public Builder firstByteTimeout(Duration timeout) {
            firstByteTimeout = Check.positive("firstByteTimeout", timeout);
            return this;
        }

        /**
         * How long one exchange of a reading may take, connecting included, above 0; 10 s by default. A reading takes
         * one exchange or more, within the deadline of the reading.
         */
        public Builder exchangeTimeout(Duration timeout) {
            exchangeTimeout = Check.positive("exchangeTimeout", timeout);
            return this;
        }

        /**
         * How many miners of one subnet (a /24, or a /64 of IPv6) are connected to at a time, 1 to 65,536; 128 by
         * default. Those that were unresponsive the last time are not counted.
         */
        public Builder maxConnectionsPerSubnet(int connections) {
            maxPerSubnet = Check.between("maxConnectionsPerSubnet", connections, 1, 65_536);
            return this;
        }

        /** How many readings start in a second, 1 to 1,000,000; 10,000 by default, so that there is no burst. */
        public Builder startsPerSecond(int starts) {
            startsPerSecond = Check.between("startsPerSecond", starts, 1, 1_000_000);
            return this;
        }

        /** The same within one subnet, 1 to 1,000,000; 4,000 by default. */
        public Builder startsPerSecondInSubnet(int starts) {
            startsPerSecondInSubnet = Check.between("startsPerSecondInSubnet", starts, 1, 1_000_000);
            return this;
        }

        /** How many readings may wait for a connection, 0 to 1,048,576; 65,536 by default. */
        public Builder maxQueued(int readings) {
            maxQueued = Check.between("maxQueued", readings, 0, 1_048_576);
            return this;
        }

        /** Number of miners whose query plan the client remembers, 1 to 1,048,576; 65,536 by default. */
        public Builder rememberedMiners(int miners) {
            rememberedMiners = Check.between("rememberedMiners", miners, 1, 1_048_576);
            return this;
        }

        /** How long it remembers that before it learns it again, as after new firmware; an hour by default. */
        public Builder rememberedFor(Duration duration) {
            rememberedFor = Check.positive("rememberedFor", duration);
            return this;
        }

        /**
         * Starts the client and its threads.
         *
         * @throws io.minerops.api.InvalidArgumentException ({@code replyMemory}) if it is less than four times
         *     {@code maxReplyBytes}
         * @throws java.io.UncheckedIOException if the system gives no selector
         */
        public CgminerClient build() {
            Long given = replyMemory;
            if (given != null && given < 4L * maxReplyBytes) {
                throw new InvalidArgumentException(
                        "replyMemory",
                        "replyMemory must be at least four times maxReplyBytes, " + 4L * maxReplyBytes + ", not "
                                + given);
            }
            return new CgminerClient(this);
        }
    }
}
