package io.minerops.core.internal.cost;

import io.minerops.api.store.Store;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.job.AlertListener;
import io.minerops.core.job.AlertReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Brings the costs of open alerts up to date after a check: once a minute, at once where alerts ended, and so rarely that it
 * takes no more than a twentieth of the time. It runs on the thread of the check, under the same lease.
 */
public final class AlertCosts implements AlertListener {
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final int REST = 20;

    private final CostLedger ledger;
    private final LongSupplier nanos;
    private Instant next = Instant.MIN;
    private boolean failed;

    /**
     * Costs that are not up to date yet.
     *
     * @param economics from a moment on, what hashrate earned and power cost in each hour
     * @param hold how long a sample holds, as for a miner that is online
     * @param nanos measures how long an update takes
     */
    public AlertCosts(
            Store store,
            Function<Instant, Function<Instant, Optional<Economics>>> economics,
            Duration hold,
            LongSupplier nanos) {
        ledger = new CostLedger(store, economics, hold);
        this.nanos = nanos;
    }

    @Override
    public void checked(AlertReport report) {
        if (report.at().isBefore(next) && (failed || report.resolved().isEmpty())) {
            return;
        }
        long began = nanos.getAsLong();
        failed = true;
        try {
            ledger.update(report.at());
            failed = false;
        } finally {
            Duration rest = Duration.ofNanos(nanos.getAsLong() - began).multipliedBy(REST);
            next = report.at().plus(rest.compareTo(INTERVAL) > 0 ? rest : INTERVAL);
        }
    }
}
