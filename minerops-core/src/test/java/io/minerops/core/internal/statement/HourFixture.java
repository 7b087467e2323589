package io.minerops.core.internal.statement;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.Tariff;
import io.minerops.api.store.MetricRollup;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.profit.PowerPrices;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Roll-ups of hours with a sample each minute, and ordinary terms. */
final class HourFixture {
    static final double DIFFICULTY = 150e12;
    static final double PRICE = 90_000;
    static final double TARIFF = 0.08;

    private final MinerAddress miner;
    private final Instant start;
    private final Map<Reading, MetricRollup.Of> readings = new EnumMap<>(Reading.class);
    private final Map<WorkState, Long> states = new EnumMap<>(WorkState.class);
    private double energyWh = Double.NaN;
    private double workTh = Double.NaN;
    private boolean powerEstimated;
    private ProvenWork proven = ProvenWork.NONE;

    private HourFixture(MinerAddress miner, Instant start) {
        this.miner = miner;
        this.start = start;
    }

    static HourFixture of(MinerAddress miner, Instant start) {
        return new HourFixture(miner, start);
    }

    static MinerAddress address(int number) {
        return MinerAddress.of("10.0.0." + (number + 1));
    }

    /** Even hashrate in so many samples, a minute apart. */
    HourFixture rate(int samples, double ths) {
        readings.put(Reading.HASHRATE_THS, new MetricRollup.Of(samples, ths, ths, ths, ths));
        workTh = ths * (samples - 1) * 60;
        return this;
    }

    HourFixture power(int samples, double watts) {
        readings.put(Reading.POWER_W, new MetricRollup.Of(samples, watts, watts, watts, watts));
        energyWh = watts * (samples - 1) / 60;
        return this;
    }

    HourFixture powerEstimated() {
        powerEstimated = true;
        return this;
    }

    HourFixture state(WorkState state, long samples) {
        states.put(state, samples);
        return this;
    }

    HourFixture counter(Reading reading, double first, double max, double last) {
        readings.put(reading, new MetricRollup.Of(60, Math.min(first, last), first, max, last));
        return this;
    }

    HourFixture expected(double ths) {
        readings.put(Reading.EXPECTED_THS, new MetricRollup.Of(60, ths, ths, ths, ths));
        return this;
    }

    HourFixture proven(double seconds, double difficulty, double shares) {
        proven = new ProvenWork(seconds, difficulty, difficulty * difficulty / shares, Double.NaN);
        return this;
    }

    MetricRollup rollup() {
        return new MetricRollup(miner, start, readings, energyWh, workTh, powerEstimated, null, states, proven);
    }

    static Economics.Basis market(double price, double difficulty, double subsidy, Economics.Assumed... assumed) {
        return new Economics.Basis(price, difficulty, subsidy, 0.02, 1.5, Set.of(assumed));
    }

    /** One price for all; NaN for a tariff that has none. */
    static PowerPrices.Now tariff(double usdPerKwh) {
        if (Double.isNaN(usdPerKwh)) {
            return PowerPrices.of(0, miner -> 0, List.of(at -> {
                        throw new MarketException("no price");
                    }))
                    .at(Instant.EPOCH, new Tariff(1));
        }
        return PowerPrices.NONE.at(Instant.EPOCH, new Tariff(usdPerKwh));
    }

    static Terms ordinary() {
        return new Terms(market(PRICE, DIFFICULTY, 3.125), tariff(TARIFF));
    }
}
