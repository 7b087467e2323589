package io.minerops.core.device.internal.vendor;

import io.minerops.core.device.internal.model.Makers;
import io.minerops.core.device.internal.normalise.Boards;
import io.minerops.core.device.internal.normalise.Fans;
import io.minerops.core.device.internal.normalise.MacAddress;
import io.minerops.core.device.internal.normalise.Slots;
import io.minerops.core.device.internal.normalise.Temperatures;
import io.minerops.core.device.internal.vendor.whatsminer.WhatsminerByCgminer;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What devices of unknown families report under names that mean the same everywhere: the model, the hardware address,
 * and in the statistics of each board its chips, fans, temperatures and the power of the supply.
 */
final class WellKnownFields {
    private static final List<Command> SECTIONS = List.of(Command.VERSION, Command.STATS, Command.SUMMARY);
    private static final List<String> MODEL = List.of("Model", "MODEL", "model", "Miner Model", "Product");
    private static final List<String> MAC = List.of("MAC", "Mac", "mac", "MACAddr", "MAC Address", "mac_address");
    private static final List<String> CHIPS = List.of("Chip Count", "Chips", "Effective Chips", "Num active chips");
    private static final List<String> MEANS = List.of("Temp Avg", "Temp avg", "Avg Temp", "Temperature", "Temp");
    private static final List<String> PEAKS = List.of("Temp Max", "Temp max", "Max Temp", "Chip Temp Max");
    private static final String[] WATTS = {"PSU Power W", "Power W", "Input Power", "Power"};
    private static final String[] FANS = IntStream.range(0, 16)
            .boxed()
            .flatMap(fan -> List.of("Fan" + fan + " Speed", "Fan" + fan + " rpm", "Fan " + fan + " Speed").stream())
            .toArray(String[]::new);

    /** The machines whose statistics name no more than the chip of their boards: chip, maker and model. */
    private static final Map<String, Device> BY_CHIP =
            Map.of("C12", new Device("Miner-Va", "MV8"), "IT1", new Device("HonorKnight", null));

    private static final Slots SENSORS = Slots.named("Temp");

    private WellKnownFields() {}

    /** A maker and a model; null where not known. */
    record Device(@Nullable String maker, @Nullable String model) {}

    /** What the device is: by its model, else by the chip of its boards. */
    static Device device(DeviceReplies replies) {
        String type = DeviceText.clean(replies.type());
        String named = first(replies, MODEL);
        String model = named == null ? type : named;
        Device byChip = byChip(replies.section(Command.STATS));
        return model == null && byChip != null ? byChip : new Device(Makers.of(model), Makers.modelName(model));
    }

    /** The device by the name of its chip, to which some firmwares add the board's number; null where not known. */
    static @Nullable Device byChip(Fields stats) {
        String name = stats.text("Name");
        String id = stats.text("ID");
        return name != null || id == null
                ? BY_CHIP.get(String.valueOf(name))
                : BY_CHIP.get(id.substring(0, Math.max(0, id.length() - 1)));
    }

    /** The hardware address; null where there is none. */
    static @Nullable String mac(DeviceReplies replies) {
        return SECTIONS.stream()
                .map(replies::section)
                .flatMap(section -> MAC.stream().map(section::rawText))
                .map(MacAddress::parse)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The fans of the statistics; each board repeats those of the device. */
    static Fans fans(Fields stats) {
        return Fans.of(Arrays.stream(FANS)
                .mapToDouble(key -> stats.has(key) ? stats.number(key) : Double.NaN)
                .toArray());
    }

    /** The mean of each board, or its sensors. */
    static Temperatures means(Fields stats) {
        return firstOf(stats, MEANS).or(() -> Temperatures.of(SENSORS.numbers(stats)));
    }

    /** The hottest of each board. */
    static Temperatures peaks(Fields stats) {
        return firstOf(stats, PEAKS);
    }

    /** Boards by their chips, of which those work that are alive. */
    static Boards boards(Fields stats, double boardsOfModel) {
        for (String key : CHIPS) {
            List<Fields> boards =
                    stats.each().stream().filter(board -> board.has(key)).toList();
            if (!boards.isEmpty()) {
                double[] chips = boards.stream()
                        .mapToDouble(board -> works(board) ? board.number(key) : 0)
                        .toArray();
                return Boards.of(chips, WhatsminerByCgminer.larger(chips.length, boardsOfModel));
            }
        }
        return Boards.of(new double[0], boardsOfModel);
    }

    private static boolean works(Fields board) {
        String status = board.text("Status");
        return (status == null || status.equalsIgnoreCase("Alive")) && !"N".equalsIgnoreCase(board.text("Enabled"));
    }

    /** The power of the supply, NaN where it does not say or says that it does not know. */
    static double watts(Fields stats) {
        String valid = stats.rawText("PSU Power Valid");
        return valid != null && !stats.flag("PSU Power Valid") ? Double.NaN : stats.number(WATTS);
    }

    private static Temperatures firstOf(Fields stats, List<String> keys) {
        return keys.stream()
                .map(key -> Temperatures.of(stats.numbers(key)))
                .filter(known -> !known.values().isEmpty())
                .findFirst()
                .orElse(Temperatures.of());
    }

    private static @Nullable String first(DeviceReplies replies, List<String> keys) {
        return SECTIONS.stream()
                .map(replies::section)
                .flatMap(section -> keys.stream().map(section::text))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
