package io.minerops.core.job;

import io.minerops.api.Store;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerClient;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.core.discovery.Registrar;
import io.minerops.core.discovery.Relocation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every miner, and stores what they say as one poll. A miner that is slow does not hold up the others: the poll
 * ends at its cut-off, and an answer that comes later goes into the next one. Miners that did not answer the last
 * time hold up the others by a quarter of a second at most, and then the poll ends with the last of those that did.
 */
public final class PollMetricsJob implements Job {
    /** The job's name. */
    public static final String NAME = "poll-metrics";

    private static final Logger log = LoggerFactory.getLogger(PollMetricsJob.class);
    private static final String UNDER_WAY = "UnderWay";
    /** So that miners that come back together are seen in one poll. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private final MinerClient client;
    private final Store store;
    private final Registrar registrar;
    private final PollTargets targets;
    private final Duration deadline;
    private final Duration cutOff;
    private final Duration longestGap;
    private final InstantSource clock;
    private final Consumer<PollReport> afterPoll;

    private final Map<MinerAddress, CompletableFuture<MinerReading>> underWay = new LinkedHashMap<>();
    private final PollLog pollLog = new PollLog(log);
    private final Map<MinerAddress, MinerIdentity> identities = new HashMap<>();
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
        this.client = client;
        this.store = store;
        this.registrar = new Registrar(store);
        this.targets = new PollTargets(range, interval);
        this.deadline = deadline;
        this.clock = clock;
        this.afterPoll = afterPoll;
        Duration mostOfTheInterval = interval.multipliedBy(4).dividedBy(5);
        cutOff = mostOfTheInterval.compareTo(deadline) < 0 ? mostOfTheInterval : deadline;
        longestGap = interval.multipliedBy(3).plusSeconds(30);
        observedSince = clock.instant();
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Since when the fleet has been polled without a gap. */
    public Instant observedSince() {
        return observedSince;
    }

    /** What the last poll came to; null before the first. */
    public @Nullable PollReport lastPoll() {
        return lastPoll;
    }

    @Override
    public void run() {
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        noteGap(at);
        Map<MinerAddress, Miner> registry = registry();

        PollTargets.Targets now = targets.at(at, registry.keySet());
        ask(now.doubtful());
        ask(now.expected());
        awaitAll(now.expected(), cutOff);
        awaitAll(now.doubtful(), now.expected().isEmpty() ? cutOff : GRACE);
        List<MinerReading> readings = harvest(at, registry.keySet());
        if (follow(at, readings, registry.keySet())) {
            registry = registry();
        }
        PollReport report = keep(at, readings, registry);

        lastPoll = report;
        pollLog.polled(report, readings);
        afterPoll.accept(report);
    }

    private void noteGap(Instant at) {
        Instant last = lastPollAt;
        if (last != null && Duration.between(last, at).compareTo(longestGap) > 0) {
            observedSince = at;
        }
        lastPollAt = at;
    }

    private Map<MinerAddress, Miner> registry() {
        Map<MinerAddress, Miner> registry = new LinkedHashMap<>();
        store.miners().all().forEach(miner -> registry.put(miner.address(), miner));
        return registry;
    }

    private void ask(List<MinerAddress> addresses) {
        for (MinerAddress address : addresses) {
            underWay.computeIfAbsent(
                    address, miner -> client.read(miner, deadline).toCompletableFuture());
        }
    }

    /** Waits for these, but not for long where they are known to be dead: they would hold up the poll until their deadline. */
    private void awaitAll(List<MinerAddress> expected, Duration atMost) {
        CompletableFuture<Void> all =
                CompletableFuture.allOf(expected.stream().map(underWay::get).toArray(CompletableFuture[]::new));
        try {
            all.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            log.debug("some miners are still being asked; their answers go into the next poll");
        } catch (ExecutionException e) {
            log.debug("a reading failed; it is told of when it is looked at");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<MinerReading> harvest(Instant at, Collection<MinerAddress> registered) {
        List<MinerReading> readings = new ArrayList<>(underWay.size());
        for (Iterator<Map.Entry<MinerAddress, CompletableFuture<MinerReading>>> all =
                        underWay.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<MinerAddress, CompletableFuture<MinerReading>> entry = all.next();
            if (entry.getValue().isDone()) {
                all.remove();
                readings.add(outcome(entry.getKey(), entry.getValue()));
            }
        }
        for (MinerReading reading : readings) {
            if (reading instanceof MinerReading.Ok) {
                targets.answered(reading.miner());
            } else {
                targets.silent(reading.miner(), at, registered.contains(reading.miner()));
            }
        }
        return readings;
    }

    private static MinerReading outcome(MinerAddress miner, CompletableFuture<MinerReading> done) {
        try {
            return done.join();
        } catch (RuntimeException e) {
            log.error("reading {} failed by a fault of the client", miner, e);
            return new MinerReading.Malformed(
                    miner, "the client failed: " + e.getClass().getSimpleName());
        }
    }

    /** Moves the entries of devices that answered at other addresses, before their samples are stored; says if any did. */
    private boolean follow(Instant at, List<MinerReading> readings, Collection<MinerAddress> registered) {
        Map<MinerAddress, MinerIdentity> answered = new HashMap<>();
        Set<MinerAddress> vacant = new HashSet<>();
        boolean news = false;
        for (MinerReading reading : readings) {
            if (reading instanceof MinerReading.Ok ok) {
                answered.put(ok.miner(), ok.identity());
                news |= isNew(ok, registered);
            } else if (reading.step() == Phase.CONNECT) {
                vacant.add(reading.miner());
            }
        }
        if (!news) {
            return false;
        }
        List<Relocation> moved = registrar.follow(answered, address -> !vacant.contains(address), at);
        moved.forEach(move -> identities.remove(move.from()));
        return !moved.isEmpty();
    }

    private boolean isNew(MinerReading.Ok ok, Collection<MinerAddress> registered) {
        return !ok.identity().equals(identities.get(ok.miner())) || !registered.contains(ok.miner());
    }

    private PollReport keep(Instant at, List<MinerReading> readings, Map<MinerAddress, Miner> registry) {
        List<MetricSample> samples = new ArrayList<>(readings.size());
        Map<MinerAddress, MinerIdentity> changed = new HashMap<>();
        Map<String, Integer> failures = new TreeMap<>();
        int repairs = 0;
        int implausible = 0;
        for (MinerReading reading : readings) {
            if (reading instanceof MinerReading.Ok ok) {
                samples.add(withNominalPower(ok.sample(), registry.get(ok.miner())));
                repairs += ok.repairs();
                implausible += ok.implausible().size();
                noteDoubts(ok);
                if (isNew(ok, registry.keySet())) {
                    changed.put(ok.miner(), ok.identity());
                }
            } else {
                failures.merge(reading.getClass().getSimpleName(), 1, Integer::sum);
                log.debug("no sample: {}", reading.describe());
            }
        }
        if (!samples.isEmpty()) {
            store.metrics().append(new Poll(at, samples, changed));
            identities.putAll(changed);
        }
        if (!underWay.isEmpty()) {
            failures.put(UNDER_WAY, underWay.size());
        }
        Duration took = Duration.between(at, clock.instant());
        return new PollReport(
                at, readings.size() + underWay.size(), samples.size(), failures, repairs, implausible, took);
    }

    private static void noteDoubts(MinerReading.Ok ok) {
        if (!ok.implausible().isEmpty()) {
            log.debug("{} says what cannot be: {}", ok.miner(), ok.implausible());
        }
    }

    /** Where the owner says what a miner needs, that is a better figure than the model's, but never than a measured one. */
    private static MetricSample withNominalPower(MetricSample sample, @Nullable Miner miner) {
        Double nominal = miner == null ? null : miner.nominalEfficiencyJPerTh();
        boolean measured = sample.reading(Reading.POWER_W).isPresent() && !sample.powerEstimated();
        double hashrate = sample.value(Reading.HASHRATE_THS);
        if (nominal == null || measured || !(hashrate > 0)) {
            return sample;
        }
        return sample.toBuilder()
                .set(Reading.POWER_W, nominal * hashrate)
                .powerEstimated(true)
                .build();
    }
}
