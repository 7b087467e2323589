package io.minerops.core.internal.job;

import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerClient;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.api.store.Lease;
import io.minerops.api.store.Store;
import io.minerops.core.internal.share.PollTurns;
import io.minerops.core.internal.share.Turn;
import io.minerops.core.job.Job;
import io.minerops.core.job.MinersNotReadException;
import io.minerops.core.job.PollReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every miner, and stores the readings as one poll. A miner that is slow does not hold up the others: the poll
 * ends at its cut-off, and an answer that comes later goes into the next one. Miners that did not answer the last
 * time hold up the others by a quarter of a second at most, and then the poll ends with the last of those that did.
 */
public final class PollMetricsJob implements JobTask {
    private static final Logger log = LoggerFactory.getLogger(PollMetricsJob.class);
    /** So that miners that come back together are seen in one poll. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private final Store store;
    private final PollTargets targets;
    private final PollTurns turns;
    private final boolean shared;
    private final ReadingsUnderWay underWay;
    private final KnownDevices devices;
    private final PollRecorder recorder;
    private final NotReadMiners notRead = new NotReadMiners();
    private final PollLog pollLog = new PollLog(log);
    private final Duration cutOff;
    private final Duration maxGap;
    private final InstantSource clock;
    private final Consumer<PollReport> afterPoll;
    private @Nullable Instant lastPollAt;
    private volatile Instant observedSince;
    private volatile @Nullable PollReport lastPoll;

    /**
     * A job that has not polled yet.
     *
     * @param range the addresses where miners may be
     * @param interval how often it runs: sets the cut-off (80 % of it, or the deadline where that is shorter) and the
     *     gap after which the fleet counts as not observed (three times)
     * @param deadline how long reading one miner may take
     * @param afterPoll what is to happen after each poll
     */
    public PollMetricsJob(
            MinerClient client,
            Store store,
            Collection<MinerAddress> range,
            Duration interval,
            Duration deadline,
            InstantSource clock,
            Consumer<PollReport> afterPoll) {
        this(client, store, range, interval, deadline, clock, System::nanoTime, afterPoll);
    }

    PollMetricsJob(
            MinerClient client,
            Store store,
            Collection<MinerAddress> range,
            Duration interval,
            Duration deadline,
            InstantSource clock,
            LongSupplier nanos,
            Consumer<PollReport> afterPoll) {
        this.store = store;
        this.targets = new PollTargets(range, interval);
        this.shared = store.lease().table().isPresent();
        this.turns = new PollTurns(store.lease(), interval, clock, nanos);
        this.underWay = new ReadingsUnderWay(client, deadline, nanos);
        this.devices = new KnownDevices(store);
        this.recorder = new PollRecorder(store, devices, clock);
        this.clock = clock;
        this.afterPoll = afterPoll;
        Duration mostOfTheInterval = interval.multipliedBy(4).dividedBy(5);
        cutOff = mostOfTheInterval.compareTo(deadline) < 0 ? mostOfTheInterval : deadline;
        maxGap = interval.multipliedBy(3).plusSeconds(30);
        observedSince = clock.instant();
    }

    @Override
    public String name() {
        return Job.POLL_METRICS.key();
    }

    /** Since when the fleet has been polled without a gap. */
    public Instant observedSince() {
        return observedSince;
    }

    /** What the last poll of this instance came to; null before the first. */
    public @Nullable PollReport lastPoll() {
        return lastPoll;
    }

    /** When miners were last not read because of this machine, of those that have not answered since. */
    public Map<MinerAddress, Instant> notReadAt() {
        return notRead.at();
    }

    /**
     * {@inheritDoc}
     *
     * @throws MinersNotReadException after all else is done, if miners were not read because of this machine
     */
    @Override
    public void run() {
        turns.next().ifPresent(this::poll);
    }

    @Override
    public boolean runsOnEveryInstance() {
        return shared;
    }

    @Override
    public Optional<Duration> untilNext() {
        return turns.untilNext();
    }

    /** The present, by the clock of the store where instances share it. */
    public Instant now() {
        return turns.storeTime().orElseGet(clock::instant);
    }

    /** The instances that share the fleet, as seen at the last poll; empty where this one is alone. */
    public Optional<PollTurns.Seen> instances() {
        return turns.seen();
    }

    private void poll(Turn turn) {
        Instant at = turn.at();
        noteGap(at);
        Map<MinerAddress, Miner> registry = registry();

        PollTargets.Targets now = targets.at(at, registry.keySet(), turn::includes);
        underWay.begin(now.doubtful());
        underWay.begin(now.expected());
        underWay.await(now.expected(), cutOff);
        // miners that were silent would hold up every poll until their deadline
        underWay.await(now.doubtful(), now.expected().isEmpty() ? cutOff : GRACE);
        // a reading of the last poll may come when its miner is in the share of another instance
        List<MinerReading> readings = underWay.takeEnded(notRead::fault).stream()
                .filter(reading -> turn.includes(reading.miner()))
                .toList();
        noteWhoAnswered(at, readings, registry.keySet());
        Lease.Fence fence = turn.fence();
        if (fence == null) {
            store(at, readings, registry);
        } else {
            store.lease().fenced(fence, () -> store(at, readings, registry));
        }
    }

    private void store(Instant at, List<MinerReading> readings, Map<MinerAddress, Miner> registered) {
        Map<MinerAddress, Miner> registry = registered;
        if (devices.follow(at, readings, registry.keySet())) {
            registry = registry();
            recorder.minersMoved();
        }
        PollReport report = recorder.record(at, readings, underWay.size(), registry);
        lastPollAt = at;
        notRead.take(at, readings, registry.keySet());

        lastPoll = report;
        pollLog.polled(report, readings);
        afterPoll.accept(report);
        notRead.failIfAny();
    }

    /** A poll that could not be stored is a gap too: the miners were not observed meanwhile. */
    private void noteGap(Instant at) {
        Instant last = lastPollAt;
        if (last != null && Duration.between(last, at).compareTo(maxGap) > 0) {
            observedSince = at;
        }
    }

    private Map<MinerAddress, Miner> registry() {
        Map<MinerAddress, Miner> registry = new LinkedHashMap<>();
        store.miners().all().forEach(miner -> registry.put(miner.address(), miner));
        return registry;
    }

    private void noteWhoAnswered(Instant at, List<MinerReading> readings, Collection<MinerAddress> registered) {
        for (MinerReading reading : readings) {
            if (reading instanceof MinerReading.Ok) {
                targets.answered(reading.miner());
            } else if (reading.step() != Phase.QUEUED) {
                targets.silent(reading.miner(), at, registered.contains(reading.miner()));
            }
        }
    }
}
