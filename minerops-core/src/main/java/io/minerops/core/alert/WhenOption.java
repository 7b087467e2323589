package io.minerops.core.alert;

import io.minerops.api.alert.AlertRule;
import io.minerops.core.alert.type.RuleOption;
import io.minerops.core.alert.type.RuleTypeDefinition;
import java.util.List;

/** In which states of work a miner is judged, of types that leave out miners that were stopped on purpose. */
final class WhenOption {
    private static final String MINING = "mining";
    private static final String ANY = "any";

    static final RuleOption OPTION = new RuleOption(
                    "when",
                    "When (mining, or any: also paused or asleep)",
                    "mining: not on paused or asleep miners",
                    "In which state of work a miner is judged: mining leaves out paused and asleep ones, any does not.",
                    List.of(ANY))
            .limitedTo(List.of(MINING, ANY), 1);

    private WhenOption() {}

    /** Whether a rule leaves out miners that were stopped on purpose. */
    static boolean leavesOutStopped(RuleTypeDefinition type, AlertRule rule) {
        return type.exceptStopped() && !OPTION.of(rule).contains(ANY);
    }
}
