package io.minerops.core.internal.statement;

import io.minerops.core.statement.Waterfall;
import java.util.List;

/** The columns of {@link Amounts}: what is summed up of each miner. */
final class Figure {
    static final List<Waterfall.Step> STEPS = List.of(Waterfall.Step.values());

    static final int TOTAL_S = 0;
    static final int MINING_S = 1;
    static final int STOPPED_S = 2;
    static final int DOWN_S = 3;
    static final int OFFLINE_S = 4;
    static final int UNKNOWN_S = 5;
    static final int UNOBSERVED_S = 6;
    static final int KWH = 7;
    static final int COST_USD = 8;
    static final int WORK_TH = 9;
    static final int PROVEN_S = 10;
    static final int PROVEN_TH = 11;
    static final int PROVEN_BTC = 12;
    static final int PROVEN_VARIANCE = 13;
    static final int ESTIMATED_KWH = 14;
    static final int NO_POWER_S = 15;
    static final int NO_TARIFF_KWH = 16;
    static final int ASSUMED_PRICE_USD = 17;
    static final int NO_PRICE_BTC = 18;
    static final int ASSUMED_DIFFICULTY_TH = 19;
    static final int NO_DIFFICULTY_TH = 20;
    static final int ASSUMED_FEES_TH = 21;
    static final int NO_NOMINAL_S = 22;
    static final int NO_SHARES_TH = 23;

    /** Whether any hour had a price. */
    static final int PRICED_HOURS = 24;

    /** The first of the steps of the waterfall in BTC, in their order. */
    static final int STEP_BTC = 25;

    /** The first of the same in USD. */
    static final int STEP_USD = STEP_BTC + 11;

    static final int COUNT = STEP_USD + 11;

    private Figure() {}
}
