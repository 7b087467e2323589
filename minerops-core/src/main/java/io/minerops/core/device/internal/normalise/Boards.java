package io.minerops.core.device.internal.normalise;

import io.minerops.core.device.reply.Fields;
import java.util.Arrays;

/**
 * The hash boards of one device, each by how many of its chips work. Boards of one device are alike, so each should have
 * as many chips as the best of them; how many boards there should be is known of the model. A device without any may be
 * asleep: then nothing is known of its boards, unless the device itself says that it has lost them all.
 *
 * @param alive boards with a chip that works; NaN where the device does not say
 * @param expected boards that it should have; NaN where that is not known
 * @param chipsAlive chips that work; NaN where the device does not say
 * @param chipsExpected chips that it should have; NaN where that is not known
 */
public record Boards(double alive, double expected, double chipsAlive, double chipsExpected) {
    private static final Boards UNKNOWN = new Boards(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    private static final Slots CHIPS = Slots.named("chain_acn");
    /** The mode of a sleeping Antminer. */
    public static final double ASLEEP = 254;
    /** No board that is known has more. */
    private static final double MAX_CHIPS = 2_000;

    /**
     * Of an Antminer's statistics, which list the chips of each board slot. One that detects no board
     * and is not asleep has lost them all.
     *
     * @param atRest whether it hashes nothing
     */
    public static Boards ofAntminer(Fields stats, double boardsOfModel, boolean atRest) {
        double[] chips = CHIPS.numbers(stats);
        double detected = stats.number("miner_count");
        boolean more = detected > 0 && detected <= Slots.MOST && !(detected <= boardsOfModel);
        boolean asleep = stats.number("Mode") == ASLEEP;
        return of(chips, more ? detected : boardsOfModel).orLost(detected == 0 && atRest && !asleep, boardsOfModel);
    }

    /**
     * Of the chips of each board.
     *
     * @param chips NaN or 0 for a board that has none
     * @param boardsOfModel how many boards the device should have; NaN where that is not known
     */
    public static Boards of(double[] chips, double boardsOfModel) {
        double[] working = Arrays.stream(chips)
                .filter(count -> count > 0 && count <= MAX_CHIPS)
                .toArray();
        if (working.length == 0) {
            return UNKNOWN;
        }
        double expected = working.length > boardsOfModel ? working.length : boardsOfModel;
        double best = Arrays.stream(working).max().orElse(Double.NaN);
        return new Boards(working.length, expected, Arrays.stream(working).sum(), expected * best);
    }

    /** These; where nothing is known of them and the device has lost them all, none. */
    public Boards orLost(boolean all, double boardsOfModel) {
        return all && Double.isNaN(alive) ? new Boards(0, boardsOfModel, 0, Double.NaN) : this;
    }
}
