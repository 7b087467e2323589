package io.minerops.server.profit;

import io.minerops.api.InvalidArgumentException;
import io.minerops.server.cli.TextTable;
import io.minerops.server.http.JsonObject;
import io.minerops.server.tariff.Tariffs;
import io.minerops.tariff.Bill;
import io.minerops.tariff.LoadProfile;
import io.minerops.tariff.RatePlan;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a steady load costs by a tariff: now, and in the month of the site's calendar that it is.
 *
 * @param plan the tariff
 * @param usdPerKwhNow the price of the next kWh
 * @param month the month
 * @param bill its bill; null where there is none
 * @param kwh energy of the month
 * @param note why there is no bill; null where there is one
 */
record TariffReport(
        RatePlan plan,
        double usdPerKwhNow,
        YearMonth month,
        @Nullable Bill bill,
        double kwh,
        @Nullable String note) {
    /** Clocks of all zones differ by a multiple of it. */
    private static final Duration STEP = Duration.ofMinutes(15);

    private static final double WATTS_PER_KW = 1_000;

    static TariffReport of(RatePlan plan, double watts, Instant now) {
        YearMonth month = YearMonth.from(now.atZone(plan.zone()));
        Instant from = month.atDay(1).atStartOfDay(plan.zone()).toInstant();
        Instant to = month.plusMonths(1).atDay(1).atStartOfDay(plan.zone()).toInstant();
        double[] kw = new double[(int) Duration.between(from, to).dividedBy(STEP)];
        Arrays.fill(kw, watts / WATTS_PER_KW);
        LoadProfile load = LoadProfile.of(from, STEP, kw);
        double price = Tariffs.priceAt(plan, now);
        try {
            return new TariffReport(plan, price, month, plan.bill(load), load.kwh(), null);
        } catch (InvalidArgumentException e) {
            return new TariffReport(plan, price, month, null, load.kwh(), e.getMessage());
        }
    }

    /** The price to calculate with: that of the month with all charges where there is a bill, else that of now. */
    double usdPerKwh() {
        return bill == null || kwh == 0 ? usdPerKwhNow : bill.total() / kwh;
    }

    JsonObject json() {
        JsonObject json = JsonObject.object()
                .text("name", plan.name())
                .text("zone", plan.zone().getId())
                .number("usd_per_kwh_now", usdPerKwhNow)
                .text("month", month.toString())
                .number("month_kwh", kwh)
                .number("month_usd", bill == null ? null : bill.amountDue().doubleValue())
                .number("month_usd_per_kwh", bill == null || kwh == 0 ? null : usdPerKwh())
                .text("note", note);
        return json.list("lines", bill == null ? List.of() : bill.lines(), TariffReport::json);
    }

    private static JsonObject json(Bill.Line line) {
        return JsonObject.object()
                .text("charge", line.charge())
                .text("item", line.item())
                .number("quantity", line.quantity())
                .text("unit", line.unit())
                .number("price", line.price())
                .number("amount_usd", line.amount());
    }

    String text() {
        TextTable table = new TextTable(List.of(plan.name() + ", " + month + " in " + plan.zone(), ""), Set.of(1))
                .row(List.of("price of power now", String.format(Locale.ROOT, "%,.4f USD/kWh", usdPerKwhNow)));
        if (bill == null) {
            return table.row(List.of("no bill of the month: " + note, "")).toString();
        }
        for (Bill.Line line : bill.lines()) {
            String what = line.charge() + ", " + line.item()
                    + String.format(Locale.ROOT, " (%,.2f %s)", line.quantity(), line.unit());
            table.row(List.of(what, String.format(Locale.ROOT, "%,.2f USD", line.amount())));
        }
        return table.row(List.of("month", String.format(Locale.ROOT, "%,.2f USD", bill.amountDue())))
                .toString();
    }
}
