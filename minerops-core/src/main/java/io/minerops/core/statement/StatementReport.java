package io.minerops.core.statement;

import java.time.Instant;
import java.util.List;

/**
 * The statement of a period.
 *
 * @param request what was wanted
 * @param until up to when it is: the end of the period, or the last full hour where the period is not over
 * @param total of all miners that were wanted
 * @param groups by the groups of the request, ascending by name, those in no group last; of its miners where the request
 *     names one group; empty for the fleet alone
 * @param parts the total by hour, day or month, ascending; those that have begun. They add up to the total
 */
public record StatementReport(
        StatementRequest request, Instant until, Statement total, List<Statement> groups, List<Statement> parts) {
    public StatementReport {
        groups = List.copyOf(groups);
        parts = List.copyOf(parts);
    }

    /** Whether the period is over. */
    public boolean complete() {
        return !until.isBefore(request.period().until());
    }
}
