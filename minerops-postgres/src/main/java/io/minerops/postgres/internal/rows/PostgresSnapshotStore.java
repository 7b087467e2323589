package io.minerops.postgres.internal.rows;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.api.store.SnapshotStore;
import io.minerops.blocks.jdbc.Binder;
import io.minerops.blocks.jdbc.Row;
import io.minerops.blocks.jdbc.Times;
import io.minerops.postgres.internal.db.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Snapshots by miner and moment; miner 0 is the fleet. */
public final class PostgresSnapshotStore implements SnapshotStore {
    private static final int FLEET = 0;

    private static final String FIGURES = "miner_count, power_estimated, btc_price_usd, network_difficulty,"
            + " hashrate_ths, power_w, power_cost_usd_per_kwh, daily_power_kwh, daily_power_cost_usd,"
            + " estimated_btc_per_day, estimated_revenue_usd_per_day, daily_profit_usd, profit_margin_pct,"
            + " break_even_btc_price, efficiency_j_per_th, hashprice_usd_per_ph_day";
    private static final String PUT = Upsert.of("snapshots", "miner, at", FIGURES);
    private static final String NEWEST =
            "SELECT at, " + FIGURES + " FROM snapshots WHERE miner = ? AND at >= ? ORDER BY at DESC LIMIT ?";
    private static final String PRUNE = "DELETE FROM snapshots WHERE (miner, at) IN"
            + " (SELECT miner, at FROM snapshots WHERE at < ? ORDER BY at LIMIT ?)";

    private final Database database;
    private final NameBook book;

    public PostgresSnapshotStore(Database database, NameBook book) {
        this.database = database;
        this.book = book;
    }

    @Override
    public void save(Collection<ProfitabilitySnapshot> snapshots) {
        book.enter(snapshots.stream()
                .map(ProfitabilitySnapshot::miner)
                .filter(Objects::nonNull)
                .toList());
        database.write("save profitability", tx -> {
            Names names = book.of(tx.connection());
            Binder row = tx.bind(PUT);
            for (ProfitabilitySnapshot snapshot : snapshots) {
                long at = Times.keyMillis("at", snapshot.at());
                MinerAddress miner = snapshot.miner();
                row.number(miner == null ? FLEET : names.number(miner)).number(at);
                bind(row, snapshot).add();
            }
            return tx.runBatch(PUT);
        });
    }

    @Override
    public List<ProfitabilitySnapshot> history(@Nullable MinerAddress miner, Instant since, int limit) {
        List<ProfitabilitySnapshot> found = new ArrayList<>(database.read("read profitability", connection -> {
            int number = miner == null ? FLEET : book.of(connection).find(miner);
            return Database.list(
                    connection,
                    NEWEST,
                    values -> values.number(number).number(Times.ceiling(since)).number(limit),
                    row -> read(row, miner));
        }));
        Collections.reverse(found);
        return found;
    }

    @Override
    public int prune(Instant before) {
        return database.pruneInSteps("prune profitability", PRUNE, Times.ceiling(before));
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
