package io.minerops.core.device.internal.vendor;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.model.AntminerModel;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.ExpectedRate;
import io.minerops.core.device.internal.normalise.HashBoards;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.Pools;
import io.minerops.core.device.internal.table.Item;
import io.minerops.core.device.internal.table.Make;
import io.minerops.core.device.internal.table.Row;
import io.minerops.core.device.internal.table.TableFamily;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** ePIC's PowerPlay, on ePIC's own machines and on Antminers: a web server on the port of the CGMiner API. */
final class EpicFamily extends TableFamily {
    EpicFamily() {
        super(
                List.of(),
                Row.of(Item.POWER, Command.EPIC_SUMMARY, "Power Supply Stats/Input Power"),
                Row.of(Item.TEMPERATURES, Command.EPIC_SUMMARY, "HBs/Temperature"),
                Row.of(Item.FANS_IN_USE, Command.EPIC_SUMMARY, "Fans Rpm/Fans Speed {1-16}"),
                Row.of(Item.BOARDS, Command.EPIC_SUMMARY, "Session/Active HBs"),
                Row.of(Item.EXPECTED_BOARDS, Command.EPIC_CAPABILITIES, "Max HBs"),
                Row.of(Item.ELAPSED, Command.EPIC_SUMMARY, "Session/Uptime"),
                Row.of(Item.ACCEPTED, Command.EPIC_SUMMARY, "Session/Accepted"),
                Row.of(Item.REJECTED, Command.EPIC_SUMMARY, "Session/Rejected"),
                Row.of(Item.LAST_SHARE_AGE_S, Command.EPIC_SUMMARY, "Session/Last Accepted Share Timer"),
                Row.of(Item.LAST_SHARE_DIFFICULTY, Command.EPIC_SUMMARY, "Session/Difficulty"),
                Row.of(Item.STATE, Command.EPIC_SUMMARY, "Status/Operating State"),
                Row.of(Item.FAULTS, Command.EPIC_SUMMARY, "Status/Last Error"),
                Row.of(Item.FIRMWARE, Command.EPIC_SUMMARY, "Software"),
                Row.of(Item.MAC, Command.EPIC_NETWORK, "dhcp/mac_address", "static/mac_address"),
                Row.of(Item.HOSTNAME, Command.EPIC_SUMMARY, "Hostname"),
                Row.of(Item.SERIAL, Command.EPIC_CAPABILITIES, "Control Board Version/cpuSerial"));
    }

    @Override
    public boolean recognises(DeviceReplies replies) {
        Fields summary = replies.section(Command.EPIC_SUMMARY);
        return summary.has("HBs") && (summary.has("HBStatus") || summary.has("Software"));
    }

    @Override
    protected Make make(DeviceReplies replies) {
        String reported = replies.section(Command.EPIC_CAPABILITIES).text("Model");
        boolean antminer = reported != null && reported.toLowerCase(Locale.ROOT).startsWith("antminer");
        AntminerModel model = antminer ? AntminerModel.parse(reported) : null;
        return Make.of(antminer ? "Bitmain" : "ePIC", model == null ? reported : model.name());
    }

    /** Of a board's list of rates the first is the measured one, MH/s; the next is it in % of what was expected. */
    @Override
    protected Hashrate rate(DeviceReplies replies, Make make) {
        Fields summary = replies.section(Command.EPIC_SUMMARY);
        Fields boards = summary.child("HBs");
        String algorithm = summary.child("Mining").rawText("Algorithm");
        if (algorithm != null && !algorithm.toLowerCase(Locale.ROOT).startsWith("sha")) {
            return Hashrate.ABSENT;
        }
        double now = sum(boards, rates -> rates.length > 0 ? rates[0] : Double.NaN);
        double expected =
                sum(boards, rates -> rates.length > 1 && rates[1] > 0 ? rates[0] * 100 / rates[1] : Double.NaN);
        return Hashrate.checked(
                ExpectedRate.of(expected / 1e6),
                summary.child("Session").number("Average MHs") / 1e6,
                boards.isEmpty() && !resting(summary) ? Double.NaN : now / 1e6);
    }

    private static HashBoards hashBoards(Fields rows, double chips) {
        HashBoards boards = new HashBoards();
        for (Fields row : rows.each()) {
            double[] rates = row.list("Hashrate");
            double rate = rates.length > 0 ? rates[0] / 1e6 : Double.NaN;
            boards.at(row.number("Index"))
                    .positive(BoardReading.CHIPS_EXPECTED, chips)
                    .set(BoardReading.RATE_THS, rate)
                    .positive(BoardReading.EXPECTED_THS, rates.length > 1 ? rate * 100 / rates[1] : Double.NaN)
                    .hottest(BoardReading.BOARD_TEMP_C, row.number("Temperature"))
                    .positive(BoardReading.FREQUENCY_MHZ, row.number("Core Clock Avg"))
                    .positive(BoardReading.VOLTAGE_V, row.number("Input Voltage"));
        }
        return boards;
    }

    private static double sum(Fields boards, ToDoubleFunction<double[]> ofRates) {
        return boards.each().stream()
                .map(board -> board.list("Hashrate"))
                .mapToDouble(ofRates)
                .filter(megahashes -> !Double.isNaN(megahashes))
                .sum();
    }

    /** A machine that does not mine lists no boards. */
    private static boolean resting(Fields summary) {
        String state = summary.child("Status").text("Operating State");
        return state != null && !state.equalsIgnoreCase("Mining");
    }

    /** It reports the expected chips of a board, but not the working ones. */
    @Override
    protected void setMore(DeviceValues device, DeviceReplies replies, Hashrate rate, Instant readAt) {
        Fields capabilities = replies.section(Command.EPIC_CAPABILITIES);
        double chips = capabilities.child("Performance Estimator").number("Chip Count");
        device.set(Reading.CHIPS_EXPECTED, capabilities.number("Max HBs") * chips);
        device.set(hashBoards(replies.section(Command.EPIC_SUMMARY).child("HBs"), chips));
        Fields stratum = replies.section(Command.EPIC_SUMMARY).child("Stratum");
        if (stratum.flag("IsPoolConnected")) {
            device.pools(
                    1,
                    Pools.pool(stratum.text("Current Pool"), Double.NaN, "stratum+tcp", stratum.text("Current User")));
        } else {
            device.pools(stratum.has("IsPoolConnected") ? 0 : Double.NaN, null);
        }
    }
}
