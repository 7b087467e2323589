package io.minerops.core.internal.job;

import io.minerops.api.StoreException;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Poll;
import io.minerops.api.store.Store;
import io.minerops.core.internal.fact.FactWatch;
import io.minerops.core.job.Job;
import io.minerops.core.job.PollReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores the readings of one poll: samples, changed identities, and facts that changed. Not thread-safe. */
final class PollRecorder {
    private static final Logger log = LoggerFactory.getLogger(PollRecorder.class);
    private static final String UNDER_WAY = "UnderWay";

    private final Store store;
    private final KnownDevices devices;
    private final InstantSource clock;
    private final FactWatch facts;
    private final BoardWatch boards = new BoardWatch();

    PollRecorder(Store store, KnownDevices devices, InstantSource clock) {
        this.store = store;
        this.devices = devices;
        this.clock = clock;
        facts = new FactWatch(store, Job.POLL_METRICS.key());
    }

    /**
     * Stores the readings of a poll.
     *
     * @param underWay how many readings are left to the next poll
     */
    PollReport record(Instant at, List<MinerReading> readings, int underWay, Map<MinerAddress, Miner> registry) {
        List<MetricSample> samples = new ArrayList<>(readings.size());
        Map<MinerAddress, MinerIdentity> changed = new HashMap<>();
        Map<String, Integer> failures = new TreeMap<>();
        FleetSnapshot latest = store.metrics().latest();
        facts.begin(at, readings, registry);
        int repairs = 0;
        int implausible = 0;
        for (MinerReading reading : readings) {
            if (reading instanceof MinerReading.Ok ok) {
                Miner registered = registry.get(ok.miner());
                MetricSample sample = MostBoards.expectedBy(ok, latest, registered);
                samples.add(facts.take(NominalPower.of(sample, registered), ok.identity()));
                boards.take(at, sample);
                repairs += ok.repairs();
                implausible += ok.implausible().size();
                noteDoubts(ok);
                if (devices.isNew(ok, registry.keySet())) {
                    changed.put(ok.miner(), ok.identity());
                }
            } else {
                failures.merge(reading.getClass().getSimpleName(), 1, Integer::sum);
                log.debug("no sample: {}", reading.describe());
            }
        }
        if (!samples.isEmpty()) {
            store.metrics().append(new Poll(at, samples, changed));
            devices.stored(changed);
        }
        storeChanges(at);
        boards.keepOnly(registry.keySet());
        if (underWay > 0) {
            failures.put(UNDER_WAY, underWay);
        }
        Duration took = Duration.between(at, clock.instant());
        return new PollReport(at, readings.size() + underWay, samples.size(), failures, repairs, implausible, took);
    }

    private void storeChanges(Instant at) {
        try {
            facts.store();
            boards.store(at, store.boards());
        } catch (StoreException e) {
            // the samples of the poll are stored or wait; readiness shows that the store fails
            log.warn("changed facts and boards are not stored; the next poll finds them again: {}", e.getMessage());
        }
    }

    /** Miners answer at other addresses now. */
    void minersMoved() {
        facts.forget();
        boards.forget();
    }

    private static void noteDoubts(MinerReading.Ok ok) {
        if (!ok.implausible().isEmpty()) {
            log.debug("implausible readings from {}: {}", ok.miner(), ok.implausible());
        }
    }
}
