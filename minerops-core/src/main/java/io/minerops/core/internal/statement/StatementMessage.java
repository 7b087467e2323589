package io.minerops.core.internal.statement;

import io.minerops.api.alert.Destination;
import io.minerops.api.notify.Notification;
import io.minerops.core.statement.Statement;
import io.minerops.core.statement.StatementReport;
import io.minerops.core.statement.Waterfall;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A statement as a message: its figures line by line, the waterfall, what is estimated, and a line for each group. */
public final class StatementMessage {
    private static final double PERCENT = 100;

    /** Shares that two decimals would not show. */
    private static final double NEGLIGIBLE = 0.000_05;

    private final List<Notification.Report.Figure> figures = new ArrayList<>();

    private StatementMessage() {}

    /**
     * The message.
     *
     * @param channel the channel that it goes out on
     * @param at when it is made
     */
    public static Notification.Report of(StatementReport report, String channel, Instant at) {
        String name = report.request().period().name();
        String zone = report.request().period().zone().getId();
        StatementMessage message = new StatementMessage();
        message.add(report.total());
        report.groups().forEach(message::addGroup);
        return new Notification.Report(
                "minerops-statement-" + name + "-" + zone.replaceAll("[^A-Za-z0-9]", "-"),
                Destination.of(channel),
                at,
                "Statement of " + name,
                report.total().miners() + " miners, from "
                        + report.request().period().from() + " to " + report.until() + " (" + zone + ").",
                message.figures);
    }

    private void add(Statement total) {
        Statement.Money money = total.money();
        add("Revenue", usd(money.revenueUsd()));
        add("Power cost", usd(money.costUsd()));
        add("Profit", usd(money.profitUsd()));
        add("Energy", String.format(Locale.ROOT, "%,.1f kWh", total.kwh()));
        add("Bitcoin, expected", Waterfall.btc(total.btcExpected()).toPlainString());
        if (total.proven().seconds() > 0) {
            add(
                    "Bitcoin, proven",
                    Waterfall.btc(total.proven().btc()).toPlainString() + " ± "
                            + Waterfall.btc(total.proven().deviationBtc()).toPlainString());
        }
        add("Uptime, without planned stops", percent(total.time().uptime()));
        add("Availability, with planned stops", percent(total.time().availability()));
        for (Waterfall.Rounded line : total.waterfall().rounded()) {
            if (line.btc().signum() != 0) {
                add(
                        "From nameplate to earned: " + line.step().key().replace('_', ' '),
                        line.btc().toPlainString() + " BTC, " + usd(line.usd()));
            }
        }
        Statement.Estimates of = total.estimates();
        addShare("time without data", of.noData());
        addShare("energy by nominal power", of.powerEstimated());
        addShare("time without power", of.powerUnknown());
        addShare("energy without tariff", of.tariffUnknown());
        addShare("revenue by the price of another time", of.priceAssumed());
        addShare("production without price", of.priceUnknown());
        addShare("work by the difficulty of another time", of.difficultyAssumed());
        addShare("work without difficulty", of.difficultyUnknown());
        addShare("work by fees of another time", of.feesAssumed());
        addShare("time without nominal hashrate", of.nominalUnknown());
        addShare("work without counts of shares", of.rejectsUnknown());
    }

    private void addGroup(Statement group) {
        Statement.Money money = group.money();
        String name = group.name() == null ? "(none)" : group.name();
        add(
                "Owner " + name,
                usd(money.profitUsd()) + " profit, " + String.format(Locale.ROOT, "%,.1f kWh, ", group.kwh())
                        + Waterfall.btc(group.btcExpected()).toPlainString() + " BTC, "
                        + percent(group.time().uptime()) + " uptime");
    }

    private void addShare(String what, double share) {
        if (share > NEGLIGIBLE) {
            add("Estimated or unknown: " + what, percent(share));
        }
    }

    private void add(String name, String value) {
        figures.add(new Notification.Report.Figure(name, value));
    }

    private static String usd(@Nullable BigDecimal amount) {
        return amount == null ? "not known" : String.format(Locale.ROOT, "%,.2f USD", amount);
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "not known" : String.format(Locale.ROOT, "%.2f %%", share * PERCENT);
    }
}
