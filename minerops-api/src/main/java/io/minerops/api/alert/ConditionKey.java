package io.minerops.api.alert;

import io.minerops.api.miner.MinerAddress;

/**
 * What alert state belongs to: one rule on one miner.
 *
 * @param ruleId the rule's id
 * @param miner the miner
 */
public record ConditionKey(long ruleId, MinerAddress miner) {}
