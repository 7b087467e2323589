package io.minerops.core.device.internal.vendor.antminer;

import io.minerops.api.miner.BoardReading;
import io.minerops.core.device.internal.model.AntminerModel;
import io.minerops.core.device.internal.normalise.HashBoards;
import io.minerops.core.device.internal.normalise.Hashrate;
import io.minerops.core.device.internal.normalise.Slots;
import io.minerops.core.device.internal.normalise.Temperatures;
import io.minerops.core.device.reply.Fields;
import org.jspecify.annotations.Nullable;

/** The hash boards of a device with Antminer fields, which number their slots from 1 on. */
final class AntminerHashBoards {
    private static final double MILLIVOLTS = 1e3;
    /** No board has as many volts, so that it is mV. */
    private static final double MAX_VOLTS = 100;

    private AntminerHashBoards() {}

    /**
     * Of the statistics. A slot without chips, rate and serial number is empty, unless the model has a board there and the
     * slots are those of the model.
     */
    static HashBoards of(Fields stats, @Nullable AntminerModel model) {
        HashBoards boards = new HashBoards();
        boolean water = model != null && model.liquidCooled();
        int highest = 0;
        for (int slot = 1; slot <= Slots.MOST; slot++) {
            if (stats.number("chain_acn" + slot) > 0
                    || rate(stats, slot) > 0
                    || stats.text("chain_sn" + slot) != null) {
                highest = slot;
                add(boards.at(slot), stats, slot, water);
            }
        }
        if (model != null && highest > 0 && highest <= model.boards()) {
            for (int slot = 1; slot <= model.boards(); slot++) {
                add(boards.at(slot), stats, slot, water);
            }
        }
        return boards;
    }

    private static double rate(Fields stats, int slot) {
        return stats.number("chain_rate" + slot) * Hashrate.thsPerUnit(stats.rawText("rate_unit"));
    }

    private static void add(HashBoards.Slot board, Fields stats, int slot, boolean water) {
        double volts = stats.number("chain_vol" + slot);
        board.serial(stats.rawText("chain_sn" + slot))
                .set(BoardReading.CHIPS_ALIVE, stats.number("chain_acn" + slot))
                .set(BoardReading.RATE_THS, rate(stats, slot))
                .positive(
                        BoardReading.EXPECTED_THS,
                        stats.number("chain_rateideal" + slot) * Hashrate.thsPerUnit(stats.rawText("rate_unit")))
                .positive(BoardReading.FREQUENCY_MHZ, stats.number("freq_avg" + slot, "freq" + slot))
                .positive(BoardReading.VOLTAGE_V, volts > MAX_VOLTS ? volts / MILLIVOLTS : volts)
                .set(BoardReading.HW_ERRORS, stats.number("chain_hw" + slot));
        if (!water) {
            board.hottest(BoardReading.BOARD_TEMP_C, stats.number("temp" + slot))
                    .hottest(BoardReading.CHIP_TEMP_C, stats.number("temp2_" + slot), stats.number("temp3_" + slot));
            sensors(board, BoardReading.BOARD_TEMP_C, stats.rawText("temp_pcb" + slot));
            sensors(board, BoardReading.CHIP_TEMP_C, stats.rawText("temp_chip" + slot));
        }
    }

    private static void sensors(HashBoards.Slot board, BoardReading reading, @Nullable String list) {
        double[] celsius = list == null
                ? new double[0]
                : Temperatures.split(list).stream()
                        .mapToDouble(Double::doubleValue)
                        .filter(value -> value != 0)
                        .toArray();
        if (celsius.length > 0) {
            board.hottest(reading, celsius);
        }
    }
}
