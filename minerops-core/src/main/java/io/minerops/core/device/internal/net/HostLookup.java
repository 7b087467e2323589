package io.minerops.core.device.internal.net;

import io.minerops.api.internal.DaemonThreads;
import io.minerops.api.miner.MinerAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Turns host names into addresses away from the selector's thread, since the platform can only do so by blocking. */
public final class HostLookup implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int MAX_WAITING = 1_024;

    private final ThreadPoolExecutor threads;

    public HostLookup() {
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                DaemonThreads.named("cgminer-lookup"));
        threads.allowCoreThreadTimeOut(true);
    }

    /** Whether the host is an address already, so that no look-up is needed. */
    public static boolean isLiteral(MinerAddress miner) {
        return miner.host().indexOf(':') >= 0 || isDotted(miner.host());
    }

    /** Whether the host is an IPv4 address: a name of digits and dots alone is none that a {@link MinerAddress} takes. */
    static boolean isDotted(String host) {
        for (int index = 0; index < host.length(); index++) {
            char next = host.charAt(index);
            if (next != '.' && (next < '0' || next > '9')) {
                return false;
            }
        }
        return true;
    }

    /** What becomes of one look-up; called on another thread, or on the caller's where none can be begun. */
    public interface Answer {
        /** Whether the address is still wanted; checked when the look-up starts. */
        boolean isWanted();

        void found(InetAddress address);

        /** There is no such host. */
        void failed(String reason);

        /** This machine could not look it up, which says nothing of the host. */
        void notLookedUp(String reason);
    }

    /** Finds the address: one method of the answer is called once, unless it is no longer wanted. */
    public void find(MinerAddress miner, Answer answer) {
        try {
            threads.execute(() -> lookUp(miner, answer));
        } catch (RejectedExecutionException e) {
            answer.notLookedUp("more than " + MAX_WAITING + " host names wait to be looked up");
        } catch (OutOfMemoryError e) {
            answer.notLookedUp("no thread for a look-up of its host name: " + e.getMessage());
        }
    }

    private static void lookUp(MinerAddress miner, Answer answer) {
        if (!answer.isWanted()) {
            return;
        }
        InetAddress address;
        try {
            address = InetAddress.getByName(miner.host());
        } catch (UnknownHostException e) {
            answer.failed("no such host");
            return;
        } catch (RuntimeException | Error e) {
            answer.notLookedUp(
                    "the look-up of its host name failed: " + e.getClass().getSimpleName());
            return;
        }
        answer.found(address);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
