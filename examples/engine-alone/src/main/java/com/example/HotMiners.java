package com.example;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.AlertEngine;
import io.minerops.core.alert.AlertTransition;
import io.minerops.core.alert.RuleSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Evaluates one rule over readings that were collected elsewhere; nothing is stored and nothing is polled. */
public final class HotMiners {
    private static final RuleSet RULES = RuleSet.compile(List.of(AlertRule.builder("Too hot", RuleType.TEMP)
            .id(1)
            .thresholds(Thresholds.of("temp_c", 80))
            .build()));

    private HotMiners() {}

    /** The messages of the alerts that begin now. */
    public static List<String> raised(Map<MinerAddress, Double> temperaturesC, Instant now) {
        FleetSnapshot.Builder fleet = FleetSnapshot.builder(now, temperaturesC.size());
        temperaturesC.forEach(
                (address, celsius) -> fleet.row(Miner.builder(address, now).build())
                        .sampledAt(now.toEpochMilli())
                        .set(Reading.MAX_TEMP_C, celsius)
                        .set(Reading.AVG_TEMP_C, celsius));
        return AlertEngine.evaluate(RULES, fleet.build(), AlertState.INITIAL, now).transitions().stream()
                .filter(AlertTransition.Raised.class::isInstance)
                .map(change -> ((AlertTransition.Raised) change).message())
                .toList();
    }
}
