package io.minerops.core.device;

import io.minerops.api.internal.Check;
import io.minerops.api.internal.DaemonThreads;
import io.minerops.api.miner.ControlAction;
import io.minerops.api.miner.ControlResult;
import io.minerops.api.miner.ControlResult.Failed;
import io.minerops.api.miner.ControlResult.Step;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerControl;
import io.minerops.core.device.internal.control.ControlAttempt;
import io.minerops.core.device.internal.control.ControlLine;
import io.minerops.core.device.internal.net.HostLookup;
import io.minerops.core.device.internal.net.LocalShortage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Controls devices over the CGMiner API: identifies the device, then sends the command of its family, and nothing
 * else. Families that want a password (Whatsminer, web servers) are refused with a sentence: no password is held here.
 *
 * <table>
 * <caption>What is sent</caption>
 * <tr><th>family</th><th>restart</th><th>LED</th><th>switch pool</th></tr>
 * <tr><td>Antminer: Bitmain's firmware, VNish, Hiveon</td><td>{@code restart}</td><td>no</td><td>{@code switchpool}</td></tr>
 * <tr><td>Braiins OS</td><td>no</td><td>no</td><td>{@code switchpool}</td></tr>
 * <tr><td>LuxOS</td><td>{@code resetminer} in a session</td><td>{@code ledset} in a session</td><td>{@code switchpool}</td></tr>
 * <tr><td>Avalon</td><td>{@code restart}</td><td>{@code ascset 0,led}</td><td>{@code switchpool}</td></tr>
 * <tr><td>other CGMiner</td><td>{@code restart}</td><td>{@code ascidentify}, on only</td><td>{@code switchpool}</td></tr>
 * </table>
 *
 * <p>CGMiner accepts commands only from addresses that its {@code api-allow} lists with {@code W:}; others get
 * {@link ControlResult.Denied}. A second action on a device is refused while one is under way. Connections are its own:
 * a poll of the same device may run at the same time, and CGMiner serves one after the other.
 */
public final class CgminerControl implements MinerControl {
    private static final Duration MAX_DEADLINE = Duration.ofDays(1);

    private final Set<MinerAddress> underWay = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor threads;
    private final HostLookup lookup = new HostLookup();
    private final long exchangeNanos;
    private final int maxReplyBytes;
    private final int maxQueued;

    private CgminerControl(Builder builder) {
        exchangeNanos = builder.exchangeTimeout.toNanos();
        maxReplyBytes = builder.maxReplyBytes;
        maxQueued = builder.maxQueued;
        threads = new ThreadPoolExecutor(
                builder.threads,
                builder.threads,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(maxQueued),
                DaemonThreads.named("cgminer-control"));
        threads.allowCoreThreadTimeOut(true);
    }

    /** Starts a control with the defaults that {@link Builder} names. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.minerops.api.InvalidArgumentException if the deadline is not longer than zero
     */
    @Override
    public CompletionStage<ControlResult> perform(MinerAddress miner, ControlAction action, Duration deadline) {
        Check.positive("deadline", deadline);
        Duration bounded = deadline.compareTo(MAX_DEADLINE) < 0 ? deadline : MAX_DEADLINE;
        long endsNanos = System.nanoTime() + bounded.toNanos();
        CompletableFuture<ControlResult> result = new CompletableFuture<>();
        if (!underWay.add(miner)) {
            result.complete(new Failed(miner, Step.QUEUED, "another command to it is under way"));
            return result;
        }
        try {
            threads.execute(() -> conclude(result, miner, action, endsNanos));
        } catch (RejectedExecutionException e) {
            underWay.remove(miner);
            if (threads.isShutdown()) {
                result.completeExceptionally(new CancellationException("the control is closed"));
            } else {
                result.complete(new Failed(miner, Step.QUEUED, maxQueued + " commands wait for their turn already"));
            }
        }
        return result;
    }

    private void conclude(
            CompletableFuture<ControlResult> result, MinerAddress miner, ControlAction action, long endsNanos) {
        ControlResult outcome;
        try {
            outcome = attempt(miner, action, endsNanos);
        } catch (RuntimeException | Error e) {
            // whatever it is, the caller hears of it and the device can be controlled again
            underWay.remove(miner);
            result.completeExceptionally(e);
            return;
        }
        underWay.remove(miner);
        result.complete(outcome);
    }

    private ControlResult attempt(MinerAddress miner, ControlAction action, long endsNanos) {
        if (threads.isShutdown() || endsNanos - System.nanoTime() <= 0) {
            return new Failed(miner, Step.QUEUED, "its turn did not come in time");
        }
        InetAddress address;
        try {
            address = address(miner, endsNanos);
        } catch (ExecutionException e) {
            return e.getCause() instanceof LocalShortage shortage
                    ? new Failed(miner, Step.QUEUED, "this machine is short of something: " + shortage.getMessage())
                    : new Failed(miner, Step.IDENTIFY, "its host name leads to no address in time");
        } catch (TimeoutException | UnknownHostException e) {
            return new Failed(miner, Step.IDENTIFY, "its host name leads to no address in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failed(miner, Step.IDENTIFY, "the control is being closed");
        }
        try (ControlLine line = new ControlLine(new InetSocketAddress(address, miner.port()), maxReplyBytes)) {
            return new ControlAttempt(miner, action, line, endsNanos, exchangeNanos).run();
        } catch (LocalShortage e) {
            return new Failed(miner, Step.QUEUED, "this machine is short of something: " + e.getMessage());
        }
    }

    private InetAddress address(MinerAddress miner, long endsNanos)
            throws ExecutionException, TimeoutException, InterruptedException, UnknownHostException {
        if (HostLookup.isLiteral(miner)) {
            return InetAddress.getByName(miner.host());
        }
        CompletableFuture<InetAddress> found = new CompletableFuture<>();
        lookup.find(miner, new HostLookup.Answer() {
            @Override
            public boolean isWanted() {
                return true;
            }

            @Override
            public void found(InetAddress address) {
                found.complete(address);
            }

            @Override
            public void failed(String reason) {
                found.completeExceptionally(new UnknownHostException(reason));
            }

            @Override
            public void notLookedUp(String reason) {
                found.completeExceptionally(new LocalShortage(reason));
            }
        });
        return found.get(Math.max(1, endsNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        threads.shutdownNow().forEach(Runnable::run);
        lookup.close();
    }

    /** Collects a control's limits; not thread-safe. */
    public static final class Builder {
        private Duration exchangeTimeout = Duration.ofSeconds(5);
        private int maxReplyBytes = 256 * 1024;
        private int threads = 4;
        private int maxQueued = 64;

        private Builder() {}

        /** How long one exchange may take, connecting included, above 0 and at most a day; 5 s by default. */
        public Builder exchangeTimeout(Duration timeout) {
            Check.positive("exchangeTimeout", timeout);
            exchangeTimeout = timeout.compareTo(MAX_DEADLINE) < 0 ? timeout : MAX_DEADLINE;
            return this;
        }

        /** The longest reply that is read, 64 to 1,048,576 bytes; 256 KiB by default. */
        public Builder maxReplyBytes(int bytes) {
            maxReplyBytes = Check.between("maxReplyBytes", bytes, 64, 1024 * 1024);
            return this;
        }

        /** With how many devices it deals at a time, a thread each, 1 to 64; 4 by default. */
        public Builder threads(int count) {
            threads = Check.between("threads", count, 1, 64);
            return this;
        }

        /** How many actions may wait for their turn, 1 to 4,096; 64 by default. */
        public Builder maxQueued(int actions) {
            maxQueued = Check.between("maxQueued", actions, 1, 4_096);
            return this;
        }

        /** The control, which starts its threads as they are needed. */
        public CgminerControl build() {
            return new CgminerControl(this);
        }
    }
}
