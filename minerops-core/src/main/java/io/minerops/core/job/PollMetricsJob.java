package io.minerops.core.job;

import io.minerops.api.Event;
import io.minerops.api.Store;
import io.minerops.api.miner.FleetSnapshot;
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
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
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
    private static final int LOST_AFTER_DEADLINES = 3;
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

    private final Map<MinerAddress, Asked> underWay = new LinkedHashMap<>();
    private final NotReadMiners notRead = new NotReadMiners();
    private final LongSupplier nanos;
    private final PollLog pollLog = new PollLog(log);
    private final Map<MinerAddress, MinerIdentity> identities = new HashMap<>();
    private final FaultWatch faults = new FaultWatch(NAME);
    private @Nullable Instant lastPollAt;
    private volatile Instant observedSince;
    private volatile @Nullable PollReport lastPoll;

    /**
     * A reading under way.
     *
     * @param sinceNanos when it began
     */
    private record Asked(CompletableFuture<MinerReading> reading, long sinceNanos) {}

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
        this.client = client;
        this.nanos = nanos;
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
        lastPollAt = at;
        notRead.take(at, readings, registry.keySet());

        lastPoll = report;
        pollLog.polled(report, readings);
        afterPoll.accept(report);
        notRead.failIfAny();
    }

    /** A poll that could not be stored is a gap too: nobody saw the miners meanwhile. */
    private void noteGap(Instant at) {
        Instant last = lastPollAt;
        if (last != null && Duration.between(last, at).compareTo(longestGap) > 0) {
            observedSince = at;
        }
    }

    private Map<MinerAddress, Miner> registry() {
        Map<MinerAddress, Miner> registry = new LinkedHashMap<>();
        store.miners().all().forEach(miner -> registry.put(miner.address(), miner));
        return registry;
    }

    private void ask(List<MinerAddress> addresses) {
        for (MinerAddress address : addresses) {
            underWay.computeIfAbsent(address, miner -> new Asked(read(miner), nanos.getAsLong()));
        }
    }

    /** A client that throws rather than fail the stage costs no other miner its reading. */
    private CompletableFuture<MinerReading> read(MinerAddress miner) {
        try {
            return client.read(miner, deadline).toCompletableFuture();
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Waits for these, but not for long where they are known to be dead: they would hold up the poll until their deadline. */
    private void awaitAll(List<MinerAddress> expected, Duration atMost) {
        CompletableFuture<Void> all = CompletableFuture.allOf(expected.stream()
                .map(underWay::get)
                .filter(Objects::nonNull)
                .map(Asked::reading)
                .toArray(CompletableFuture[]::new));
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
        long now = nanos.getAsLong();
        for (Iterator<Map.Entry<MinerAddress, Asked>> all = underWay.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<MinerAddress, Asked> entry = all.next();
            MinerReading reading = outcome(entry.getKey(), entry.getValue(), now);
            if (reading != null) {
                all.remove();
                readings.add(reading);
            }
        }
        for (MinerReading reading : readings) {
            if (reading instanceof MinerReading.Ok) {
                targets.answered(reading.miner());
            } else if (reading.step() != Phase.QUEUED) {
                targets.silent(reading.miner(), at, registered.contains(reading.miner()));
            }
        }
        return readings;
    }

    /** Null where it is still under way. */
    private @Nullable MinerReading outcome(MinerAddress miner, Asked asked, long now) {
        CompletableFuture<MinerReading> reading = asked.reading();
        if (reading.isDone()) {
            return outcome(miner, reading);
        } else if (now - asked.sinceNanos()
                < deadline.multipliedBy(LOST_AFTER_DEADLINES).toNanos()) {
            return null;
        }
        // a client that lost it would keep this miner from ever being polled again
        reading.cancel(false);
        return new MinerReading.NotRead(miner, "the client gave no outcome long after its deadline");
    }

    private MinerReading outcome(MinerAddress miner, CompletableFuture<MinerReading> done) {
        try {
            return done.join();
        } catch (RuntimeException e) {
            return notRead.fault(miner, e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
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
        FleetSnapshot latest = store.metrics().latest();
        int repairs = 0;
        int implausible = 0;
        for (MinerReading reading : readings) {
            if (reading instanceof MinerReading.Ok ok) {
                Miner registered = registry.get(ok.miner());
                MetricSample sample = MostBoards.expectedBy(ok, latest, registered);
                samples.add(faults.take(at, withNominalPower(sample, registered)));
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
        noteFaults(at, registry.keySet());
        if (!underWay.isEmpty()) {
            failures.put(UNDER_WAY, underWay.size());
        }
        Duration took = Duration.between(at, clock.instant());
        return new PollReport(
                at, readings.size() + underWay.size(), samples.size(), failures, repairs, implausible, took);
    }

    private void noteFaults(Instant at, Collection<MinerAddress> registered) {
        for (Event event : faults.takeEvents(at)) {
            log.debug("{}: {}", event.miner(), event.message());
            store.events().record(event);
        }
        faults.keepOnly(registered);
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
