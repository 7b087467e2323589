package io.minerops.core.service;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.store.HistorySource;
import io.minerops.api.store.RollupQuery;
import io.minerops.api.store.Store;
import io.minerops.core.internal.statement.StatementCalculator;
import io.minerops.core.internal.statement.Terms;
import io.minerops.core.statement.StatementReport;
import io.minerops.core.statement.StatementRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Statements: what miners used, worked and earned over a day, a week, a month or a year. Thread-safe.
 *
 * <pre>{@code
 * StatementPeriod october = StatementPeriod.parse(StatementPeriod.Kind.MONTH, "2026-10", ZoneId.of("America/Chicago"));
 * StatementReport report = ops.statements().statement(new StatementRequest(october, StatementRequest.By.TAG, null));
 * System.out.println(report.total().money().profitUsd());
 * }</pre>
 *
 * <p>They are integrated over the stored roll-ups of each hour, with the tariff, difficulty, subsidy and price of it. What
 * of that is estimated or not known is in {@link io.minerops.core.statement.Statement#estimates}.
 */
public final class StatementService {
    private final Store store;
    private final ProfitabilityService profitability;
    private final InstantSource clock;

    /** A service over this store; {@link io.minerops.core.MinerOps#statements()} has one. */
    public StatementService(Store store, ProfitabilityService profitability, InstantSource clock) {
        this.store = store;
        this.profitability = profitability;
        this.clock = clock;
    }

    /**
     * The statement of a period; of one that is not over, up to the last full hour.
     *
     * @throws InvalidArgumentException ({@code of}) if no hour of the period is over, ({@code name}) if no miner of the
     *     period is in the group of that name
     * @throws io.minerops.api.StoreException if the store fails
     */
    public StatementReport statement(StatementRequest request) {
        Instant from = request.period().from();
        Instant now = clock.instant().truncatedTo(ChronoUnit.HOURS);
        Instant until =
                request.period().until().isBefore(now) ? request.period().until() : now;
        if (!from.isBefore(until)) {
            throw new InvalidArgumentException(
                    "of",
                    "of must be a " + request.period().kind().key() + " of which an hour is over, not "
                            + request.period().name() + " at " + now);
        }
        MinerIndex roster = store.metrics().latest().roster();
        PastEconomics past = profitability.past(from);
        StatementCalculator calculator = new StatementCalculator(
                roster, request, until, hour -> new Terms(past.market(hour).orElse(null), past.power(hour)));
        store.metrics().rollupColumns(new RollupQuery(null, HistorySource.HOURLY, from, until), rollups -> {
            calculator.add(rollups);
            return true;
        });
        StatementReport report = calculator.finish();
        if (request.name() != null && report.total().miners() == 0) {
            throw new InvalidArgumentException(
                    "name",
                    "name must be that of a group with miners in "
                            + request.period().name() + ", not " + Check.quote(request.name()));
        }
        return report;
    }
}
