package io.minerops.core.alert;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.miner.MinerAddress;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which miners a rule is watched on. A filter never matches a miner whose field is unknown. Rules of the same scope
 * have equal ones, so that its rows are looked for once.
 *
 * @param miner the only one; null for all
 * @param modelPart a lower-case part of the model; null for all
 * @param anyTag any of these tags; empty for all
 */
record RuleScope(@Nullable MinerAddress miner, @Nullable String modelPart, Set<String> anyTag) {
    static RuleScope of(AlertRule rule) {
        String filter = rule.modelFilter();
        return new RuleScope(
                rule.miner(), filter == null ? null : filter.toLowerCase(Locale.ROOT), Set.copyOf(rule.tagsFilter()));
    }

    boolean isEveryMiner() {
        return miner == null && modelPart == null && anyTag.isEmpty();
    }
}
