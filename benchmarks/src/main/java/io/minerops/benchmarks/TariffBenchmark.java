package io.minerops.benchmarks;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.profit.Tariff;
import io.minerops.core.profit.BlockReward;
import io.minerops.core.profit.FleetProfitability;
import io.minerops.core.profit.PowerPrices;
import io.minerops.core.profit.ProfitabilitySettings;
import io.minerops.tariff.Bill;
import io.minerops.tariff.Charge;
import io.minerops.tariff.LoadProfile;
import io.minerops.tariff.Rate;
import io.minerops.tariff.RatePlan;
import io.minerops.tariff.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The profitability of 100,000 miners under 20 tariffs by the hour, and the bill of a year. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TariffBenchmark {
    private static final int MINERS = 100_000;
    private static final int TARIFFS = 20;
    private static final BlockReward REWARD = new BlockReward(925_000, BlockReward.EPOCH_TABLE, 0, BlockReward.SETTING);
    private static final Instant YEAR = Instant.parse("2026-01-01T06:00:00Z");

    private final List<RatePlan> plans = new ArrayList<>();
    private FleetSnapshot snapshot;
    private ProfitabilitySettings settings;
    private LoadProfile load;

    @Setup
    public void setUp() {
        for (int tariff = 0; tariff < TARIFFS; tariff++) {
            plans.add(plan(0.03 + tariff / 500.0));
        }
        PowerPrices prices = PowerPrices.of(
                PowerPrices.DEFAULT,
                TariffBenchmark::tariffOf,
                plans.stream()
                        .<ToDoubleFunction<Instant>>map(plan -> plan::priceAt)
                        .toList());
        settings = new ProfitabilitySettings(new Tariff(0.1), 0, 0, () -> prices);
        snapshot = Fleets.snapshot(MINERS, Fleets.START);
        load = LoadProfile.constant(YEAR, YEAR.plus(Duration.ofDays(365)), 3_500);
    }

    @Benchmark
    public ProfitabilitySnapshot fleetOf100000MinersAnd20Tariffs() {
        return FleetProfitability.of(snapshot, settings, 90_000, 1.5e14, REWARD, Fleets.START, snapshot::hasSample)
                .fleet();
    }

    @Benchmark
    public Bill billOfAYearByTheHour() {
        return plans.get(0).bill(load);
    }

    private static int tariffOf(Miner miner) {
        return Math.floorMod(miner.address().hashCode(), TARIFFS);
    }

    private static RatePlan plan(double price) {
        List<Rate> energy = List.of(Rate.of("peak", price * 2), Rate.of("off-peak", price));
        Schedule peak =
                Schedule.of(energy, List.of(new Schedule.Window(0, Schedule.ALL_MONTHS, Schedule.WEEKDAYS, 15, 20)), 1);
        return RatePlan.of(
                "plan",
                "America/Chicago",
                new Charge.Energy("energy", Charge.TierUnit.KWH, peak, energy),
                new Charge.Demand("demand", false, 0, Schedule.always(), List.of(Rate.of("all hours", 12))),
                new Charge.Fixed("meter", 30, Charge.Per.MONTH));
    }
}
