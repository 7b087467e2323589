package io.minerops.core.device.internal.normalise;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.HashBoard;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Collects what a device reports of its hash boards one by one. What is implausible is absent. Not thread-safe. */
public final class HashBoards {
    private final Map<Integer, Slot> slots = new TreeMap<>();

    /** The board in one slot. */
    public static final class Slot {
        private final HashBoard.Builder board;

        private Slot(int slot) {
            board = HashBoard.builder(slot);
        }

        /** Sets the serial number; what firmwares have instead of one is left out. */
        public Slot serial(@Nullable String sent) {
            board.serial(SerialNumber.parse(sent));
            return this;
        }

        /** Sets a reading in its unit. */
        public Slot set(BoardReading reading, double value) {
            board.set(reading, value);
            return this;
        }

        /** Sets what 0 means nothing of: sensors, frequencies, voltages, expectations. */
        public Slot positive(BoardReading reading, double value) {
            return set(reading, value > 0 ? value : Double.NaN);
        }

        /** Sets the hottest of some sensors, °C; one at 0 is none. */
        public Slot hottest(BoardReading reading, double... sensors) {
            return set(
                    reading,
                    Arrays.stream(sensors)
                            .filter(celsius -> celsius != 0 && reading.isPlausible(celsius))
                            .max()
                            .orElse(Double.NaN));
        }
    }

    /** The slot of that number; one that nothing is set of is no board, and neither is one with an implausible number. */
    public Slot at(double slot) {
        boolean plausible = slot >= 0 && slot <= HashBoard.MAX_SLOT;
        return plausible ? slots.computeIfAbsent((int) slot, Slot::new) : new Slot(0);
    }

    List<HashBoard> list() {
        return slots.values().stream()
                .map(slot -> slot.board)
                .filter(board -> !board.isEmpty())
                .map(HashBoard.Builder::build)
                .toList();
    }

    /** A reading of each board that has it. */
    static DoubleStream values(List<HashBoard> boards, BoardReading reading) {
        return boards.stream().mapToDouble(board -> board.value(reading)).filter(value -> !Double.isNaN(value));
    }
}
