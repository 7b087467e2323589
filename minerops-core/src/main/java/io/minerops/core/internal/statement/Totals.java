package io.minerops.core.internal.statement;

import io.minerops.core.statement.Statement;
import io.minerops.core.statement.Waterfall;
import io.minerops.core.work.Uptime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a statement of summed figures. */
final class Totals {
    private Totals() {}

    static Statement statement(@Nullable String name, int miners, Instant from, Instant until, double[] of) {
        return new Statement(
                name,
                miners,
                from,
                until,
                new Uptime(
                        of[Figure.MINING_S],
                        of[Figure.STOPPED_S],
                        of[Figure.DOWN_S],
                        of[Figure.OFFLINE_S],
                        of[Figure.UNKNOWN_S],
                        of[Figure.UNOBSERVED_S],
                        of[Figure.TOTAL_S]),
                of[Figure.KWH],
                cost(of),
                of[Figure.WORK_TH],
                new Statement.Proven(
                        of[Figure.PROVEN_S],
                        of[Figure.PROVEN_TH],
                        of[Figure.PROVEN_BTC],
                        Math.sqrt(of[Figure.PROVEN_VARIANCE])),
                waterfall(of),
                estimates(of));
    }

    /** Not known where all of the energy has no tariff, or where the miners answered and none of them has a power. */
    private static double cost(double[] of) {
        boolean priced = of[Figure.KWH] > of[Figure.NO_TARIFF_KWH];
        boolean none = of[Figure.KWH] == 0 && of[Figure.NO_POWER_S] == 0;
        return priced || none ? of[Figure.COST_USD] : Double.NaN;
    }

    private static Waterfall waterfall(double[] of) {
        boolean priced = of[Figure.PRICED_HOURS] > 0 || of[Figure.WORK_TH] == 0;
        List<Waterfall.Line> lines = new ArrayList<>(Figure.STEPS.size());
        for (int step = 0; step < Figure.STEPS.size(); step++) {
            lines.add(new Waterfall.Line(
                    Figure.STEPS.get(step),
                    of[Figure.STEP_BTC + step],
                    priced ? of[Figure.STEP_USD + step] : Double.NaN));
        }
        return new Waterfall(lines);
    }

    private static Statement.Estimates estimates(double[] of) {
        double answered = of[Figure.MINING_S] + of[Figure.STOPPED_S] + of[Figure.DOWN_S] + of[Figure.UNKNOWN_S];
        double btc = 0;
        double usd = 0;
        for (int step = 0; step < Figure.STEPS.size(); step++) {
            btc += of[Figure.STEP_BTC + step];
            usd += of[Figure.STEP_USD + step];
        }
        return new Statement.Estimates(
                share(of[Figure.UNOBSERVED_S] + of[Figure.UNKNOWN_S], of[Figure.TOTAL_S]),
                share(of[Figure.ESTIMATED_KWH], of[Figure.KWH]),
                share(of[Figure.NO_POWER_S], answered),
                share(of[Figure.NO_TARIFF_KWH], of[Figure.KWH]),
                share(of[Figure.ASSUMED_PRICE_USD], usd),
                share(of[Figure.NO_PRICE_BTC], btc),
                share(of[Figure.ASSUMED_DIFFICULTY_TH], of[Figure.WORK_TH]),
                share(of[Figure.NO_DIFFICULTY_TH], of[Figure.WORK_TH]),
                share(of[Figure.ASSUMED_FEES_TH], of[Figure.WORK_TH]),
                share(of[Figure.NO_NOMINAL_S], of[Figure.TOTAL_S]),
                share(of[Figure.NO_SHARES_TH], of[Figure.WORK_TH]));
    }

    private static double share(double part, double whole) {
        return whole > 0 ? Math.max(0, Math.min(1, part / whole)) : 0;
    }
}
