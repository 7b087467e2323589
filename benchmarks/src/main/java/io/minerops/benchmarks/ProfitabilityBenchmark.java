package io.minerops.benchmarks;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.profit.Tariff;
import io.minerops.core.profit.BlockReward;
import io.minerops.core.profit.FleetProfitability;
import io.minerops.core.profit.ProfitabilityCalculator;
import io.minerops.core.profit.ProfitabilityInputs;
import io.minerops.core.profit.ProfitabilitySettings;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs to calculate one miner, and a miner as part of a fleet of 10,000. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProfitabilityBenchmark {
    private static final int MINERS = 10_000;
    private static final double PRICE_USD = 90_000;
    private static final double DIFFICULTY = 1.5e14;
    private static final BlockReward REWARD = new BlockReward(925_000, BlockReward.EPOCH_TABLE, 0, BlockReward.SETTING);

    private final ProfitabilitySettings settings = ProfitabilitySettings.of(new Tariff(0.1));
    private FleetSnapshot snapshot;
    private ProfitabilityInputs inputs;

    @Setup
    public void setUp() {
        snapshot = Fleets.snapshot(MINERS, Fleets.START);
        inputs = ProfitabilityInputs.builder()
                .hashrateThs(110)
                .powerW(3_250)
                .tariff(new Tariff(0.1))
                .btcPriceUsd(PRICE_USD)
                .networkDifficulty(DIFFICULTY)
                .subsidyBtc(REWARD.subsidyBtc())
                .build();
    }

    @Benchmark
    public Profitability oneMiner() {
        return ProfitabilityCalculator.daily(inputs);
    }

    @Benchmark
    @OperationsPerInvocation(MINERS)
    public ProfitabilitySnapshot fleetPerMiner() {
        return FleetProfitability.of(snapshot, settings, PRICE_USD, DIFFICULTY, REWARD, Fleets.START, row -> true)
                .fleet();
    }
}
