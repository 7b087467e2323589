package io.minerops.core.cgminer;

import io.minerops.api.miner.MinerAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Turns host names into addresses away from the selector's thread, since the platform can only do so by blocking. */
final class HostLookup implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int MAX_WAITING = 1_024;

    private final ThreadPoolExecutor threads;

    HostLookup() {
        threads = new ThreadPoolExecutor(
                THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(task, "cgminer-lookup");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Whether the host is an address already, so that looking it up asks nobody. */
    static boolean isLiteral(MinerAddress miner) {
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

    /** Finds the address; one of the two is called, on another thread. */
    void find(MinerAddress miner, Consumer<InetAddress> found, Consumer<String> failed) {
        try {
            threads.execute(() -> {
                InetAddress address;
                try {
                    address = InetAddress.getByName(miner.host());
                } catch (UnknownHostException e) {
                    failed.accept("no such host");
                    return;
                }
                found.accept(address);
            });
        } catch (RejectedExecutionException e) {
            failed.accept("more than " + MAX_WAITING + " host names wait to be looked up");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
