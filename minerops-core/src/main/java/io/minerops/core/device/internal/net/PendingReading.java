package io.minerops.core.device.internal.net;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.core.device.internal.reading.DeviceProfile;
import io.minerops.core.device.internal.reading.DeviceProfiles;
import io.minerops.core.device.internal.reading.Outcome;
import io.minerops.core.device.internal.reading.ReadingPlan;
import io.minerops.core.device.internal.wire.Reply;
import io.minerops.core.device.internal.wire.TreeSize;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceRequest;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A reading that was requested and is not concluded. After it was submitted only the loop's thread touches it. */
public final class PendingReading implements Comparable<PendingReading> {
    public final MinerAddress miner;
    public final CompletableFuture<MinerReading> result = new CompletableFuture<>();
    final long submittedNanos = System.nanoTime();
    private final long deadlineNanos;
    private final long number;
    private long dueNanos;

    boolean suspect;

    @Nullable
    ReadingPlan plan;

    @Nullable
    Exchange exchange;

    /** The request of the current or last exchange. */
    @Nullable
    DeviceRequest query;

    /** Its raw replies; null without a listener. */
    @Nullable
    public ReceivedReplies heard;

    @Nullable
    InetAddress address;

    /** Whether its host name waits for other look-ups to end; the thread of the look-up changes it. */
    volatile boolean waitsForLookup;

    /** What this machine is short of that it waits for; null where it waits for nothing of the kind. */
    @Nullable
    String shortOf;

    /** What is to be sent once there is a socket. */
    List<Command> unsent = List.of();

    /** Bytes of the replies that it keeps for what comes after them. */
    private long kept;

    private long exchangeEndsNanos;
    private long stepEndsNanos;

    Instant readAt = Instant.EPOCH;

    /**
     * @param deadlineNanos when it must be concluded, on the scale of {@link System#nanoTime}
     * @param number distinguishes readings with one deadline
     */
    public PendingReading(MinerAddress miner, long deadlineNanos, long number) {
        this.miner = miner;
        this.deadlineNanos = deadlineNanos;
        dueNanos = deadlineNanos;
        this.number = number;
    }

    /** The nanoseconds that are left; 0 or less when the deadline, or that of the step under way, has passed. */
    long remainingNanos(long nowNanos) {
        return dueNanos - nowNanos;
    }

    /** An exchange begins, with the step of connecting; not while this is sorted. */
    void exchangeBegins(long nowNanos, ExchangeTimeouts timeouts) {
        exchangeEndsNanos = earlier(nowNanos + timeouts.exchangeNanos(), deadlineNanos);
        stepEndsNanos = earlier(nowNanos + timeouts.connectNanos(), exchangeEndsNanos);
        sortByStep();
    }

    /** It waits for something of this machine, for as long as its deadline allows; not while this is sorted. */
    void waits() {
        exchangeEndsNanos = deadlineNanos;
        stepEndsNanos = deadlineNanos;
        sortByStep();
    }

    /** The exchange goes on after it waited; not while this is sorted. */
    void exchangeResumes(long nowNanos, ExchangeTimeouts timeouts) {
        exchangeEndsNanos = earlier(nowNanos + timeouts.exchangeNanos(), deadlineNanos);
        stepEndsNanos = exchangeEndsNanos;
        sortByStep();
    }

    /** A later step of the exchange begins. It counts once the time of the step before is up: sorting again costs more. */
    void stepBegins(Phase step, long nowNanos, ExchangeTimeouts timeouts) {
        stepEndsNanos = step == Phase.READ
                ? exchangeEndsNanos
                : earlier(nowNanos + timeouts.firstByteNanos(), exchangeEndsNanos);
    }

    /** Whether the step under way ends before the time by which this is sorted. */
    boolean endsBeforeItsPlace() {
        return stepEndsNanos - dueNanos < 0;
    }

    /** Whether the step under way has time left, though the time by which this is sorted is up. */
    boolean hasTimeLeft(long nowNanos) {
        return exchange != null && stepEndsNanos - nowNanos > 0;
    }

    /** Makes the end of the step under way the time by which this is sorted; not while it is sorted. */
    void sortByStep() {
        dueNanos = stepEndsNanos;
    }

    /** Compared by difference: nanoTime may wrap around. */
    private static long earlier(long nanos, long other) {
        return nanos - other < 0 ? nanos : other;
    }

    /**
     * What it comes to; what it shows of the device is remembered.
     *
     * @param cutOffIn the phase in which the deadline passed; null where it did not
     */
    MinerReading conclude(@Nullable Phase cutOffIn, DeviceProfiles profiles) {
        ReadingPlan concluded = plan;
        if (concluded == null) {
            return new MinerReading.TimedOut(miner, Phase.QUEUED);
        }
        DeviceProfile learned = concluded.learned(cutOffIn);
        if (learned != null) {
            profiles.learn(miner, learned);
        }
        return concluded.conclude(readAt, cutOffIn);
    }

    /** A reading that goes on keeps what it has: many that do must not fill the heap together. */
    void keep(@Nullable Outcome last, ReplyMemory memory) {
        if (last instanceof Outcome.Replied replied && replied.reply() instanceof Reply.Value value) {
            long bytes = TreeSize.of(value.root());
            if (!memory.take(bytes, ReplyMemory.Use.USUAL)) {
                throw new LocalShortage("no memory for its replies: " + memory);
            }
            kept += bytes;
        }
    }

    /** Lets go of what the device said, and gives the room for it back. */
    void forgetReplies(ReplyMemory memory) {
        plan = null;
        memory.release(kept);
        kept = 0;
    }

    /** How far it has come. */
    Phase phase() {
        if (plan == null) {
            return Phase.QUEUED;
        }
        return exchange == null ? Phase.CONNECT : exchange.phase();
    }

    @Override
    public int compareTo(PendingReading other) {
        // by difference: nanoTime may wrap around
        long apart = dueNanos - other.dueNanos;
        return apart != 0 ? Long.signum(apart) : Long.compare(number, other.number);
    }

    /** Whether it is the very same reading: two of one miner are not equal. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }
}
