package io.minerops.core.device.internal.normalise;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What follows from the other values of a device, where it does not report it itself. */
final class Derived {
    private Derived() {}

    static MetricSample complete(MetricSample sample) {
        MetricSample.Builder complete = sample.toBuilder().state(state(sample));
        List<HashBoard> boards = sample.boards();
        if (boards != null) {
            set(
                    complete,
                    sample,
                    Reading.BOARD_TEMP_C,
                    HashBoards.values(boards, BoardReading.BOARD_TEMP_C).max());
            set(
                    complete,
                    sample,
                    Reading.FREQUENCY_MHZ,
                    HashBoards.values(boards, BoardReading.FREQUENCY_MHZ).average());
            set(
                    complete,
                    sample,
                    Reading.VOLTAGE_V,
                    HashBoards.values(boards, BoardReading.VOLTAGE_V).average());
            complete.boards(withChips(sample, boards));
        }
        return complete.build();
    }

    private static void set(MetricSample.Builder complete, MetricSample sample, Reading reading, OptionalDouble value) {
        if (Double.isNaN(sample.value(reading)) && value.isPresent()) {
            complete.set(reading, value.getAsDouble());
        }
    }

    /** Boards of one device are alike: each should have its share of the chips that the device should have. */
    private static List<HashBoard> withChips(MetricSample sample, List<HashBoard> boards) {
        double expected = sample.value(Reading.CHIPS_EXPECTED) / sample.value(Reading.BOARDS_EXPECTED);
        boolean whole = expected > 0 && expected == Math.rint(expected);
        if (!whole
                || HashBoards.values(boards, BoardReading.CHIPS_EXPECTED)
                        .findAny()
                        .isPresent()) {
            return boards;
        }
        List<HashBoard> complete = new ArrayList<>(boards.size());
        boards.forEach(board -> complete.add(
                board.toBuilder().set(BoardReading.CHIPS_EXPECTED, expected).build()));
        return complete;
    }

    /** A device that hashes is mining; one that does not and reports a fault, or has lost its boards, has stopped by it. */
    private static WorkState state(MetricSample sample) {
        double rate = sample.value(Reading.HASHRATE_THS);
        if (sample.state() != WorkState.UNKNOWN || Double.isNaN(rate)) {
            return sample.state();
        } else if (rate > 0) {
            return WorkState.MINING;
        }
        List<DeviceFault> faults = sample.faults();
        boolean faulty = sample.value(Reading.BOARDS_ALIVE) == 0 || (faults != null && !faults.isEmpty());
        return faulty ? WorkState.FAULT : sample.value(Reading.POOLS_ALIVE) == 0 ? WorkState.IDLE : WorkState.UNKNOWN;
    }
}
