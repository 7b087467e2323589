package io.minerops.server.profit;

import io.minerops.api.profit.Profitability;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.core.profit.BlockReward;
import io.minerops.core.profit.FleetProfitability;
import io.minerops.server.cli.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What miners earn, as text: what the fleet or one miner earns line by line, and a row for each miner. */
final class ProfitTable {
    private static final Set<Integer> NUMBERS = Set.of(1, 2, 3, 4, 5);

    private ProfitTable() {}

    static String of(
            ProfitabilitySnapshot snapshot,
            BlockReward reward,
            FleetProfitability now,
            List<ProfitabilitySnapshot> miners,
            int port) {
        FleetProfitability.Payout payout = now.payout();
        Profitability figures = snapshot.profitability();
        String who = snapshot.miner() == null
                ? snapshot.minerCount() + (snapshot.minerCount() == 1 ? " miner" : " miners")
                : snapshot.miner().toString(port) + (snapshot.minerCount() == 0 ? " (no hashrate)" : "");
        TextTable table = new TextTable(List.of(who, ""), Set.of(1))
                .row(List.of("hashrate", shown(figures.hashrateThs(), "%,.2f TH/s")))
                .row(List.of(
                        snapshot.powerEstimated() ? "power (partly estimated)" : "power",
                        shown(figures.powerW(), "%,.0f W")))
                .row(List.of("efficiency", shown(figures.efficiencyJPerTh(), "%,.2f J/TH")))
                .row(List.of("price of a bitcoin", shown(figures.btcPriceUsd(), "%,.2f USD")))
                .row(List.of("difficulty", shown(figures.networkDifficulty(), "%,.0f")))
                .row(List.of(
                        "subsidy (height by " + reward.heightSource() + ")", shown(reward.subsidyBtc(), "%,.8f BTC")))
                .row(List.of("fees of a block (" + reward.feesSource() + ")", shown(reward.feesBtc(), "%,.8f BTC")))
                .row(List.of(
                        "payout",
                        payout.terms().scheme().key()
                                + shown(payout.terms().poolFeePct(), ", pool fee %.2f %%")
                                + shown(payout.rejectedPct(), ", rejected %.2f %%")
                                + (payout.rejectedMiners() > 0 ? " (measured)" : "")
                                + shown(payout.terms().uptimePct(), ", uptime %.1f %%")))
                .row(List.of("price of power", shown(figures.powerCostUsdPerKwh(), "%,.4f USD/kWh")))
                .row(List.of("mined a day", shown(figures.estimatedBtcPerDay(), "%,.8f BTC")))
                .row(List.of("revenue a day", shown(figures.estimatedRevenueUsdPerDay(), "%,.2f USD")))
                .row(List.of("power a day", shown(figures.dailyPowerCostUsd(), "%,.2f USD")))
                .row(List.of("profit a day", shown(figures.dailyProfitUsd(), "%,.2f USD")))
                .row(List.of("profit in 30 days", shown(figures.monthlyProfitUsd(), "%,.2f USD")))
                .row(List.of("margin", shown(figures.profitMarginPct(), "%,.1f %%")))
                .row(List.of("even at", shown(figures.breakEvenBtcPrice(), "%,.2f USD a bitcoin")));
        if (now.countedAsClaimed() > 0) {
            table.row(List.of("counted as claimed", now.countedAsClaimed() + " miners"));
        }
        return miners.isEmpty() ? table.toString() : table + System.lineSeparator() + rows(miners, port);
    }

    private static TextTable rows(List<ProfitabilitySnapshot> miners, int port) {
        TextTable table =
                new TextTable(List.of("MINER", "TH/S", "W", "REVENUE USD/D", "POWER USD/D", "PROFIT USD/D"), NUMBERS);
        for (ProfitabilitySnapshot snapshot : miners) {
            Profitability figures = snapshot.profitability();
            String name = snapshot.miner() == null ? "-" : snapshot.miner().toString(port);
            table.row(List.of(
                    name,
                    shown(figures.hashrateThs(), "%,.2f"),
                    shown(figures.powerW(), "%,.0f") + (snapshot.powerEstimated() ? "~" : ""),
                    shown(figures.estimatedRevenueUsdPerDay(), "%,.2f"),
                    shown(figures.dailyPowerCostUsd(), "%,.2f"),
                    shown(figures.dailyProfitUsd(), "%,.2f")));
        }
        return table;
    }

    static String shown(@Nullable Double value, String format) {
        return value == null || !Double.isFinite(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
