package io.minerops.testkit.fleet;

/**
 * How many shares a miner has found since a moment: a Poisson process as a pure function of a seed and the time. The number of the
 * whole time is drawn first, and then, half by half, how many of them are in the earlier half; so any moment is reached in a few steps,
 * and the count never falls.
 */
final class ShareCount {
    /** How many times the whole time is halved to come to one second. */
    private static final int HALVINGS = 22;

    private static final int MAX_EXACT = 1_024;

    private ShareCount() {}

    /**
     * The shares of the first seconds.
     *
     * @param seed of the miner and of its run
     * @param perSecond the mean number of shares a second, above 0
     * @param seconds 0 to 2^22, which is 48 days
     */
    static long at(long seed, double perSecond, long seconds) {
        double mean = perSecond * (1L << HALVINGS);
        long left = Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(seed, 0)));
        long counted = 0;
        long node = 1;
        for (int level = HALVINGS - 1; level >= 0 && left > 0; level--) {
            long earlier = half(left, seed, node);
            boolean later = (seconds >> level & 1) == 1;
            counted += later ? earlier : 0;
            left = later ? left - earlier : earlier;
            node = 2 * node + (later ? 1 : 0);
        }
        return counted;
    }

    /** How many of so many are in the earlier half: binomial. */
    private static long half(long count, long seed, long node) {
        if (count > MAX_EXACT) {
            long near = Math.round(count / 2.0 + Math.sqrt((double) count) / 2 * normal(seed, node));
            return Math.max(0, Math.min(count, near));
        }
        long half = 0;
        for (long word = 0; word * Long.SIZE < count; word++) {
            long bits = Noise.mix(Noise.mix(seed, Noise.Stream.SHARES, node), Noise.Stream.SHARES, word);
            long used = Math.min(Long.SIZE, count - word * Long.SIZE);
            half += Long.bitCount(used == Long.SIZE ? bits : bits & ((1L << used) - 1));
        }
        return half;
    }

    /** A normal variable, by Box and Muller. */
    private static double normal(long seed, long node) {
        double radius = Math.sqrt(-2 * Math.log(1 - Noise.constant(seed, Noise.Stream.SHARES, 2 * node)));
        return radius * Math.cos(2 * Math.PI * Noise.constant(seed, Noise.Stream.SHARES, 2 * node + 1));
    }
}
