package io.minerops.api.alert;

import io.minerops.api.miner.MinerAddress;
import org.jspecify.annotations.Nullable;

/**
 * What alert state belongs to: one rule on one miner, or on all miners of its scope together.
 *
 * @param ruleId the rule's id
 * @param miner the miner; null for a rule that judges its whole scope as one
 */
public record ConditionKey(long ruleId, @Nullable MinerAddress miner) {}
