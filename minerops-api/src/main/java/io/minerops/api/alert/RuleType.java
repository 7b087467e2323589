package io.minerops.api.alert;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.util.regex.Pattern;

/**
 * What kind of condition a rule watches. An open set: an engine knows the types that are registered with it.
 *
 * @param key the name as stored and as shown in JSON: 1 to 32 lower-case letters, digits and underscores
 */
public record RuleType(String key) {
    // first, because the constants below are checked against it
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    /** No sample for longer than {@code max_age_minutes}. */
    public static final RuleType OFFLINE = new RuleType("offline");

    /** Mean temperature above {@code temp_c}. */
    public static final RuleType TEMP = new RuleType("temp");

    /** Hashrate below {@code drop_threshold} of the baseline. */
    public static final RuleType HASHRATE = new RuleType("hashrate");

    /** A fan slower than {@code min_rpm} or faster than {@code max_rpm}. */
    public static final RuleType FAN = new RuleType("fan");

    /** Power outside its limits, or over the miner's cap. */
    public static final RuleType POWER = new RuleType("power");

    /** Too many joules per terahash. */
    public static final RuleType EFFICIENCY = new RuleType("efficiency");

    /** Too many hardware errors. */
    public static final RuleType HW_ERRORS = new RuleType("hw_errors");

    /** Too many rejected shares. */
    public static final RuleType REJECT_RATE = new RuleType("reject_rate");

    /** Restarts again and again. */
    public static final RuleType RESTART = new RuleType("restart");

    /** A reading moved too fast. */
    public static final RuleType RATE_OF_CHANGE = new RuleType("rate_of_change");

    /** A reading is far from what is usual. */
    public static final RuleType ANOMALY = new RuleType("anomaly");

    /** Mines at a loss. */
    public static final RuleType PROFIT = new RuleType("profit");

    /** Hash boards or chips are missing. */
    public static final RuleType BOARD = new RuleType("board");

    /** No pool answers, or the miner works for a pool that it should not. */
    public static final RuleType POOL = new RuleType("pool");

    /** Too many miners are offline, or too little is left of their hashrate: one alert for the whole scope. */
    public static final RuleType FLEET = new RuleType("fleet");

    /** The miner itself reports a fault. */
    public static final RuleType DEVICE_FAULT = new RuleType("device_fault");

    /** Something that the miner reports of itself changed without announcement. */
    public static final RuleType CHANGED = new RuleType("changed");

    /** A state of work lasts that should not. */
    public static final RuleType STATE = new RuleType("state");

    /** Accepted shares prove less hashrate than the miner claims. */
    public static final RuleType UNPROVEN_WORK = new RuleType("unproven_work");

    public RuleType {
        if (!KEY.matcher(key).matches()) {
            throw new InvalidArgumentException(
                    "rule_type",
                    "rule_type must be 1 to 32 lower-case letters, digits or underscores, not " + Check.quote(key));
        }
    }

    @Override
    public String toString() {
        return key;
    }
}
