package io.minerops.core.device.internal.vendor;

import io.minerops.api.miner.BoardReading;
import io.minerops.core.device.internal.normalise.Boards;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.ExpectedRate;
import io.minerops.core.device.internal.normalise.HashBoards;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.Temperatures;
import io.minerops.core.device.internal.table.Item;
import io.minerops.core.device.internal.table.Make;
import io.minerops.core.device.internal.table.Row;
import io.minerops.core.device.internal.table.TableFamily;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Auradine's Teraflux: rates, boards and pools on the CGMiner port; power, fans, temperatures and what the device is on a
 * web server, which some firmwares do not open to those who have not logged in.
 */
final class AuradineFamily extends TableFamily {
    private static final String CONTROL_BOARD = "Control Board";

    /** Nominal efficiency at the wall, J/TH, as Auradine's product sheets state it for the usual mode. */
    private static final Map<String, Double> JOULES_PER_TH = Map.of("AT2880", 16.0, "AI3680", 15.0, "AH3880", 14.5);

    AuradineFamily() {
        super(
                List.of(
                        Command.VERSION,
                        Command.SUMMARY,
                        Command.POOLS,
                        Command.DEVS,
                        Command.ASCCOUNT,
                        Command.AURADINE_REPORT,
                        Command.AURADINE_TEMPERATURES),
                Row.sum(Item.POWER, Command.AURADINE_POWER, "PowerIn"),
                Row.of(Item.FANS, Command.AURADINE_FANS, "Speed"),
                Row.of(Item.FIRMWARE, Command.AURADINE_REPORT, "version"),
                Row.of(Item.MAC, Command.AURADINE_REPORT, "mac"),
                Row.of(Item.HOSTNAME, Command.AURADINE_REPORT, "hostname"),
                Row.of(Item.CERTAIN_SERIAL, Command.AURADINE_REPORT, "SerialNo"));
    }

    @Override
    public boolean recognises(DeviceReplies replies) {
        return replies.isNamed("GCMiner") || replies.isNamed("FluxOS");
    }

    @Override
    protected Make make(DeviceReplies replies) {
        String model = replies.section(Command.AURADINE_REPORT).text("model");
        return model == null
                ? Make.of("Auradine", null)
                : Make.of("Auradine", DeviceText.clean("Teraflux " + model)).needing(JOULES_PER_TH.get(model));
    }

    @Override
    protected Hashrate rate(DeviceReplies replies, Make make) {
        return Hashrate.of(replies, ExpectedRate.UNKNOWN.ofModel(make.joulesPerTh(), true));
    }

    @Override
    protected void setMore(DeviceValues device, DeviceReplies replies, Hashrate rate, Instant readAt) {
        device.set(temperatures(replies.section(Command.AURADINE_TEMPERATURES)))
                .set(boards(replies))
                .set(hashBoards(replies.section(Command.DEVS)));
    }

    private static HashBoards hashBoards(Fields rows) {
        HashBoards boards = new HashBoards();
        for (Fields row : rows.each()) {
            boards.at(row.number("ID"))
                    .set(BoardReading.RATE_THS, row.number("MHS 5s") / 1e6)
                    .hottest(BoardReading.BOARD_TEMP_C, row.number("Temperature"));
        }
        return boards;
    }

    /** The sensors of the control board say nothing of the chips. */
    private static Temperatures temperatures(Fields places) {
        List<Fields> boards = places.each().stream()
                .filter(place -> !CONTROL_BOARD.equalsIgnoreCase(place.text("Name")))
                .toList();
        return sensors(boards, "ChipTemp").or(() -> sensors(boards, "BoardTemp"));
    }

    private static Temperatures sensors(List<Fields> boards, String key) {
        return Temperatures.of(boards.stream()
                .flatMapToDouble(board -> Arrays.stream(board.child(key).numbers("Temperature")))
                .toArray());
    }

    private static Boards boards(DeviceReplies replies) {
        List<Fields> rows = replies.section(Command.DEVS).each();
        if (rows.isEmpty()) {
            return Boards.of(new double[0], Double.NaN);
        }
        long alive = rows.stream()
                .filter(row -> "Alive".equalsIgnoreCase(row.text("Status")))
                .count();
        double slots = replies.section(Command.ASCCOUNT).number("BoardCount");
        double chips = replies.section(Command.ASCCOUNT).number("AsicCount");
        double expected = slots > rows.size() ? slots : rows.size();
        return new Boards(alive, expected, chips > 0 ? chips : Double.NaN, Double.NaN);
    }
}
