package io.minerops.server.rules;

import io.minerops.api.Store;
import io.minerops.api.miner.Roster;
import io.minerops.core.alert.RuleReview;
import io.minerops.core.alert.RuleTypes;
import io.minerops.rules.RuleFile;
import io.minerops.rules.RulePlan;
import java.util.ArrayList;
import java.util.List;

/** What a file of rules means for a store: the plan, and what of its rules can hardly be meant. */
public final class RuleFiles {
    private RuleFiles() {}

    /** What would have to be done for the store to have the rules of a file. */
    public static RulePlan plan(RuleFile file, Store store, boolean prune) {
        return RulePlan.between(file.rules(), store.rules().all(), prune);
    }

    /** What can hardly be meant, each with the file and the line of its rule. */
    public static List<String> warnings(RuleFile file, Store store, RuleTypes types) {
        Roster roster = Roster.of(store.miners().all());
        List<String> warnings = new ArrayList<>();
        file.entries()
                .forEach(entry -> RuleReview.of(entry.rule(), types, roster)
                        .forEach(warning -> warnings.add(file.name() + ":" + entry.line() + ": "
                                + entry.rule().name() + ": " + warning)));
        return warnings;
    }
}
