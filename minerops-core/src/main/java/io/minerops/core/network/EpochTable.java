package io.minerops.core.network;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.profit.Epoch;
import io.minerops.api.profit.MarketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The epochs of the Bitcoin network that are known: difficulty by height and by time, and height by time, without any
 * request. Immutable; {@link #with} gives a table with one epoch more.
 *
 * <p>Heights and times between known blocks are interpolated, and continue at 600 s a block after the last one. Known
 * are the first blocks of the epochs and those of the past halvings; between them the error is below a day. Where the time
 * of an epoch is not known, it is calculated from the change of the difficulty, which follows from the time that the epoch
 * before took, to an hour or two: {@link Epoch#timeEstimated()}.
 */
public final class EpochTable {
    private static final Duration EPOCH_LENGTH = Duration.ofMinutes(10L * Epoch.BLOCKS);

    /** By number and by time, which is the same order. */
    private final List<Epoch> epochs;

    private final BlockTimes times;

    /**
     * A table of these epochs.
     *
     * @param epochs one or more, ascending by number and by time; numbers can be missing
     */
    EpochTable(List<Epoch> epochs) {
        this.epochs = List.copyOf(epochs);
        times = BlockTimes.of(this.epochs);
    }

    /** The epochs that the library contains: 0 to 473, from January 2009 to June 2026. */
    public static EpochTable shipped() {
        return Shipped.TABLE;
    }

    private static final class Shipped {
        static final EpochTable TABLE = EpochCodec.resource();
    }

    /**
     * A part of a period in which difficulty and subsidy stay the same.
     *
     * @param from its beginning
     * @param to its end, exclusive, after the beginning
     * @param height the height of the block on which the network works at the beginning, calculated
     * @param difficulty the difficulty; null where its epoch is not in the table
     */
    public record Stretch(
            Instant from, Instant to, long height, @Nullable Double difficulty) {
        /** The subsidy of each block, BTC. */
        public double subsidyBtc() {
            return Subsidy.atHeight(height);
        }
    }

    /** All epochs, ascending. */
    public List<Epoch> epochs() {
        return epochs;
    }

    /** The epoch of that number; empty where it is not in the table. */
    public Optional<Epoch> epoch(int number) {
        return epochs.stream().filter(epoch -> epoch.number() == number).findFirst();
    }

    /**
     * The epoch of a moment. Empty before the first block, where the epoch is not in the table, and when the last known
     * one has lasted two weeks, the time that an epoch takes on average: what followed is not known.
     */
    public Optional<Epoch> at(Instant moment) {
        int index = indexAt(moment);
        return index >= 0 && moment.isBefore(endOf(index)) ? Optional.of(epochs.get(index)) : Optional.empty();
    }

    /**
     * The height of the last block at a moment, interpolated.
     *
     * @throws InvalidArgumentException ({@code at}) if the moment is before the first block of the table
     */
    public long heightAt(Instant moment) {
        if (moment.isBefore(epochs.get(0).startedAt())) {
            throw new InvalidArgumentException(
                    "at",
                    "at must not be before the first block (" + epochs.get(0).startedAt() + "), not " + moment);
        }
        return times.heightAt(moment);
    }

    /**
     * The time of the block at a height, interpolated.
     *
     * @param height 0 to 2,147,483,647
     * @throws InvalidArgumentException ({@code height}) if it is out of that range
     */
    public Instant timeOf(long height) {
        return times.timeOf((long) Check.between("height", (double) height, 0, Integer.MAX_VALUE));
    }

    /**
     * A period, cut where the difficulty changes and where the subsidy halves.
     *
     * @param from its beginning, not before the first block
     * @param to its end, exclusive
     * @return ascending and without gaps; empty where the end is not after the beginning
     */
    public List<Stretch> stretches(Instant from, Instant to) {
        TreeSet<Instant> cuts = new TreeSet<>(List.of(from, to));
        for (int index = 0; index < epochs.size(); index++) {
            cuts.add(epochs.get(index).startedAt());
            cuts.add(endOf(index));
        }
        long halving = heightAt(from) / Subsidy.BLOCKS_PER_HALVING * Subsidy.BLOCKS_PER_HALVING;
        // from the block before on, the network works on the first block of the new subsidy
        while (from.isBefore(to) && (halving == 0 || timeOf(halving - 1).isBefore(to))) {
            cuts.add(timeOf(Math.max(0, halving - 1)));
            halving += Subsidy.BLOCKS_PER_HALVING;
        }
        List<Stretch> stretches = new ArrayList<>();
        for (Instant start = from; start.isBefore(to); ) {
            Instant end = cuts.higher(start);
            stretches.add(new Stretch(start, end, heightAt(start) + 1, difficultyAt(start)));
            start = end;
        }
        return List.copyOf(stretches);
    }

    /**
     * This table with an epoch that a source gave. A time that was calculated is replaced by a known one.
     *
     * @param source the source, for the message
     * @throws MarketException if the epoch contradicts one of the table, or is not possible beside its neighbours
     */
    public EpochTable with(Epoch epoch, String source) {
        Epoch known = epoch(epoch.number()).orElse(null);
        if (known != null) {
            EpochCheck.same(known, epoch, source);
            if (!known.timeEstimated() || epoch.timeEstimated()) {
                return this;
            }
        }
        List<Epoch> more = new ArrayList<>(epochs);
        more.removeIf(each -> each.number() == epoch.number());
        int index = 0;
        while (index < more.size() && more.get(index).number() < epoch.number()) {
            index++;
        }
        EpochCheck.follows(index == 0 ? null : more.get(index - 1), epoch, source);
        if (index < more.size()) {
            EpochCheck.follows(epoch, more.get(index), source);
        }
        more.add(index, epoch);
        return new EpochTable(more);
    }

    private @Nullable Double difficultyAt(Instant moment) {
        return at(moment).map(epoch -> CompactBits.difficulty(epoch.bits())).orElse(null);
    }

    /** The index of the last epoch that has started; -1 before the first. */
    private int indexAt(Instant moment) {
        int low = 0;
        int high = epochs.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (epochs.get(middle).startedAt().isAfter(moment)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low - 1;
    }

    private Instant endOf(int index) {
        Epoch epoch = epochs.get(index);
        boolean nextKnown = index + 1 < epochs.size() && epochs.get(index + 1).number() == epoch.number() + 1;
        return nextKnown ? epochs.get(index + 1).startedAt() : epoch.startedAt().plus(EPOCH_LENGTH);
    }
}
