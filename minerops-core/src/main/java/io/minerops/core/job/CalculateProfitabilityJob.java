package io.minerops.core.job;

import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.ProfitabilitySnapshot;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reckons what the fleet and each active miner earns by the readings and the market of now, and stores it. */
public final class CalculateProfitabilityJob implements Job {
    /** The job's name. */
    public static final String NAME = "calculate-profitability";

    private static final Logger log = LoggerFactory.getLogger(CalculateProfitabilityJob.class);

    private final ProfitabilityService profitability;

    /** A job over that service. */
    public CalculateProfitabilityJob(ProfitabilityService profitability) {
        this.profitability = profitability;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run() {
        List<ProfitabilitySnapshot> stored = profitability.snapshotNow(null);
        log.debug(
                "calculated the profitability of {} miners: {} USD a day",
                stored.get(0).minerCount(),
                stored.get(0).profitability().dailyProfitUsd());
    }

    /** A price or difficulty that cannot be fetched stops this job alone: the miners are watched without it. */
    @Override
    public boolean isOwnFault(Throwable failure) {
        return !(failure instanceof MarketException);
    }
}
