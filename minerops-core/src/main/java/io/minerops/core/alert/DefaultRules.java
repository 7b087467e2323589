package io.minerops.core.alert;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.Thresholds;
import java.time.Duration;
import java.util.List;

/** The rules that a fleet starts with. */
public final class DefaultRules {
    private DefaultRules() {}

    /** The default rules with the default limits: 80 °C, 90 % of the baseline, 30 min. */
    public static List<AlertRule> standard() {
        return of(80, 0.9, AlertRule.DEFAULT_COOLDOWN);
    }

    /**
     * The default rules.
     *
     * @param tempC above which mean temperature the first rule raises, °C
     * @param dropThreshold below which share of its baseline a hash rate is a drop, above 0 to 1
     * @param cooldown the cooldown of the temperature and fan rules; a drop of hash rate has 45 min and an offline
     *     miner 60 min
     */
    public static List<AlertRule> of(double tempC, double dropThreshold, Duration cooldown) {
        return List.of(
                AlertRule.builder("High Temperature", RuleType.TEMP)
                        .description("Mean temperature above " + Limits.number(tempC) + " °C")
                        .thresholds(Thresholds.of("temp_c", tempC))
                        .severity(Severity.WARNING)
                        .cooldown(cooldown)
                        .build(),
                AlertRule.builder("Miner Offline", RuleType.OFFLINE)
                        .description("No answer for more than 10 min")
                        .thresholds(Thresholds.of("max_age_minutes", 10))
                        .severity(Severity.CRITICAL)
                        .cooldown(Duration.ofMinutes(60))
                        .build(),
                AlertRule.builder("Hashrate Drop", RuleType.HASHRATE)
                        .description("Hash rate below " + Limits.number(dropThreshold * 100) + " % of the baseline")
                        .thresholds(Thresholds.of("drop_threshold", dropThreshold))
                        .severity(Severity.WARNING)
                        .cooldown(Duration.ofMinutes(45))
                        .build(),
                AlertRule.builder("Fan Speed Low", RuleType.FAN)
                        .description("Slowest fan below 2000 rpm")
                        .thresholds(Thresholds.of("min_rpm", 2_000))
                        .severity(Severity.WARNING)
                        .cooldown(cooldown)
                        .build());
    }
}
