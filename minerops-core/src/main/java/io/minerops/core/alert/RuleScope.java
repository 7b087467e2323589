package io.minerops.core.alert;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which miners a rule is watched on. A filter never matches a miner whose field is unknown. */
final class RuleScope {
    private final @Nullable MinerAddress only;
    private final @Nullable String modelPart;
    private final Set<String> anyTag;

    RuleScope(AlertRule rule) {
        only = rule.miner();
        modelPart = rule.modelFilter() == null ? null : rule.modelFilter().toLowerCase(Locale.ROOT);
        anyTag = Set.copyOf(rule.tagsFilter());
    }

    boolean isEveryMiner() {
        return only == null && modelPart == null && anyTag.isEmpty();
    }

    boolean matches(Miner miner) {
        return (only == null || only.equals(miner.address()))
                && (modelPart == null || hasModel(miner, modelPart))
                && (anyTag.isEmpty() || miner.tags().stream().anyMatch(anyTag::contains));
    }

    private static boolean hasModel(Miner miner, String part) {
        String model = miner.model();
        return model != null && model.toLowerCase(Locale.ROOT).contains(part);
    }
}
