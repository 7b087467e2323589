package io.minerops.benchmarks.peers;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One rule in the words of every engine. The hash rate's baseline is the same for all miners, so that it is a number
 * for the peers where MinerOps looks up each miner's own.
 *
 * @param name the rule's name, a word
 * @param type the kind of condition
 * @param threshold the name and the value of its limit
 * @param forMinutes how long the condition must hold; MinerOps and Prometheus heed it, the others have no such thing
 * @param promQl the condition in PromQL
 * @param drl the condition as a constraint of Drools
 * @param violated the condition in Java, for Easy Rules
 */
record PeerRule(
        String name,
        RuleType type,
        Map.Entry<String, Double> threshold,
        int forMinutes,
        String promQl,
        String drl,
        Predicate<Readings> violated) {
    /** Ten rules: a warning at once and a critical limit after five minutes, for each of five readings. */
    static final List<PeerRule> TEN = List.of(
            offline("silent", 10, 0),
            offline("gone", 30, 5),
            temperature("warm", 80, 0),
            temperature("hot", 90, 5),
            hashrate("slow", 0.9, 0),
            hashrate("crawling", 0.5, 5),
            fan("fan_slow", 2_000, 0),
            fan("fan_dead", 1_000, 5),
            power("thirsty", 4_000, 0),
            power("glutton", 4_500, 5));

    /** The rule in the words of MinerOps. */
    AlertRule alertRule(long id) {
        return AlertRule.builder(name, type)
                .id(id)
                .thresholds(Thresholds.of(
                        Map.of(threshold.getKey(), threshold.getValue(), "for_minutes", (double) forMinutes)))
                .build();
    }

    private static PeerRule offline(String name, double minutes, int forMinutes) {
        return new PeerRule(
                name,
                RuleType.OFFLINE,
                Map.entry("max_age_minutes", minutes),
                forMinutes,
                "time() - miner_sampled_timestamp_seconds > " + minutes * 60,
                "ageMinutes > " + minutes,
                miner -> miner.getAgeMinutes() > minutes);
    }

    private static PeerRule temperature(String name, double limitC, int forMinutes) {
        return new PeerRule(
                name,
                RuleType.TEMP,
                Map.entry("temp_c", limitC),
                forMinutes,
                "miner_temperature_celsius > " + limitC,
                "avgTempC > " + limitC,
                miner -> miner.getAvgTempC() > limitC);
    }

    private static PeerRule hashrate(String name, double ratio, int forMinutes) {
        double limitThs = ratio * Miners.NOMINAL_THS;
        return new PeerRule(
                name,
                RuleType.HASHRATE,
                Map.entry("drop_threshold", ratio),
                forMinutes,
                "miner_hashrate_terahashes < " + limitThs,
                "hashrateThs < " + limitThs,
                miner -> miner.getHashrateThs() < limitThs);
    }

    private static PeerRule fan(String name, double limitRpm, int forMinutes) {
        return new PeerRule(
                name,
                RuleType.FAN,
                Map.entry("min_rpm", limitRpm),
                forMinutes,
                "miner_fan_rpm < " + limitRpm,
                "minFanRpm < " + limitRpm,
                miner -> miner.getMinFanRpm() < limitRpm);
    }

    private static PeerRule power(String name, double limitW, int forMinutes) {
        return new PeerRule(
                name,
                RuleType.POWER,
                Map.entry("max_power_w", limitW),
                forMinutes,
                "miner_power_watts > " + limitW,
                "powerW > " + limitW,
                miner -> miner.getPowerW() > limitW);
    }
}
