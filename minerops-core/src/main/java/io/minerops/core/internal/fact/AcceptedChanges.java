package io.minerops.core.internal.fact;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.Store;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.alert.internal.ChangedRule;
import io.minerops.core.alert.type.RuleTypeDefinition;
import java.util.function.Predicate;

/** Accepts the changes that an alert reported, once a user has acknowledged or resolved it. Thread-safe. */
public final class AcceptedChanges implements Predicate<Alert> {
    private final Store store;
    private final RuleTypes types;

    /** Over that store. */
    public AcceptedChanges(Store store, RuleTypes types) {
        this.store = store;
        this.types = types;
    }

    /**
     * Marks what the alert reported as announced, where it is about a change.
     *
     * @return whether alerts of its type end with their acknowledgement
     */
    @Override
    public boolean test(Alert alert) {
        boolean ends = types.definition(alert.type())
                .map(RuleTypeDefinition::endsWithAcknowledgement)
                .orElse(false);
        MinerAddress miner = alert.miner();
        if (alert.type().equals(RuleType.CHANGED) && miner != null) {
            // what changed after the alert began is not in it: that raises another one
            store.rules()
                    .find(alert.ruleId())
                    .ifPresent(rule -> store.facts().accept(miner, ChangedRule.kinds(rule), alert.createdAt()));
        }
        return ends;
    }
}
