package io.minerops.core.internal.statement;

import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.store.MetricRollup;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.statement.Statement;
import io.minerops.core.statement.StatementReport;
import io.minerops.core.statement.StatementRequest;
import io.minerops.core.work.Uptime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Adds up hourly roll-ups, which come in ascending order, to the statement of a period; it keeps one hour of them and some
 * fifty sums for each miner, however long the period is. Not thread-safe.
 *
 * <p>Polls ran for as much of an hour as the samples of any miner of the fleet cover; what the samples of another miner do
 * not cover of that, it was offline. An hour in which no miner answered counts as one without data. A miner counts from the
 * hour of its registration on, and before it in the hours of which it has samples. One that is no longer registered counts
 * as well, with the usual tariff.
 */
public final class StatementCalculator {
    private static final double HASHES_PER_TERAHASH = 1e12;
    private static final double HASHES_PER_DIFFICULTY = 1L << 32;
    private static final double J_PER_KWH = 3.6e6;

    private final MinerIndex roster;
    private final StatementRequest request;
    private final Instant until;
    private final Function<Instant, Terms> termsOf;
    private final List<Miner> miners = new ArrayList<>();
    private final Map<MinerAddress, Integer> removed = new HashMap<>();
    private final List<Instant> partEnds;
    private final List<Statement> parts = new ArrayList<>();
    private final HourLines lines = new HourLines();
    private Amounts part;
    private Amounts total;
    private double[] expectedThs;
    private @Nullable MinerHour[] rows;
    private Instant hour;
    private Instant partFrom;

    /**
     * No roll-ups yet.
     *
     * @param roster the registered miners
     * @param until the end, a full hour, not after that of the period
     * @param termsOf what each hour is calculated by; called once for each hour, ascending
     */
    public StatementCalculator(
            MinerIndex roster, StatementRequest request, Instant until, Function<Instant, Terms> termsOf) {
        this.roster = roster;
        this.request = request;
        this.until = until;
        this.termsOf = termsOf;
        for (int row = 0; row < roster.size(); row++) {
            miners.add(roster.miner(row));
        }
        part = new Amounts(miners.size());
        total = new Amounts(miners.size());
        expectedThs = new double[miners.size()];
        Arrays.fill(expectedThs, Double.NaN);
        rows = new MinerHour[miners.size()];
        partFrom = request.period().from();
        partEnds = new ArrayList<>(request.period().partEnds());
        Instant floor = partFrom.truncatedTo(ChronoUnit.HOURS);
        hour = floor.isBefore(partFrom) ? floor.plus(1, ChronoUnit.HOURS) : floor;
    }

    /** Takes roll-ups of an hour from the first on that begins in the period; those of an hour after the end are left out. */
    public void add(MetricRollup.Columns rollups) {
        while (hour.isBefore(rollups.start()) && hour.isBefore(until)) {
            closeHour();
        }
        if (rollups.start().equals(hour)) {
            for (int number = 0; number < rollups.size(); number++) {
                int row = row(rollups.miner(number));
                rows[row] = MinerHour.of(rollups, number);
            }
        }
    }

    private int row(MinerAddress miner) {
        int row = roster.row(miner);
        if (row >= 0) {
            return row;
        }
        Integer known = removed.get(miner);
        if (known != null) {
            return known;
        }
        int added = miners.size();
        removed.put(miner, added);
        miners.add(Miner.builder(miner, Instant.MAX).build());
        part.grow(added + 1);
        total.grow(added + 1);
        rows = Arrays.copyOf(rows, added + 1);
        expectedThs = Arrays.copyOf(expectedThs, added + 1);
        expectedThs[added] = Double.NaN;
        return added;
    }

    /** The statement of what was added. */
    public StatementReport finish() {
        while (hour.isBefore(until)) {
            closeHour();
        }
        closeParts(until);
        if (partFrom.isBefore(until)) {
            closePart(until);
        }
        Groups groups = Groups.of(request, miners);
        List<Statement> statements = new ArrayList<>();
        groups.rows().forEach((name, members) -> {
            Statement statement =
                    statement(total, name, members, request.period().from(), until);
            if (statement.miners() > 0) {
                statements.add(statement);
            }
        });
        Statement all =
                statement(total, request.name(), groups.all(), request.period().from(), until);
        return new StatementReport(request, until, all, statements, parts);
    }

    private Statement statement(Amounts of, @Nullable String name, List<Integer> members, Instant from, Instant to) {
        List<Integer> counted = members.stream().filter(of::has).toList();
        return Totals.statement(name, counted.size(), from, to, of.sum(counted));
    }

    private void closeHour() {
        closeParts(hour);
        Terms terms = termsOf.apply(hour);
        lines.begin(terms.market());
        double polledS = 0;
        long maxSamples = 0;
        for (MinerHour each : rows) {
            if (each != null) {
                polledS = Math.max(polledS, each.coveredS() >= 0 ? each.coveredS() : 0);
                maxSamples = Math.max(maxSamples, each.samples());
            }
        }
        for (int row = 0; row < rows.length; row++) {
            MinerHour found = rows[row];
            if (found != null) {
                double covered = found.coveredS() >= 0 ? found.coveredS() : polledS * found.samples() / maxSamples;
                Uptime time = found.time(covered, polledS);
                addEnergy(row, found, covered, terms);
                addWork(row, time, found, terms);
            } else if (!hour.isBefore(miners.get(row).registeredAt().truncatedTo(ChronoUnit.HOURS))) {
                addWork(row, Uptime.withoutSamples(polledS, MinerHour.SECONDS), null, terms);
            }
        }
        Arrays.fill(rows, null);
        hour = hour.plus(1, ChronoUnit.HOURS);
    }

    private void closeParts(Instant before) {
        while (!partEnds.isEmpty() && !partEnds.get(0).isAfter(before)) {
            closePart(partEnds.remove(0));
        }
    }

    private void closePart(Instant end) {
        parts.add(statement(part, null, Groups.of(request, miners).all(), partFrom, end));
        total.take(part);
        partFrom = end;
    }

    private void addEnergy(int row, MinerHour found, double coveredS, Terms terms) {
        double kwh = found.kwh();
        double estimated = found.rollups().powerEstimated(found.row()) ? kwh : 0;
        double unknown = 1 - found.powerShare();
        Double nominal = miners.get(row).nominalEfficiencyJPerTh();
        if (unknown > 0 && nominal != null && found.workTh() > 0) {
            double rest = found.workTh() * unknown * nominal / J_PER_KWH;
            kwh += rest;
            estimated += rest;
        } else {
            part.add(row, Figure.NO_POWER_S, coveredS * unknown);
        }
        double price = row < roster.size()
                ? terms.power().usdPerKwh(roster, row)
                : terms.power().usualUsdPerKwh();
        part.add(row, Figure.KWH, kwh);
        part.add(row, Figure.ESTIMATED_KWH, estimated);
        if (Double.isNaN(price)) {
            part.add(row, Figure.NO_TARIFF_KWH, kwh);
        } else {
            part.add(row, Figure.COST_USD, kwh * price);
        }
    }

    private void addWork(int row, Uptime time, @Nullable MinerHour found, Terms terms) {
        part.add(row, Figure.TOTAL_S, MinerHour.SECONDS);
        part.add(row, Figure.MINING_S, time.miningS());
        part.add(row, Figure.STOPPED_S, time.stoppedS());
        part.add(row, Figure.DOWN_S, time.downS());
        part.add(row, Figure.OFFLINE_S, time.offlineS());
        part.add(row, Figure.UNKNOWN_S, time.unknownS());
        part.add(row, Figure.UNOBSERVED_S, time.unobservedS());
        double workTh = found == null ? 0 : found.workTh();
        double rejected = found == null ? 0 : found.rejected();
        part.add(row, Figure.WORK_TH, workTh);
        part.add(row, Figure.NO_SHARES_TH, Double.isNaN(rejected) ? workTh : 0);
        double nominal = nominalThs(row, found);
        part.add(row, Figure.NO_NOMINAL_S, Double.isNaN(nominal) ? MinerHour.SECONDS : 0);
        Economics.Basis market = terms.market();
        if (found != null) {
            addProven(row, found.proven(), market);
        }
        if (market == null) {
            part.add(row, Figure.NO_DIFFICULTY_TH, workTh);
            return;
        }
        part.add(row, Figure.ASSUMED_DIFFICULTY_TH, assumed(market, Economics.Assumed.DIFFICULTY) ? workTh : 0);
        part.add(row, Figure.ASSUMED_FEES_TH, assumed(market, Economics.Assumed.FEES) ? workTh : 0);
        addLines(row, lines.of(time, nominal, workTh, Double.isNaN(rejected) ? 0 : rejected, market), market);
    }

    private void addLines(int row, double[] btc, Economics.Basis market) {
        double price = market.btcPriceUsd();
        boolean priced = !Double.isNaN(price);
        double earned = 0;
        for (int step = 0; step < btc.length; step++) {
            part.add(row, Figure.STEP_BTC + step, btc[step]);
            part.add(row, Figure.STEP_USD + step, priced ? btc[step] * price : 0);
            earned += btc[step];
        }
        part.add(row, Figure.PRICED_HOURS, priced ? 1 : 0);
        part.add(row, Figure.NO_PRICE_BTC, priced ? 0 : earned);
        part.add(
                row, Figure.ASSUMED_PRICE_USD, assumed(market, Economics.Assumed.PRICE) && priced ? earned * price : 0);
    }

    private void addProven(int row, ProvenWork proven, Economics.@Nullable Basis market) {
        if (proven.seconds() == 0) {
            return;
        }
        double workTh = proven.difficultySum() * HASHES_PER_DIFFICULTY / HASHES_PER_TERAHASH;
        part.add(row, Figure.PROVEN_S, proven.seconds());
        part.add(row, Figure.PROVEN_TH, workTh);
        if (market != null && workTh > 0) {
            double btc = workTh * market.btcPerTh();
            double deviation = btc * proven.relativeDeviation();
            part.add(row, Figure.PROVEN_BTC, btc);
            part.add(row, Figure.PROVEN_VARIANCE, deviation * deviation);
        }
    }

    private static boolean assumed(Economics.Basis market, Economics.Assumed what) {
        return market.assumed().contains(what);
    }

    private double nominalThs(int row, @Nullable MinerHour found) {
        if (found != null && !Double.isNaN(found.expectedThs())) {
            expectedThs[row] = found.expectedThs();
        }
        Double entered = Objects.requireNonNull(miners.get(row)).nominalThs();
        return entered == null ? expectedThs[row] : entered;
    }
}
