package io.minerops.core.alert.internal;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.Limits;
import io.minerops.core.alert.type.Verdict;
import java.util.List;
import java.util.Map;

/**
 * Which boards of a miner are weaker than a rule allows, where the miner reports them one by one. A rate is held against
 * what the device expects of the board, else against the mean of the others, and while the miner hashes only.
 *
 * @param minRatePct the lowest rate, %; NaN for no limit
 * @param maxDeadChips how many chips of a board may not work; NaN for no limit
 */
record WeakBoards(double minRatePct, double maxDeadChips) {
    Verdict judge(FleetSnapshot snapshot, int row) {
        List<HashBoard> boards = snapshot.boards(row);
        if (boards == null || (Double.isNaN(minRatePct) && Double.isNaN(maxDeadChips))) {
            return Verdict.UNKNOWN;
        }
        boolean hashes = snapshot.value(Reading.HASHRATE_THS, row) > 0;
        Verdict worst = Verdict.CLEAR;
        for (int i = 0; i < boards.size(); i++) {
            double rate = hashes ? ratePct(boards, i) : Double.NaN;
            if (rate < minRatePct || deadChips(boards.get(i)) > maxDeadChips) {
                return Verdict.VIOLATED;
            } else if (rate < Math.min(100, Limits.above(minRatePct))) {
                worst = Verdict.BETWEEN;
            }
        }
        return worst;
    }

    /** Adds the boards without a working chip, and the weak ones. */
    void describe(FleetSnapshot snapshot, int row, StringBuilder message, Map<String, Double> details) {
        List<HashBoard> boards = snapshot.boards(row);
        if (boards == null) {
            return;
        }
        boolean hashes = snapshot.value(Reading.HASHRATE_THS, row) > 0;
        for (int i = 0; i < boards.size(); i++) {
            HashBoard board = boards.get(i);
            double rate = hashes ? ratePct(boards, i) : Double.NaN;
            double dead = deadChips(board);
            String found = board.value(BoardReading.CHIPS_ALIVE) == 0
                    ? "no working chip"
                    : dead > maxDeadChips
                            ? Limits.number(dead) + " dead chips"
                            : rate < minRatePct ? Limits.number(rate) + " % of its rate" : null;
            if (found != null) {
                message.append("; board ").append(named(board)).append(": ").append(found);
                details.putIfAbsent("board_slot", (double) board.slot());
            }
        }
    }

    private static String named(HashBoard board) {
        String serial = board.serial();
        return board.slot() + (serial == null ? "" : " (" + serial + ")");
    }

    private static double deadChips(HashBoard board) {
        return board.value(BoardReading.CHIPS_EXPECTED) - board.value(BoardReading.CHIPS_ALIVE);
    }

    private static double ratePct(List<HashBoard> boards, int index) {
        double rate = boards.get(index).value(BoardReading.RATE_THS);
        double expected = boards.get(index).value(BoardReading.EXPECTED_THS);
        return 100 * rate / (expected > 0 ? expected : meanOfOthers(boards, index));
    }

    private static double meanOfOthers(List<HashBoard> boards, int self) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < boards.size(); i++) {
            double rate = boards.get(i).value(BoardReading.RATE_THS);
            if (i != self && !Double.isNaN(rate)) {
                sum += rate;
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }
}
