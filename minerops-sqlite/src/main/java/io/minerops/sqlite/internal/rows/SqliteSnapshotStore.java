package io.minerops.sqlite.internal.rows;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.store.SnapshotStore;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.Times;
import io.minerops.sqlite.internal.db.Database;
import io.minerops.sqlite.internal.db.Durability;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Snapshots in time order, like samples: key is moment and miner, with 0 for the fleet. */
public final class SqliteSnapshotStore implements SnapshotStore {
    private static final int FLEET = 0;

    private static final String FIGURES = "miner_count, power_estimated, btc_price_usd, network_difficulty,"
            + " hashrate_ths, power_w, power_cost_usd_per_kwh, daily_power_kwh, daily_power_cost_usd,"
            + " estimated_btc_per_day, estimated_revenue_usd_per_day, daily_profit_usd, profit_margin_pct,"
            + " break_even_btc_price, efficiency_j_per_th, hashprice_usd_per_ph_day";
    private static final String PUT_TIME = "INSERT OR IGNORE INTO snapshot_times (at) VALUES (?)";
    private static final String PUT = "INSERT OR REPLACE INTO snapshots (id, " + FIGURES
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String NEWEST = "SELECT t.at, " + FIGURES
            + " FROM snapshot_times t CROSS JOIN snapshots s ON s.id = (t.at << " + Times.MINER_BITS
            + " | ?) WHERE t.at >= ? ORDER BY t.at DESC LIMIT ?";
    private static final String PRUNE =
            "DELETE FROM snapshots WHERE id IN (SELECT id FROM snapshots WHERE id < ? LIMIT ?)";
    private static final String PRUNE_TIMES =
            "DELETE FROM snapshot_times WHERE at IN (SELECT at FROM snapshot_times WHERE at < ? LIMIT ?)";

    private final Database database;
    private final AddressBook addresses;

    public SqliteSnapshotStore(Database database, AddressBook addresses) {
        this.database = database;
        this.addresses = addresses;
    }

    @Override
    public void save(Collection<ProfitabilitySnapshot> snapshots) {
        addresses.enter(snapshots.stream()
                .map(ProfitabilitySnapshot::miner)
                .filter(Objects::nonNull)
                .toList());
        database.write("save profitability", Durability.PROCESS, tx -> {
            Binder time = tx.bind(PUT_TIME);
            Binder row = tx.bind(PUT);
            for (ProfitabilitySnapshot snapshot : snapshots) {
                long at = Times.keyMillis("at", snapshot.at());
                MinerAddress miner = snapshot.miner();
                time.number(at).add();
                row.number(Times.key(at, miner == null ? FLEET : addresses.number(miner)));
                bind(row, snapshot).add();
            }
            tx.runBatch(PUT_TIME);
            return tx.runBatch(PUT);
        });
    }

    @Override
    public List<ProfitabilitySnapshot> history(@Nullable MinerAddress miner, Instant since, int limit) {
        int number = miner == null ? FLEET : addresses.find(miner);
        List<ProfitabilitySnapshot> found = new ArrayList<>(database.list(
                "read profitability",
                NEWEST,
                values -> values.number(number).number(Times.ceiling(since)).number(limit),
                row -> read(row, miner)));
        Collections.reverse(found);
        return found;
    }

    @Override
    public int prune(Instant before) {
        long end = Times.keyCeiling(before);
        int deleted = database.pruneInSteps("prune profitability", PRUNE, Times.key(end, 0));
        database.pruneInSteps("prune profitability", PRUNE_TIMES, end);
        return deleted;
    }

    private static Binder bind(Binder row, ProfitabilitySnapshot snapshot) throws SQLException {
        Profitability figures = snapshot.profitability();
        return row.number(snapshot.minerCount())
                .flag(snapshot.powerEstimated())
                .real(figures.btcPriceUsd())
                .real(figures.networkDifficulty())
                .real(figures.hashrateThs())
                .real(figures.powerW())
                .real(figures.powerCostUsdPerKwh())
                .real(figures.dailyPowerKwh())
                .real(figures.dailyPowerCostUsd())
                .real(figures.estimatedBtcPerDay())
                .real(figures.estimatedRevenueUsdPerDay())
                .real(figures.dailyProfitUsd())
                .real(figures.profitMarginPct())
                .real(figures.breakEvenBtcPrice())
                .real(figures.efficiencyJPerTh())
                .real(figures.hashpriceUsdPerPhDay());
    }

    private static ProfitabilitySnapshot read(Row row, @Nullable MinerAddress miner) throws SQLException {
        return new ProfitabilitySnapshot(
                row.time(),
                miner,
                (int) row.number(),
                row.flag(),
                new Profitability(
                        row.real(),
                        row.real(),
                        row.real(),
                        row.real(),
                        row.real(),
                        row.real(),
                        row.real(),
                        row.real(),
                        row.real(),
                        row.real(),
                        row.realOrNull(),
                        row.realOrNull(),
                        row.realOrNull(),
                        row.realOrNull()));
    }
}
