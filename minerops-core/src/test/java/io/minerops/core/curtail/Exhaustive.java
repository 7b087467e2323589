package io.minerops.core.curtail;

import io.minerops.core.curtail.CurtailmentLimits.Commitment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** The best plan of few miners and intervals, by trying every one; written apart from the planner. */
final class Exhaustive {
    private final IntervalPrices prices;
    private final double usdPerThDay;
    private final List<MinerLoad> miners;
    private final CurtailmentLimits limits;
    private final double stepS;
    private double best = Double.POSITIVE_INFINITY;

    Exhaustive(IntervalPrices prices, double usdPerThDay, List<MinerLoad> miners, CurtailmentLimits limits) {
        this.prices = prices;
        this.usdPerThDay = usdPerThDay;
        this.miners = miners;
        this.limits = limits;
        stepS = prices.step().toSeconds();
    }

    /** What the best plan gains against running all the time, USD; empty where no plan keeps the limits. */
    OptionalDouble bestGainUsd() {
        int n = prices.size();
        List<List<boolean[]>> choices = new ArrayList<>();
        for (MinerLoad miner : miners) {
            List<boolean[]> of = new ArrayList<>();
            for (int bits = 0; bits < 1 << n; bits++) {
                boolean[] runs = new boolean[n];
                for (int i = 0; i < n; i++) {
                    runs[i] = (bits >> i & 1) == 1;
                }
                if (keepsTimes(miner, runs)) {
                    of.add(runs);
                }
            }
            choices.add(of);
        }
        tryAll(choices, new ArrayList<>());
        List<boolean[]> all = new ArrayList<>();
        miners.forEach(miner -> {
            boolean[] runs = new boolean[n];
            Arrays.fill(runs, true);
            all.add(runs);
        });
        return best == Double.POSITIVE_INFINITY ? OptionalDouble.empty() : OptionalDouble.of(cost(all) - best);
    }

    private void tryAll(List<List<boolean[]>> choices, List<boolean[]> chosen) {
        if (chosen.size() == choices.size()) {
            if (keepsLoad(chosen)) {
                best = Math.min(best, cost(chosen));
            }
            return;
        }
        for (boolean[] runs : choices.get(chosen.size())) {
            chosen.add(runs);
            tryAll(choices, chosen);
            chosen.remove(chosen.size() - 1);
        }
    }

    private boolean keepsTimes(MinerLoad miner, boolean[] runs) {
        boolean state = miner.running();
        double sinceS = Double.POSITIVE_INFINITY;
        for (boolean now : runs) {
            if (now != state) {
                double least = (state ? limits.minRun() : limits.minStop()).toSeconds();
                if (sinceS < least) {
                    return false;
                }
                state = now;
                sinceS = 0;
            }
            sinceS += stepS;
        }
        return true;
    }

    private double load(List<boolean[]> plan, int interval) {
        double kw = 0;
        for (int miner = 0; miner < plan.size(); miner++) {
            boolean runs = interval < 0 ? miners.get(miner).running() : plan.get(miner)[interval];
            kw += (runs ? miners.get(miner).powerW() : miners.get(miner).idleW()) / 1_000;
        }
        return kw;
    }

    private boolean keepsLoad(List<boolean[]> plan) {
        for (int i = 0; i < prices.size(); i++) {
            double kw = load(plan, i);
            Double ramp = limits.rampKw();
            if (ramp != null && Math.abs(kw - load(plan, i - 1)) > ramp + 1e-9) {
                return false;
            }
            for (Commitment kept : limits.commitments()) {
                boolean within = prices.begin(i).isBefore(kept.until())
                        && kept.from().isBefore(prices.begin(i).plus(prices.step()));
                if (within && (kw < kept.minKw() - 1e-9 || kw > kept.maxKw() + 1e-9)) {
                    return false;
                }
            }
        }
        return true;
    }

    private double cost(List<boolean[]> plan) {
        double usd = 0;
        double peak = limits.peakSoFarKw();
        for (int i = 0; i < prices.size(); i++) {
            usd += load(plan, i) * stepS / 3_600 * prices.usdPerKwh().get(i);
            peak = Math.max(peak, load(plan, i));
        }
        for (int miner = 0; miner < plan.size(); miner++) {
            usd -= hashedS(miners.get(miner).running(), plan.get(miner))
                    / 86_400
                    * usdPerThDay
                    * miners.get(miner).hashrateThs();
        }
        return usd + limits.demandUsdPerKw() * (peak - limits.peakSoFarKw());
    }

    /** The seconds in which a miner hashes: those in which it runs, without the restart after each start. */
    private double hashedS(boolean ran, boolean[] runs) {
        double hashed = 0;
        double sinceS = ran ? Double.POSITIVE_INFINITY : 0;
        for (boolean now : runs) {
            if (now) {
                hashed += stepS - Math.max(0, Math.min(stepS, limits.restart().toSeconds() - sinceS));
                sinceS += stepS;
            } else {
                sinceS = 0;
            }
        }
        return hashed;
    }
}
