package io.minerops.core.service;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Page;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.BoardStore;
import io.minerops.api.store.FactQuery;
import io.minerops.api.store.FactStore;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.HistorySource;
import io.minerops.api.store.MetricRollup;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.MinerStore;
import io.minerops.api.store.RollupQuery;
import io.minerops.core.certify.BurnIn;
import io.minerops.core.certify.CertificateCriteria;
import io.minerops.core.trend.FleetTrend;
import io.minerops.core.work.Uptime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The miners: which are registered, which are online, what they measure. Thread-safe.
 *
 * <pre>{@code
 * FleetSummary now = ops.fleet().summary();
 * System.out.printf("%d of %d online, %.1f TH/s%n", now.online(), now.total(), now.hashrateThs());
 *
 * ops.fleet().change(MinerAddress.parse("10.0.0.7"), miner -> miner.toBuilder().location("rack 3").build());
 * }</pre>
 *
 * <p>A miner is online while its latest sample is at most {@link #onlineWithin()} old. Every method throws
 * {@link io.minerops.api.StoreException} where the store fails.
 */
public final class FleetService {
    private final MinerStore miners;
    private final MetricStore metrics;
    private final FactStore facts;
    private final BoardStore boards;
    private final Duration onlineWithin;
    private final InstantSource clock;

    /**
     * A service over these stores; {@link io.minerops.core.MinerOps#fleet()} has one.
     *
     * @param onlineWithin how old the latest sample of a miner that is online may be, above 0
     */
    public FleetService(
            MinerStore miners,
            MetricStore metrics,
            FactStore facts,
            BoardStore boards,
            Duration onlineWithin,
            InstantSource clock) {
        this.miners = miners;
        this.metrics = metrics;
        this.facts = facts;
        this.boards = boards;
        this.onlineWithin = onlineWithin;
        this.clock = clock;
    }

    /** Every registered miner, ordered by address. */
    public List<Miner> all() {
        return miners.all();
    }

    /** The miner of that address; empty where it is not registered. */
    public Optional<Miner> find(MinerAddress address) {
        return miners.find(address);
    }

    /** Registers the addresses that are not registered yet; returns how many were new. They are polled from now on. */
    public int register(Collection<MinerAddress> addresses) {
        return miners.register(addresses, clock.instant());
    }

    /**
     * Changes what is known of a miner; one that is not registered is registered.
     *
     * @param change gets the miner as it is, and returns it as it is to be, at the same address
     * @return the miner as stored
     * @throws InvalidArgumentException ({@code address}) if the change returns a miner of another address
     */
    public Miner change(MinerAddress address, UnaryOperator<Miner> change) {
        Miner before = miners.find(address)
                .orElseGet(() -> Miner.builder(address, clock.instant()).build());
        Miner after = change.apply(before);
        if (!after.address().equals(address)) {
            throw new InvalidArgumentException(
                    "address", "address must stay " + address + " in a change, not become " + after.address());
        }
        return miners.put(after);
    }

    /**
     * Removes a miner from the registry and the latest readings; its history stays until its retention ends. What is known
     * of it holds no longer.
     *
     * @return whether it was registered
     */
    public boolean remove(MinerAddress address) {
        Instant now = clock.instant();
        facts.record(facts.holding(List.of(address)).stream()
                .map(fact -> fact.ended(now))
                .toList());
        return miners.remove(address);
    }

    /**
     * Lists what miners report of themselves and their faults, with the times for which it held; those stored last first.
     *
     * @throws InvalidArgumentException ({@code cursor}) if the cursor is not one that a page gave
     */
    public Page<Fact> facts(FactQuery query) {
        return facts.find(query);
    }

    /**
     * What was stored of the hash boards of a miner, ascending by time, then slot: a board that changed has an entry, and
     * every board has one a day.
     *
     * @param since the first time, included
     * @param until the last time, excluded
     * @param limit how many to return at most, 1 or more: the newest where there are more
     */
    public List<BoardStore.Kept> boards(MinerAddress miner, Instant since, Instant until, int limit) {
        return boards.history(miner, since, until, limit);
    }

    /**
     * Observes a miner in the past by what is stored of it, for a certificate.
     *
     * @param since the first poll time, included
     * @param until the last poll time, excluded; after {@code since}
     * @throws InvalidArgumentException ({@code until}) if it is not after {@code since}
     */
    public BurnIn burnIn(Miner miner, CertificateCriteria criteria, Instant since, Instant until) {
        return BurnIn.ofHistory(metrics, facts, boards, miner, criteria, since, until);
    }

    /** The latest sample of each registered miner; the same object while nothing has changed. */
    public FleetSnapshot latest() {
        return metrics.latest();
    }

    /** The fleet in a few figures, now: online miners, TH/s, W, °C and rpm. */
    public FleetSummary summary() {
        return FleetSummary.of(metrics.latest(), clock.instant(), onlineWithin);
    }

    /** The miners that are online now, in the order of the registry. */
    public List<Miner> online() {
        FleetSnapshot fleet = metrics.latest();
        long oldest = clock.instant().minus(onlineWithin).toEpochMilli();
        return IntStream.range(0, fleet.size())
                .filter(row -> FleetSummary.isOnline(fleet, row, oldest))
                .mapToObj(fleet::miner)
                .toList();
    }

    /**
     * How old the latest sample of a miner that is online may be. In a {@link io.minerops.core.MinerOps} three times
     * the sum of the poll interval and the time that one exchange with a miner may take.
     */
    public Duration onlineWithin() {
        return onlineWithin;
    }

    /**
     * Reads stored samples, ascending by time, then by address.
     *
     * @param query which samples, and how many at most
     * @param each receives each sample with its time, on this thread
     */
    public void history(HistoryQuery query, BiConsumer<Instant, MetricSample> each) {
        metrics.history(query, each);
    }

    /** The coarsest that {@link #history} reads for a query: samples, or what hours or days came to. */
    public HistorySource source(HistoryQuery query) {
        return metrics.source(query);
    }

    /**
     * Reads what each miner's samples of each hour or UTC day came to, ascending by time, then by address.
     *
     * @param query which roll-ups
     * @param each takes each roll-up, on this thread, and returns whether it wants more
     */
    public void rollups(RollupQuery query, Predicate<MetricRollup> each) {
        metrics.rollups(query, each);
    }

    /**
     * Reads how a miner spent a span of time, and its uptime.
     *
     * @param miner the miner, such as {@link #find} gives it
     * @param since the beginning, included
     * @param until the end, after {@code since}, not in the future
     * @throws InvalidArgumentException ({@code until}) if it is not after {@code since}
     */
    public Uptime uptime(Miner miner, Instant since, Instant until) {
        return Uptime.read(metrics, miner, since, until, onlineWithin);
    }

    /**
     * What the counters of the latest sample of a miner prove since its mining process started, beside the average that it
     * claims since then; {@link ProvenWork#NONE} where it does not report that.
     */
    public ProvenWork provenSinceStart(MinerAddress miner) {
        FleetSnapshot fleet = metrics.latest();
        int row = fleet.row(miner);
        return row < 0 ? ProvenWork.NONE : ProvenWork.sinceStart(fleet, row);
    }

    /**
     * Reads one reading of each miner at equal distances up to now.
     *
     * @param roster the miners, such as those of {@link #latest()}
     * @param span how far back it goes, at least 1 s for each point
     * @param points how many points there are, {@link FleetTrend#MIN_POINTS} to {@link FleetTrend#MAX_POINTS}
     * @throws InvalidArgumentException ({@code points}, {@code span}) if one is out of its range
     */
    public FleetTrend trend(MinerIndex roster, Reading reading, Duration span, int points) {
        return FleetTrend.read(metrics, roster, reading, clock.instant(), span, points);
    }
}
