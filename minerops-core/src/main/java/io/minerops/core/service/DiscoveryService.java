package io.minerops.core.service;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.store.Store;
import io.minerops.core.discovery.Discovery;
import io.minerops.core.discovery.DiscoveryListener;
import io.minerops.core.discovery.DiscoveryOutcome;
import io.minerops.core.discovery.DiscoveryReport;
import io.minerops.core.discovery.DiscoveryRun;
import io.minerops.core.discovery.DiscoveryRunningException;
import io.minerops.core.discovery.MinerRange;
import io.minerops.core.internal.registry.Registrar;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Discoveries that bring the registry up to date, one at a time; the last {@value #KEPT} are kept with their results.
 *
 * <p>If a known device responded at another address, its old address is queried before it is moved:
 * this distinguishes two devices that report the same MAC. Thread-safe.
 */
public final class DiscoveryService implements AutoCloseable {
    /** How many jobs are remembered, the running one included. */
    public static final int KEPT = 20;

    private final Discovery discovery;
    private final Registrar registrar;
    private final InstantSource clock;
    private final Deque<DiscoveryJob> jobs = new ArrayDeque<>();
    private long lastId;

    /**
     * Jobs of that discovery, which only this object may start; {@link io.minerops.core.MinerOps#discoveries()} has one.
     *
     * @param store has the registry that is brought up to date
     * @param clock the time of jobs and of what they register
     */
    public DiscoveryService(Discovery discovery, Store store, InstantSource clock) {
        this.discovery = discovery;
        registrar = new Registrar(store);
        this.clock = clock;
    }

    /**
     * Starts a discovery, and returns at once. What goes wrong after that is in {@link DiscoveryJob#failure()}.
     *
     * @param range the addresses to query
     * @param register whether what is found goes into the registry; a job that was cancelled changes nothing
     * @param listener is called with the progress; {@link DiscoveryListener#NONE} for none
     * @return the discovery that was started
     * @throws DiscoveryRunningException while another one runs
     */
    public synchronized DiscoveryJob start(MinerRange range, boolean register, DiscoveryListener listener) {
        if (!jobs.isEmpty() && !jobs.getFirst().isOver()) {
            throw new DiscoveryRunningException();
        }
        DiscoveryRun run = discovery.start(range, listener);
        CompletableFuture<DiscoveryOutcome> outcome = run.report()
                .toCompletableFuture()
                .thenCompose(report -> register && !report.cancelled()
                        ? register(report)
                        : CompletableFuture.completedFuture(new DiscoveryOutcome(report, null)));
        DiscoveryJob job = new DiscoveryJob(++lastId, clock.instant(), run, outcome);
        jobs.addFirst(job);
        if (jobs.size() > KEPT) {
            jobs.removeLast();
        }
        return job;
    }

    /** The discovery of that number; empty where there is none, or where it is not among the last {@value #KEPT}. */
    public synchronized Optional<DiscoveryJob> find(long id) {
        return jobs.stream().filter(job -> job.id() == id).findFirst();
    }

    /** The discoveries that are remembered, newest first, the running one included. */
    public synchronized List<DiscoveryJob> all() {
        return new ArrayList<>(jobs);
    }

    /** Cancels the running discovery; does nothing where none runs. */
    @Override
    public synchronized void close() {
        jobs.forEach(DiscoveryJob::cancel);
    }

    private CompletableFuture<DiscoveryOutcome> register(DiscoveryReport report) {
        Map<MinerAddress, MinerIdentity> answered = identities(report);
        Set<MinerAddress> vacant = new HashSet<>(report.vacant());
        List<MinerAddress> unasked = registrar.oldAddresses(answered).stream()
                .filter(address -> !vacant.contains(address))
                .toList();
        if (unasked.isEmpty()) {
            return CompletableFuture.completedFuture(registered(report, answered, vacant));
        }
        return discovery
                .start(MinerRange.of(unasked), DiscoveryListener.NONE)
                .report()
                .toCompletableFuture()
                .thenApply(atOldAddresses -> {
                    answered.putAll(identities(atOldAddresses));
                    vacant.addAll(atOldAddresses.vacant());
                    return registered(report, answered, vacant);
                });
    }

    private DiscoveryOutcome registered(
            DiscoveryReport report, Map<MinerAddress, MinerIdentity> answered, Set<MinerAddress> vacant) {
        return new DiscoveryOutcome(
                report, registrar.register(answered, address -> !vacant.contains(address), clock.instant()));
    }

    private static Map<MinerAddress, MinerIdentity> identities(DiscoveryReport report) {
        Map<MinerAddress, MinerIdentity> identities = new LinkedHashMap<>();
        report.found().forEach(miner -> identities.put(miner.address(), miner.identity()));
        return identities;
    }
}
