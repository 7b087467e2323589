package io.minerops.core.alert.internal;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.RuleTypeDefinition.Tuning;
import io.minerops.core.alert.type.Threshold;
import io.minerops.core.alert.type.ThresholdConstraint;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reading that a rule chose by naming it among its thresholds, with the limit that it gave it.
 *
 * @param reading the reading
 * @param limit above 0 for upwards, below 0 for downwards
 */
record ChosenReading(Reading reading, double limit) {
    private static final double MAX_LIMIT = 1e12;

    /**
     * One threshold for each reading.
     *
     * @param label what a form shows after the reading's name
     * @param unit the unit of the limit; null for the reading's own
     * @param help one sentence
     */
    static List<Threshold> thresholds(String label, @Nullable String unit, String help) {
        return Reading.all().stream()
                .map(reading -> Threshold.builder(reading.key())
                        .label(reading.key() + " " + label)
                        .unit(unit == null ? reading.unit() : unit)
                        .range(-MAX_LIMIT, MAX_LIMIT)
                        .nonZero()
                        .otherwise("not watched")
                        .help(help)
                        .example(unit == null ? -20 : -4)
                        .build())
                .toList();
    }

    /** That a rule names exactly one reading. */
    static ThresholdConstraint exactlyOne() {
        return new ThresholdConstraint.OneReading(
                Reading.all().stream().map(Reading::key).toList());
    }

    /** The only reading that a rule names. */
    static ChosenReading of(AlertRule rule) {
        Reading reading = Reading.all().stream()
                .filter(one -> rule.thresholds().get(one.key()).isPresent())
                .findFirst()
                .orElseThrow(() -> new InvalidArgumentException(
                        "thresholds",
                        "thresholds of a rule of type " + rule.type() + " must name exactly one reading"));
        return new ChosenReading(reading, rule.thresholds().get(reading.key(), 0));
    }

    /** From five times the limit down to a fifth of it. */
    Optional<Tuning> tuning() {
        return Optional.of(new Tuning(reading.key(), limit * 5, limit / 5));
    }

    boolean isUpwards() {
        return limit > 0;
    }

    /** How far a move goes in the direction that is looked for, as a share of the limit: 1 is the limit itself. */
    double share(double move) {
        return move / limit;
    }
}
