package io.minerops.core.alert;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.Thresholds;
import io.minerops.core.alert.internal.FanRule;
import io.minerops.core.alert.internal.HashrateRule;
import io.minerops.core.alert.internal.OfflineRule;
import io.minerops.core.alert.internal.TemperatureRule;
import io.minerops.core.alert.type.Limits;
import io.minerops.core.alert.type.Threshold;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The rules that a fleet starts with. */
public final class DefaultRules {
    private DefaultRules() {}

    /** The default rules with the default limits of the standard types and a cooldown of 30 min. */
    public static List<AlertRule> standard() {
        return standard(RuleTypes.standard());
    }

    /** The default rules with the default limits of these types and a cooldown of 30 min. */
    public static List<AlertRule> standard(RuleTypes types) {
        return of(
                types,
                defaultOf(types, RuleType.TEMP, TemperatureRule.TEMP_C),
                defaultOf(types, RuleType.HASHRATE, HashrateRule.DROP_THRESHOLD),
                AlertRule.DEFAULT_COOLDOWN);
    }

    /**
     * The default rules with the other default limits of the standard types; see
     * {@link #of(RuleTypes, double, double, Duration)}.
     */
    public static List<AlertRule> of(double tempC, double dropThreshold, Duration cooldown) {
        return of(RuleTypes.standard(), tempC, dropThreshold, cooldown);
    }

    /**
     * The default rules.
     *
     * @param types the types whose default limits the offline and the fan rule have
     * @param tempC above which mean temperature the first rule raises, °C
     * @param dropThreshold below which share of its baseline a hashrate is a drop, above 0 to 1
     * @param cooldown the cooldown of the temperature and fan rules; a drop of hashrate has 45 min and an offline miner
     *     60 min
     * @return rules without an id; {@link RuleTypes#validate} refuses a limit that is out of its range
     */
    public static List<AlertRule> of(RuleTypes types, double tempC, double dropThreshold, Duration cooldown) {
        double maxAgeMinutes = defaultOf(types, RuleType.OFFLINE, OfflineRule.MAX_AGE_MINUTES);
        double minRpm = defaultOf(types, RuleType.FAN, FanRule.MIN_RPM);
        return List.of(
                AlertRule.builder("High Temperature", RuleType.TEMP)
                        .description("Mean temperature above " + Limits.number(tempC) + " °C")
                        .thresholds(Thresholds.of(TemperatureRule.TEMP_C.name(), tempC))
                        .severity(Severity.WARNING)
                        .cooldown(cooldown)
                        .build(),
                AlertRule.builder("Miner Offline", RuleType.OFFLINE)
                        .description("No answer for more than " + Limits.number(maxAgeMinutes) + " min")
                        .thresholds(Thresholds.of(OfflineRule.MAX_AGE_MINUTES.name(), maxAgeMinutes))
                        .severity(Severity.CRITICAL)
                        .cooldown(Duration.ofMinutes(60))
                        .build(),
                AlertRule.builder("Hashrate Drop", RuleType.HASHRATE)
                        .description("Hashrate below " + Limits.number(dropThreshold * 100) + " % of the baseline")
                        .thresholds(Thresholds.of(HashrateRule.DROP_THRESHOLD.name(), dropThreshold))
                        .severity(Severity.WARNING)
                        .cooldown(Duration.ofMinutes(45))
                        .build(),
                AlertRule.builder("Fan Speed Low", RuleType.FAN)
                        .description("Slowest fan below " + Limits.number(minRpm) + " rpm")
                        .thresholds(Thresholds.of(FanRule.MIN_RPM.name(), minRpm))
                        .severity(Severity.WARNING)
                        .cooldown(cooldown)
                        .build());
    }

    private static double defaultOf(RuleTypes types, RuleType type, Threshold threshold) {
        return Objects.requireNonNull(types.threshold(type, threshold.name()).defaultValue(), threshold.name());
    }
}
