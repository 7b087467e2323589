package io.minerops.core.alert;

import io.minerops.api.alert.AlertState;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MinerIndex;
import io.minerops.core.alert.type.EvaluationContext;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates one check after another as {@link AlertEngine} does, and keeps what does not change between them: which
 * rows a rule covers, until the rules or the registry change, and the memory that a check works in. What it keeps never
 * changes what it finds. A check in which nothing happens allocates nothing.
 *
 * <p>Not thread-safe.
 */
public final class AlertEvaluator {
    private final @Nullable LongSupplier ticker;
    private final @Nullable AlertEvaluator learner;
    private @Nullable FleetCheck check;
    private boolean concluded;

    /** An evaluator that takes no times. */
    public AlertEvaluator() {
        this(null);
    }

    /**
     * An evaluator that takes the time of each rule.
     *
     * @param ticker ns since any moment, such as {@code System::nanoTime}; null to take no times
     */
    public AlertEvaluator(@Nullable LongSupplier ticker) {
        this(ticker, null);
    }

    private AlertEvaluator(@Nullable LongSupplier ticker, @Nullable AlertEvaluator learner) {
        this.ticker = ticker;
        this.learner = learner;
    }

    /**
     * An evaluator that learns no baselines: it is given those that another has learned, of the same roster. What follows
     * from these is calculated once for all that follow the same one.
     */
    public static AlertEvaluator following(AlertEvaluator learner) {
        return new AlertEvaluator(null, learner);
    }

    /**
     * Evaluates every rule on every miner; the arguments are those of {@link AlertEngine#evaluate(RuleSet,
     * FleetSnapshot, AlertState, Instant, EvaluationContext)}.
     *
     * @return the changes; empty where there is nothing to store but the time of the check
     */
    public Optional<Evaluation> evaluate(
            RuleSet rules, FleetSnapshot snapshot, AlertState state, Instant now, EvaluationContext around) {
        Instant last = state.checkedAt();
        concluded = false;
        if (last != null && now.isBefore(last)) {
            return Optional.of(SteppedBack.evaluate(state, last, now));
        }
        FleetCheck current = check;
        if (current == null || !current.isFor(rules, snapshot.roster())) {
            current = new FleetCheck(rules, snapshot.roster(), ticker, learned(snapshot.roster()));
            check = current;
        }
        // the state is kept in ms, so a time between two of them would not compare with itself after it was stored
        Instant moment =
                now.get(ChronoField.NANO_OF_SECOND) % 1_000_000 == 0 ? now : now.truncatedTo(ChronoUnit.MILLIS);
        concluded = true;
        return current.run(snapshot, state, moment, around);
    }

    /** The baselines of the evaluator that this one follows; null where it learns its own. */
    private @Nullable HashrateBaselines learned(MinerIndex roster) {
        if (learner == null) {
            return null;
        }
        FleetCheck first = learner.check;
        return first != null && first.roster() == roster ? first.baselines() : new HashrateBaselines();
    }

    /**
     * What the last evaluation saw of each rule, in the order of evaluation; empty before the first, and where it
     * concluded nothing because the clock had stepped back.
     */
    public List<RuleStatistics> statistics() {
        FleetCheck last = check;
        return last == null || !concluded ? List.of() : last.statistics();
    }
}
