package io.minerops.core.profit;

import io.minerops.api.internal.Check;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What of the work done is paid for.
 *
 * @param scheme how the pool pays
 * @param poolFeePct the pool's share, %, 0 to 100
 * @param rejectedPct the share of the work that the pool rejects or that comes too late, %, 0 to 100; null where it is measured
 *     from the counters of the miners
 * @param uptimePct the share of the time in which the miners run, %, above 0, at most 100
 */
public record PayoutTerms(
        PayoutScheme scheme, double poolFeePct, @Nullable Double rejectedPct, double uptimePct) {
    /** All work is paid for in full. */
    public static final PayoutTerms FULL = new PayoutTerms(PayoutScheme.FPPS, 0, 0.0, 100);

    public PayoutTerms {
        Objects.requireNonNull(scheme, "scheme");
        Check.between("pool_fee_pct", poolFeePct, 0, 100);
        if (rejectedPct != null) {
            Check.between("rejected_pct", rejectedPct, 0, 100);
        }
        Check.absentOrPositive("uptime_pct", uptimePct);
        Check.between("uptime_pct", uptimePct, 0, 100);
    }

    /** The same with another fee of the pool, %. */
    public PayoutTerms withPoolFeePct(double other) {
        return new PayoutTerms(scheme, other, rejectedPct, uptimePct);
    }
}
