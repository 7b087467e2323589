package io.minerops.core.alert.type;

import io.minerops.api.miner.Fact;
import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a check knows beside the latest readings. What is not known leaves the rules that need it without a verdict.
 *
 * @param observedSince since when the fleet has been polled without a gap: a miner is not offline for a time in which
 *     no polls ran; null if there was none
 * @param recent what the miners said lately, over the rows of the snapshot's roster; null where that is not known
 * @param economics what hashrate earns and power costs; null where there is no price
 * @param notReadAt when miners were last not read because of this machine: for each of these, absence counts from then
 * @param facts what changed lately of what each miner reports of itself, see {@link CheckContext#facts}; a miner of which
 *     nothing changed is left out. Null where that is not known
 * @param work what accepted shares prove of the miners lately, over the rows of the snapshot's roster; null where that is not
 *     known
 */
public record EvaluationContext(
        @Nullable Instant observedSince,
        @Nullable RecentReadings recent,
        @Nullable Economics economics,
        Map<MinerAddress, Instant> notReadAt,
        @Nullable Map<MinerAddress, List<Fact>> facts,
        @Nullable RecentWork work) {
    public EvaluationContext {
        notReadAt = Map.copyOf(notReadAt);
    }

    /** Every miner was read at every poll. */
    public EvaluationContext(
            @Nullable Instant observedSince, @Nullable RecentReadings recent, @Nullable Economics economics) {
        this(observedSince, recent, economics, Map.of(), null, null);
    }

    /** The same with what changed lately of what each miner reports of itself. */
    public EvaluationContext withFacts(Map<MinerAddress, List<Fact>> changed) {
        return new EvaluationContext(observedSince, recent, economics, notReadAt, changed, work);
    }

    /** The same with what accepted shares prove lately. */
    public EvaluationContext withWork(@Nullable RecentWork proven) {
        return new EvaluationContext(observedSince, recent, economics, notReadAt, facts, proven);
    }

    /** Nothing is known, and the fleet has always been observed. */
    public static final EvaluationContext NONE = new EvaluationContext(null, null, null);

    /** Nothing is known but since when the fleet has been observed. */
    public static EvaluationContext observedSince(@Nullable Instant since) {
        return since == null ? NONE : new EvaluationContext(since, null, null);
    }
}
