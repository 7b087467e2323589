package io.minerops.core.device.internal.vendor;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.core.device.family.DeviceFamily;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.normalise.Boards;
import io.minerops.core.device.internal.normalise.DeviceValues;
import io.minerops.core.device.internal.normalise.ExpectedRate;
import io.minerops.core.device.internal.normalise.Fans;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.MacAddress;
import io.minerops.core.device.internal.normalise.Power;
import io.minerops.core.device.internal.normalise.Temperatures;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Auradine's Teraflux: rates, boards and pools on the CGMiner port; power, fans, temperatures and what the device is on a
 * web server, which some firmwares do not open to those who have not logged in.
 */
final class AuradineFamily implements DeviceFamily {
    private static final List<String> NAMES = List.of("GCMiner", "FluxOS");
    private static final String CONTROL_BOARD = "Control Board";
    private static final List<Command> COMMANDS = List.of(
            Command.VERSION,
            Command.SUMMARY,
            Command.POOLS,
            Command.DEVS,
            Command.ASCCOUNT,
            Command.AURADINE_REPORT,
            Command.AURADINE_POWER,
            Command.AURADINE_FANS,
            Command.AURADINE_TEMPERATURES);

    /** Nominal efficiency at the wall, J/TH, as Auradine's product sheets state it for the usual mode. */
    private static final Map<String, Double> JOULES_PER_TH = Map.of("AT2880", 16.0, "AI3680", 15.0, "AH3880", 14.5);

    @Override
    public boolean recognises(DeviceReplies replies) {
        return NAMES.stream()
                .anyMatch(name -> replies.section(Command.VERSION).keyed(name) != null
                        || replies.description().regionMatches(true, 0, name, 0, name.length()));
    }

    @Override
    public List<Command> commands() {
        return COMMANDS;
    }

    @Override
    public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
        Fields report = replies.section(Command.AURADINE_REPORT);
        String model = report.text("model");
        Hashrate rate = Hashrate.of(replies, ExpectedRate.UNKNOWN.ofModel(joulesPerTh(model), true));
        return DeviceValues.of(replies, miner, readAt)
                .set(rate)
                .set(Power.given(sum(replies.section(Command.AURADINE_POWER).numbers("PowerIn")), false, rate.now())
                        .or(Power.nominal(joulesPerTh(model), rate.now())))
                .set(temperatures(replies.section(Command.AURADINE_TEMPERATURES)))
                .set(Fans.of(replies.section(Command.AURADINE_FANS).numbers("Speed"))
                        .unlessAllStand(rate.atRest()))
                .set(boards(replies))
                .build(
                        new MinerIdentity(
                                "Auradine",
                                model == null ? null : DeviceText.clean("Teraflux " + model),
                                firmware(replies),
                                MacAddress.parse(report.rawText("mac")),
                                report.text("hostname"),
                                report.text("SerialNo")),
                        Normalised::new);
    }

    private static double joulesPerTh(@Nullable String model) {
        return model == null ? Double.NaN : JOULES_PER_TH.getOrDefault(model, Double.NaN);
    }

    private static double sum(double[] watts) {
        return watts.length == 0 ? Double.NaN : Arrays.stream(watts).sum();
    }

    /** The sensors of the control board say nothing of the chips. */
    private static Temperatures temperatures(Fields places) {
        List<Fields> boards = places.each().stream()
                .filter(place -> !CONTROL_BOARD.equalsIgnoreCase(place.text("Name")))
                .toList();
        return sensors(boards.stream().map(board -> board.child("ChipTemp")))
                .or(() -> sensors(boards.stream().map(board -> board.child("BoardTemp"))));
    }

    private static Temperatures sensors(Stream<Fields> lists) {
        return Temperatures.of(lists.flatMapToDouble(list -> Arrays.stream(list.numbers("Temperature")))
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

    private static @Nullable String firmware(DeviceReplies replies) {
        String version = replies.section(Command.AURADINE_REPORT).text("version");
        return version == null ? DeviceText.clean(replies.description()) : version;
    }
}
