package io.minerops.core.statement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where the difference between the nameplate and what was earned went. The lines add up to what was earned, exactly: it is
 * defined as their sum, and {@link #rounded} keeps that.
 *
 * @param lines one for each {@link Step}, in its order
 */
public record Waterfall(List<Line> lines) {
    private static final int SATOSHI_DECIMALS = 8;
    private static final int CENT_DECIMALS = 2;

    public Waterfall {
        lines = List.copyOf(lines);
    }

    /** What a line is about. */
    public enum Step {
        /**
         * What the nominal hashrates would have earned all the time, by difficulty and subsidy at the beginning, without
         * fees. The nominal hashrate is the one entered for the miner, else the one that the device expects; where neither
         * is known, its work stands for it, without losses.
         */
        NAMEPLATE,
        /** Lost while nothing is known: no polls ran, or the miner answered without a hashrate. */
        NO_DATA,
        /** Lost while the miner did not answer. */
        OFFLINE,
        /** Lost while the miner was paused or asleep. */
        STOPPED,
        /** Lost while the miner answered and did not hash: idle, starting, stopped by a fault. */
        DOWN,
        /** Lost by hashing at less than the nominal hashrate; above 0 where it was more. */
        LOW_RATE,
        /** Lost by shares that the pool rejected. */
        REJECTS,
        /** The change of the difficulty against the beginning. */
        DIFFICULTY,
        /** The change of the subsidy against the beginning, which is a halving. */
        SUBSIDY,
        /** Transaction fees, above 0. */
        FEES,
        /** The pool's share. */
        POOL_FEE;

        /** The name in lower case. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One line, not rounded.
     *
     * @param step what it is about
     * @param btc the amount, BTC; negative where it is lost
     * @param usd its worth by the price of each hour, USD; NaN where no price is known
     */
    public record Line(Step step, double btc, double usd) {}

    /**
     * One line, rounded to satoshi and cents.
     *
     * @param step what it is about
     * @param btc the amount, BTC, 8 decimals
     * @param usd its worth, USD, 2 decimals; null where no price is known
     */
    public record Rounded(
            Step step, BigDecimal btc, @Nullable BigDecimal usd) {}

    /** An amount of bitcoin, rounded to satoshi half-even. */
    public static BigDecimal btc(double amount) {
        return new BigDecimal(amount).setScale(SATOSHI_DECIMALS, RoundingMode.HALF_EVEN);
    }

    /** What was earned, BTC, 0 or more. */
    public double earnedBtc() {
        return sum(Line::btc).doubleValue();
    }

    /** What was earned by the price of each hour, USD, 0 or more; NaN where no price is known. */
    public double earnedUsd() {
        return hasUsd() ? sum(Line::usd).doubleValue() : Double.NaN;
    }

    private boolean hasUsd() {
        return lines.stream().noneMatch(line -> Double.isNaN(line.usd));
    }

    private BigDecimal sum(ToDoubleFunction<Line> amount) {
        return lines.stream()
                .map(line -> new BigDecimal(amount.applyAsDouble(line)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * The lines rounded half-even so that they add up to the rounded sum: each is the difference between two rounded sums,
     * and so at most one unit off its own rounding.
     */
    public List<Rounded> rounded() {
        List<BigDecimal> btc = rounded(Line::btc, SATOSHI_DECIMALS);
        List<BigDecimal> usd = hasUsd() ? rounded(Line::usd, CENT_DECIMALS) : null;
        List<Rounded> rounded = new ArrayList<>(lines.size());
        for (int line = 0; line < lines.size(); line++) {
            rounded.add(new Rounded(lines.get(line).step(), btc.get(line), usd == null ? null : usd.get(line)));
        }
        return rounded;
    }

    private List<BigDecimal> rounded(ToDoubleFunction<Line> amount, int decimals) {
        List<BigDecimal> rounded = new ArrayList<>(lines.size());
        BigDecimal exact = BigDecimal.ZERO;
        BigDecimal before = BigDecimal.ZERO.setScale(decimals);
        for (Line line : lines) {
            exact = exact.add(new BigDecimal(amount.applyAsDouble(line)));
            BigDecimal after = exact.setScale(decimals, RoundingMode.HALF_EVEN);
            rounded.add(after.subtract(before));
            before = after;
        }
        return rounded;
    }
}
