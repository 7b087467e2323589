package io.minerops.server.rest.view;

import io.minerops.api.Page;
import io.minerops.api.miner.MinerAddress;
import io.minerops.core.network.RetargetEstimate;
import io.minerops.core.profit.MeritOrder;
import io.minerops.core.profit.StrikeReport;
import io.minerops.core.profit.StrikeReport.By;
import io.minerops.core.service.ProfitabilityService;
import io.minerops.server.http.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How strike prices are shown.
 *
 * @param names how miners are named
 * @param by what has a strike price of its own
 */
public record StrikeView(MinerNames names, By by) {
    private static final String MACHINE = "machine";

    /** What a strike price can be of, by the name that requests have for it. */
    public static final Map<String, By> BY = Arrays.stream(By.values())
            .collect(Collectors.toMap(
                    by -> by.name().toLowerCase(Locale.ROOT), Function.identity(), (a, b) -> a, LinkedHashMap::new));

    /** All but the list of a report. */
    public JsonObject head(StrikeReport report) {
        StrikeReport.BreakEven even = report.breakEven();
        List<MinerAddress> withoutPower = report.order().withoutPower();
        return JsonObject.ok()
                .time("timestamp", report.at())
                .text("by", by.name().toLowerCase(Locale.ROOT))
                .number("btc_price_usd", report.btcPriceUsd())
                .number("network_difficulty", report.networkDifficulty())
                .number("hashprice_usd_per_ph_day", report.hashpriceUsdPerPhDay())
                .number("market_hashprice_usd_per_ph_day", report.marketHashpriceUsdPerPhDay())
                .number("power_price_usd_per_mwh", report.powerUsdPerMwh())
                .object("forward", forward(report.forward()))
                .object(
                        "break_even",
                        JsonObject.object()
                                .number("hashprice_usd_per_ph_day", even.hashpriceUsdPerPhDay())
                                .number("btc_price_usd", even.btcPriceUsd())
                                .number("network_difficulty", even.networkDifficulty()))
                .object("marginal", report.order().marginal().map(this::entry).orElse(null))
                .whole("without_power_count", withoutPower.size())
                .texts(
                        "without_power",
                        withoutPower.stream()
                                .limit(Page.MAX_LIMIT)
                                .map(names::of)
                                .toList());
    }

    /** A miner or a group. */
    public JsonObject entry(MeritOrder.Entry entry) {
        return JsonObject.object()
                .text("name", name(entry))
                .whole("miner_count", entry.minerCount())
                .number("hashrate_ths", entry.hashrateThs())
                .number("power_w", entry.powerW())
                .flag("power_estimated", entry.powerEstimated())
                .number("efficiency_j_per_th", entry.efficiencyJPerTh())
                .number("strike_price_usd_per_mwh", entry.strikeUsdPerMwh())
                .number("power_price_usd_per_mwh", entry.tariffUsdPerMwh())
                .number("headroom_usd_per_mwh", entry.headroomUsdPerMwh())
                .number("cumulative_power_w", entry.cumulativePowerW())
                .number("cumulative_hashrate_ths", entry.cumulativeHashrateThs());
    }

    /** The name of an entry: that of the miner, or of the group. */
    public String name(MeritOrder.Entry entry) {
        if (by != By.MINER) {
            return entry.name();
        }
        MinerAddress miner = MinerAddress.parse(entry.name());
        return miner.equals(ProfitabilityService.MACHINE) ? MACHINE : names.of(miner);
    }

    private static @Nullable JsonObject forward(@Nullable RetargetEstimate forward) {
        return forward == null
                ? null
                : JsonObject.object()
                        .whole("next_height", forward.nextHeight())
                        .whole("remaining_blocks", forward.remainingBlocks())
                        .number("change_pct", forward.changePct())
                        .time("at", forward.at());
    }
}
