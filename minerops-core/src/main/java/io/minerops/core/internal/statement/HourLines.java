package io.minerops.core.internal.statement;

import io.minerops.core.alert.type.Economics;
import io.minerops.core.work.Uptime;
import org.jspecify.annotations.Nullable;

/** Puts the work of a miner in an hour into the lines of the waterfall. */
final class HourLines {
    private final double[] btc = new double[Figure.STEPS.size()];
    private Economics.@Nullable Basis start;

    /** The market at the beginning, by which nameplates are valued; the first one that is known. */
    void begin(Economics.@Nullable Basis market) {
        start = start == null ? market : start;
    }

    /**
     * The lines in BTC, in the order of the steps; valid until the next call.
     *
     * @param nominalThs nominal hashrate, TH/s; NaN where it is not known
     * @param workTh claimed work, TH
     * @param rejected the share of it that the pool rejected, 0 to 1
     * @param market the market of the hour
     */
    double[] of(Uptime time, double nominalThs, double workTh, double rejected, Economics.Basis market) {
        Economics.Basis first = start == null ? market : start;
        double perTh = first.blocksPerTh() * first.subsidyBtc();
        boolean known = !Double.isNaN(nominalThs);
        double lost = known ? -nominalThs * perTh : 0;
        double accepted = workTh - workTh * rejected;
        double blocks = accepted * market.blocksPerTh();
        double reward = blocks * (market.subsidyBtc() + market.feesBtcPerBlock());
        int line = 0;
        btc[line++] = known ? nominalThs * time.totalS() * perTh : workTh * perTh;
        btc[line++] = lost * (time.unobservedS() + time.unknownS());
        btc[line++] = lost * time.offlineS();
        btc[line++] = lost * time.stoppedS();
        btc[line++] = lost * time.downS();
        btc[line++] = known ? (workTh - nominalThs * time.miningS()) * perTh : 0;
        btc[line++] = -workTh * rejected * perTh;
        btc[line++] = accepted * (market.blocksPerTh() - first.blocksPerTh()) * first.subsidyBtc();
        btc[line++] = blocks * (market.subsidyBtc() - first.subsidyBtc());
        btc[line++] = blocks * market.feesBtcPerBlock();
        btc[line] = -reward * (market.poolFeePct() / 100);
        return btc;
    }
}
