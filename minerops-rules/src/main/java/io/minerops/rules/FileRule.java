package io.minerops.rules;

import io.minerops.api.alert.AlertRule;

/**
 * A rule of a file.
 *
 * @param rule the rule, which no store has numbered
 * @param line the line in which it begins, from 1
 */
public record FileRule(AlertRule rule, int line) {}
