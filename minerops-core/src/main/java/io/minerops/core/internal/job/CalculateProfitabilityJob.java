package io.minerops.core.internal.job;

import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.ProfitabilitySnapshot;
import io.minerops.core.job.Job;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reckons what the fleet and each active miner earns by the readings and the market of now, and stores it. */
public final class CalculateProfitabilityJob implements JobTask {
    private static final Logger log = LoggerFactory.getLogger(CalculateProfitabilityJob.class);

    private final Supplier<List<ProfitabilitySnapshot>> snapshot;

    /**
     * A job that calculates and stores in that way.
     *
     * @param snapshot calculates, stores, and returns what was stored, the fleet's first
     */
    public CalculateProfitabilityJob(Supplier<List<ProfitabilitySnapshot>> snapshot) {
        this.snapshot = snapshot;
    }

    @Override
    public String name() {
        return Job.CALCULATE_PROFITABILITY.key();
    }

    @Override
    public void run() {
        List<ProfitabilitySnapshot> stored = snapshot.get();
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
