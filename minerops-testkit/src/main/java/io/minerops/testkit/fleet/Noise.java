package io.minerops.testkit.fleet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Pseudo-random values that are pure functions of their arguments. */
final class Noise {
    /** What a value is for, so that values for different ends do not resemble each other. */
    enum Stream {
        MODEL,
        SCRIPT,
        QUALITY,
        UPTIME,
        SHARES,
        RATE_SLOW,
        RATE_FAST,
        CHAIN,
        TEMPERATURE,
        TEMPERATURE_BASE,
        FAN,
        FAN_BASE,
        DEAD_FAN,
        POWER
    }

    private Noise() {}

    /** Well-spread bits of the arguments: SplitMix64's finaliser over each in turn (Steele, Lea and Flood 2014). */
    static long mix(long seed, Stream stream, long number) {
        return mix(mix(mix(seed) + stream.name().hashCode()) + number);
    }

    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A value in 0..1, the same at all times. */
    static double constant(long seed, Stream stream, long number) {
        return (mix(seed, stream, number) >>> 11) * 0x1.0p-53;
    }

    /** A value in -1..1 that changes gently: a new course each period, without a jump between two. */
    static double smooth(long seed, Stream stream, long epochMillis, long periodMillis) {
        long period = Math.floorDiv(epochMillis, periodMillis);
        double part = Math.floorMod(epochMillis, periodMillis) / (double) periodMillis;
        double eased = part * part * (3 - 2 * part);
        double from = constant(seed, stream, period);
        double to = constant(seed, stream, period + 1);
        return 2 * (from + (to - from) * eased) - 1;
    }

    /** The elements in an order that the seed gives. */
    static <T> List<T> shuffled(List<T> elements, long seed) {
        List<T> shuffled = new ArrayList<>(elements);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }
}
