package io.minerops.rules.test;

import io.minerops.api.alert.Severity;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.Economics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One test of rules: miners, what they say over time, what people do, and what is expected of the alerts.
 *
 * @param name what it shows
 * @param line the line in which it begins
 * @param sampleEvery the time between two samples
 * @param miners the fleet
 * @param series what the miners say, by miner and reading
 * @param economics revenue per hashrate and price of power; null if unknown
 * @param actions what people do
 * @param expected which alerts are open when
 * @param events everything that happens, in order; null where that is not said
 */
record RuleTest(
        String name,
        int line,
        Duration sampleEvery,
        List<Miner> miners,
        Map<MinerAddress, Map<Reading, List<@Nullable Double>>> series,
        @Nullable Economics economics,
        List<TestAction> actions,
        List<Expectation> expected,
        @Nullable List<ExpectedEvent> events) {
    /** When every test begins. */
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /**
     * The alerts that are open after the last check at or before a time: these and no others.
     *
     * @param at the time since the beginning
     * @param alerts the alerts
     */
    record Expectation(Duration at, List<ExpectedAlert> alerts) {}

    /**
     * An alert that is expected.
     *
     * @param rule its rule's name
     * @param miner its miner; null for one of many together
     * @param status {@code pending}, {@code active} or {@code acknowledged}
     * @param severity its severity; null for any
     */
    record ExpectedAlert(
            String rule,
            @Nullable MinerAddress miner,
            String status,
            @Nullable Severity severity) {
        String shown() {
            return who(rule, miner) + " " + status + (severity == null ? "" : " " + severity.key());
        }
    }

    /** Something that is expected to happen at a check: {@code raised}, {@code cleared} and the like. */
    record ExpectedEvent(
            Duration at,
            String event,
            String rule,
            @Nullable MinerAddress miner) {
        String shown() {
            return "at " + Durations.shown(at) + ": " + event + " " + who(rule, miner);
        }
    }

    static String who(String rule, @Nullable MinerAddress miner) {
        return rule + (miner == null ? "" : " on " + miner);
    }
}
