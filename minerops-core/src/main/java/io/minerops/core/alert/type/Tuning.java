package io.minerops.core.alert.type;

/**
 * Which threshold of a rule makes it raise more or fewer alerts, and between which values it is worth looking.
 *
 * @param threshold its name
 * @param mildest the value that raises the fewest
 * @param strictest the value that raises the most
 */
public record Tuning(String threshold, double mildest, double strictest) {}
