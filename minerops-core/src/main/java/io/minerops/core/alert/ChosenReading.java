package io.minerops.core.alert;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.Reading;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The reading that a rule chose by naming it among its thresholds, with the limit that it gave it.
 *
 * @param reading the reading
 * @param limit above 0 for upwards, below 0 for downwards
 */
record ChosenReading(Reading reading, double limit) {
    private static final double MOST = 1e12;

    /** The names of all readings and these. */
    static Set<String> and(String... more) {
        Set<String> names = new TreeSet<>(List.of(more));
        Reading.all().forEach(reading -> names.add(reading.key()));
        return Set.copyOf(names);
    }

    /** The only reading that a rule names. */
    static ChosenReading of(AlertRule rule) {
        List<Reading> named = Reading.all().stream()
                .filter(reading -> rule.thresholds().get(reading.key()).isPresent())
                .toList();
        if (named.size() != 1) {
            throw new InvalidArgumentException(
                    "thresholds",
                    "thresholds of a rule of type " + rule.type() + " must name exactly one reading, such as "
                            + Reading.AVG_TEMP_C.key() + ", not " + named.size());
        }
        Reading reading = named.get(0);
        double limit = rule.thresholds().get(reading.key(), 0);
        Check.between("thresholds." + reading.key(), limit, -MOST, MOST);
        Limits.require(limit != 0, reading.key(), "must be above 0 for a rise or below 0 for a fall, not 0");
        return new ChosenReading(reading, limit);
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
