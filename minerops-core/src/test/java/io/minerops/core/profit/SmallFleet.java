package io.minerops.core.profit;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.api.profit.Tariff;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small fleets, row by row, and their profitability in an ordinary market. */
final class SmallFleet {
    private SmallFleet() {}

    static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");
    static final double ABSENT = Double.NaN;
    static final Tariff DEFAULT = new Tariff(0.08);
    static final ProfitabilitySettings SETTINGS = new ProfitabilitySettings(DEFAULT, 1.5, 0);
    static final BlockReward REWARD = new BlockReward(925_000, BlockReward.EPOCH_TABLE, 0.02, "node");

    /** A miner of the fleet; null where its registry entry does not say. */
    record Row(
            double hashrateThs,
            double powerW,
            @Nullable Double tariff,
            @Nullable Double nominalJPerTh) {
        static Row of(double hashrateThs, double powerW) {
            return new Row(hashrateThs, powerW, null, null);
        }
    }

    static FleetSnapshot snapshot(List<Row> rows) {
        FleetSnapshot.Builder builder = FleetSnapshot.builder(AT, rows.size());
        for (int number = 0; number < rows.size(); number++) {
            Row row = rows.get(number);
            builder.row(miner(number, row))
                    .sampledAt(AT.minus(Duration.ofMinutes(number)).toEpochMilli())
                    .set(Reading.HASHRATE_THS, row.hashrateThs())
                    .set(Reading.POWER_W, row.powerW());
        }
        return builder.build();
    }

    static Miner miner(int number, Row row) {
        return Miner.builder(address(number), AT)
                .powerPriceUsdPerKwh(row.tariff())
                .nominalEfficiencyJPerTh(row.nominalJPerTh())
                .build();
    }

    static MinerAddress address(int number) {
        return MinerAddress.of("10.0.0." + (number + 1));
    }

    static FleetProfitability profitability(Row... rows) {
        return profitability(snapshot(List.of(rows)));
    }

    static FleetProfitability profitability(FleetSnapshot snapshot) {
        return FleetProfitability.of(snapshot, SETTINGS, 88_000, 152e12, REWARD, AT, row -> true);
    }
}
