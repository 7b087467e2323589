package io.minerops.benchmarks;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Healthy fleets, and rules that none of their miners breaks. */
final class Fleets {
    static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    private static final double NOMINAL_THS = 110;

    private Fleets() {}

    static MinerAddress address(int miner) {
        return MinerAddress.of("10." + (miner >> 16 & 255) + "." + (miner >> 8 & 255) + "." + (miner & 255));
    }

    static Poll poll(int miners, Instant at, long seed) {
        Random random = new Random(seed);
        List<MetricSample> samples = new ArrayList<>(miners);
        for (int miner = 0; miner < miners; miner++) {
            samples.add(sample(miner, at, random));
        }
        return Poll.of(at, samples);
    }

    static FleetSnapshot snapshot(int miners, Instant at) {
        Random random = new Random(1);
        FleetSnapshot.Builder snapshot = FleetSnapshot.builder(at, miners);
        for (int miner = 0; miner < miners; miner++) {
            snapshot.row(Miner.builder(address(miner), START)
                            .nominalThs(NOMINAL_THS)
                            .build())
                    .sample(at, sample(miner, at, random));
        }
        return snapshot.build();
    }

    /** Ten rules that no miner violates, two of each type. */
    static List<AlertRule> tenRules() {
        return twoOfEach(List.of(
                Map.entry(RuleType.OFFLINE, Map.of("max_age_minutes", 10.0)),
                Map.entry(RuleType.TEMP, Map.of("temp_c", 80.0)),
                Map.entry(RuleType.HASHRATE, Map.of("drop_threshold", 0.9)),
                Map.entry(RuleType.FAN, Map.of("min_rpm", 2_000.0)),
                Map.entry(RuleType.POWER, Map.of("max_power_w", 4_000.0))));
    }

    /** Ten rules that everybody breaks, two of each type; none is of the type that inhibits the others. */
    static List<AlertRule> tenBrokenRules() {
        return twoOfEach(List.of(
                Map.entry(RuleType.EFFICIENCY, Map.of("max_j_per_th", 20.0)),
                Map.entry(RuleType.TEMP, Map.of("temp_c", 20.0)),
                Map.entry(RuleType.HASHRATE, Map.of("baseline_ths", 200.0)),
                Map.entry(RuleType.FAN, Map.of("min_rpm", 6_000.0)),
                Map.entry(RuleType.POWER, Map.of("max_power_w", 2_000.0))));
    }

    private static List<AlertRule> twoOfEach(List<Map.Entry<RuleType, Map<String, Double>>> types) {
        List<AlertRule> rules = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            for (Map.Entry<RuleType, Map<String, Double>> type : types) {
                rules.add(AlertRule.builder("rule " + rules.size(), type.getKey())
                        .id(rules.size() + 1L)
                        .thresholds(Thresholds.of(type.getValue()))
                        .build());
            }
        }
        return rules;
    }

    private static MetricSample sample(int miner, Instant at, Random random) {
        return MetricSample.builder(address(miner), at)
                .set(Reading.HASHRATE_THS, 108 + random.nextInt(4_000) / 1_000.0)
                .set(Reading.HASHRATE_AVG_THS, 109 + random.nextInt(2_000) / 1_000.0)
                .set(Reading.POWER_W, 3_200 + random.nextInt(200))
                .set(Reading.AVG_TEMP_C, 60 + random.nextInt(120) / 10.0)
                .set(Reading.MAX_TEMP_C, 66 + random.nextInt(12))
                .set(Reading.AVG_FAN_RPM, 4_800 + random.nextInt(400))
                .set(Reading.MIN_FAN_RPM, 4_700 + random.nextInt(100))
                .set(Reading.MAX_FAN_RPM, 5_200 + random.nextInt(100))
                .set(Reading.ELAPSED_S, 100_000 + random.nextInt(10_000))
                .set(Reading.ACCEPTED, 50_000 + random.nextInt(1_000))
                .set(Reading.REJECTED, random.nextInt(50))
                .set(Reading.HW_ERRORS, random.nextInt(100))
                .build();
    }
}
