package io.minerops.core.device.internal.vendor.antminer;

import io.minerops.core.device.internal.model.AntminerModel;
import io.minerops.core.device.internal.model.AntminerModel.Cooling;
import io.minerops.core.device.internal.normalise.Coolant;
import io.minerops.core.device.internal.normalise.Slots;
import io.minerops.core.device.internal.normalise.Temperatures;
import io.minerops.core.device.reply.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The temperature sensors of an Antminer with Bitmain's firmware or one that keeps its fields. Each board has up to three
 * lists of four sensors. With water, which of them is in the water depends on the model.
 *
 * @param temperatures those of the chips, of the boards where no chip has any
 * @param coolant those of the water; none where the device has none, or where nothing says which they are
 */
record AntminerSensors(Temperatures temperatures, Coolant coolant) {
    private static final Slots CHIP = Slots.named("temp_chip");
    private static final Slots PCB = Slots.named("temp_pcb");
    private static final Slots PIC = Slots.named("temp_pic");
    private static final int PER_BOARD = 4;

    /** Water in and out come first under {@code temp_chip}, and the boards' sensors are under {@code temp_pic}. */
    private static final Set<String> WATER_UNDER_CHIP = Set.of(
            "Antminer S19 Hyd",
            "Antminer S19 Pro Hyd",
            "Antminer S19 Pro+ Hyd",
            "Antminer S19 XP Hyd",
            "Antminer S19 XP+ Hyd",
            "Antminer T19 Hyd");

    /**
     * Water in and out are first and third under {@code temp_pcb}; chips are under {@code temp_chip}, and where there are
     * none, one comes first under {@code temp_pic}.
     */
    private static final Set<String> WATER_UNDER_PCB = Set.of("Antminer S21+ Hyd", "Antminer S21 XP Hyd");

    /** Of the statistics of a device of that model; null where the model is not known. */
    static AntminerSensors of(Fields stats, @Nullable AntminerModel model) {
        if (model == null || model.cooling() != Cooling.WATER) {
            return inAir(stats);
        }
        boolean byChip = WATER_UNDER_CHIP.contains(model.name());
        boolean byPcb = WATER_UNDER_PCB.contains(model.name());
        if (!byPcb && beginsWithWater(lists(stats, CHIP))) {
            return waterUnderChip(stats);
        }
        return !byChip && all(lists(stats, PCB)).length > 0 ? waterUnderPcb(stats) : inAir(stats);
    }

    private static AntminerSensors inAir(Fields stats) {
        return new AntminerSensors(Temperatures.ofAntminer(stats), Coolant.UNKNOWN);
    }

    /** Whether each board that says anything has two sensors and then none: a chip's would fill all four. */
    private static boolean beginsWithWater(List<double[]> boards) {
        return !boards.isEmpty()
                && boards.stream()
                        .allMatch(
                                board -> board[0] != 0 && board[1] != 0 && board[2] == 0 && board[PER_BOARD - 1] == 0);
    }

    private static AntminerSensors waterUnderChip(Fields stats) {
        List<double[]> water = lists(stats, CHIP);
        return new AntminerSensors(
                Temperatures.of(all(lists(stats, PIC))).or(() -> Temperatures.of(all(lists(stats, PCB)))),
                Coolant.of(nth(water, 0), nth(water, 1)));
    }

    private static AntminerSensors waterUnderPcb(Fields stats) {
        List<double[]> pcb = lists(stats, PCB);
        return new AntminerSensors(
                Temperatures.of(all(lists(stats, CHIP)))
                        .or(() -> Temperatures.of(nth(lists(stats, PIC), 0)))
                        .or(() -> Temperatures.of(concat(nth(pcb, 1), nth(pcb, PER_BOARD - 1)))),
                Coolant.of(nth(pcb, 0), nth(pcb, 2)));
    }

    /** The lists of those boards that have four sensors, of which at least one says something. */
    private static List<double[]> lists(Fields stats, Slots boards) {
        return boards.rawTexts(stats).stream()
                .map(text -> Temperatures.split(text).stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray())
                .filter(sensors -> sensors.length == PER_BOARD)
                .filter(sensors -> Arrays.stream(sensors).anyMatch(celsius -> celsius != 0))
                .toList();
    }

    private static double[] nth(List<double[]> boards, int sensor) {
        return boards.stream().mapToDouble(board -> board[sensor]).toArray();
    }

    private static double[] all(List<double[]> boards) {
        return boards.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[] concat(double[] first, double[] second) {
        return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }
}
