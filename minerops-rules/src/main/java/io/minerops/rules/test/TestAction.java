package io.minerops.rules.test;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.Silence;
import io.minerops.api.miner.MinerAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A user action in a test, right before the check of its time. */
sealed interface TestAction {
    /** When, since the beginning of the test. */
    Duration at();

    /** Takes the open alert of a rule and a miner; null for an alert of many together. */
    record Acknowledge(Duration at, String rule, @Nullable MinerAddress miner) implements TestAction {}

    /** Closes the open alert of a rule and a miner. */
    record Resolve(Duration at, String rule, @Nullable MinerAddress miner) implements TestAction {}

    /** Replaces the rule of its name. */
    record Change(Duration at, AlertRule rule) implements TestAction {}

    /** Deletes a rule. */
    record Delete(Duration at, String rule) implements TestAction {}

    /** Makes a silence. */
    record BeginSilence(Duration at, Silence silence) implements TestAction {}

    /** Restarts the server: state that is not stored is lost. */
    record Restart(Duration at) implements TestAction {}
}
