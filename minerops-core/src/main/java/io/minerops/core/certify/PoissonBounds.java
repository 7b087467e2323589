package io.minerops.core.certify;

/**
 * One-sided bounds of the mean of a Poisson count at a confidence c, exact where a count is whole (Garwood 1936):
 *
 * <ul>
 *   <li>lower bound: the mean at which n or more would be counted with probability 1 − c; the quantile 1 − c of the gamma
 *       distribution with shape n, and 0 where nothing was counted
 *   <li>upper bound: the mean at which n or fewer would be counted with probability 1 − c; the quantile c of the gamma
 *       distribution with shape n + 1
 * </ul>
 *
 * <p>The count of shares of differing difficulty is the effective one, (Σd)² / Σd², and need not be whole (Fay and Feuer
 * 1997).
 */
final class PoissonBounds {
    /** From this shape on the cube root of a gamma variable is normal to more digits than the series below gives. */
    private static final double LARGE_SHAPE = 1e6;

    private static final double RELATIVE_ERROR = 1e-15;
    private static final double TINY = 1e-300;
    private static final int MAX_HALVINGS = 200;
    private static final double STIRLING_FROM = 15;

    private PoissonBounds() {}

    /** The lower bound of the mean of a count, 0 or more, at a confidence between 0 and 1. */
    static double lower(double count, double confidence) {
        return count == 0 ? 0 : gammaQuantile(count, 1 - confidence);
    }

    /** The upper bound of the mean of a count, above 0, at a confidence between 0 and 1. */
    static double upper(double count, double confidence) {
        return gammaQuantile(count + 1, confidence);
    }

    private static double gammaQuantile(double shape, double probability) {
        if (shape <= LARGE_SHAPE) {
            return bisect(shape, probability);
        }
        // Wilson and Hilferty 1931, with the normal quantile that they give at a shape that can be calculated
        double known = bisect(LARGE_SHAPE, probability);
        double normal = (Math.cbrt(known / LARGE_SHAPE) - 1 + 1 / (9 * LARGE_SHAPE)) * 3 * Math.sqrt(LARGE_SHAPE);
        double root = 1 - 1 / (9 * shape) + normal / (3 * Math.sqrt(shape));
        return shape * root * root * root;
    }

    private static double bisect(double shape, double probability) {
        double low = 0;
        double high = shape + 1;
        while (belowProbability(shape, high) < probability) {
            low = high;
            high *= 2;
        }
        for (int halving = 0; halving < MAX_HALVINGS && high - low > RELATIVE_ERROR * high; halving++) {
            double middle = low + (high - low) / 2;
            if (belowProbability(shape, middle) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The probability that a gamma variable of this shape is below x: by a series, or by a continued fraction in its tail. */
    private static double belowProbability(double shape, double x) {
        if (x <= 0) {
            return 0;
        }
        double scale = Math.exp(shape * Math.log(x) - x - logGamma(shape));
        return x < shape + 1 ? scale * series(shape, x) : 1 - scale * continuedFraction(shape, x);
    }

    private static double series(double shape, double x) {
        double term = 1 / shape;
        double sum = term;
        for (double next = shape + 1; term > sum * RELATIVE_ERROR; next++) {
            term *= x / next;
            sum += term;
        }
        return sum;
    }

    /** By the method of Lentz. */
    private static double continuedFraction(double shape, double x) {
        double b = x + 1 - shape;
        double c = 1 / TINY;
        double d = 1 / b;
        double value = d;
        double change = 0;
        for (double step = 1; Math.abs(change - 1) > RELATIVE_ERROR; step++) {
            double a = -step * (step - shape);
            b += 2;
            d = 1 / notZero(a * d + b);
            c = notZero(b + a / c);
            change = d * c;
            value *= change;
        }
        return value;
    }

    private static double notZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    /** ln Γ(x) of x above 0, by Stirling's series after a shift. */
    private static double logGamma(double x) {
        double shifted = x;
        double product = 1;
        while (shifted < STIRLING_FROM) {
            product *= shifted;
            shifted++;
        }
        double inverse = 1 / shifted;
        double square = inverse * inverse;
        double series = inverse * (1 / 12.0 - square * (1 / 360.0 - square * (1 / 1_260.0 - square / 1_680)));
        return (shifted - 0.5) * Math.log(shifted) - shifted + Math.log(2 * Math.PI) / 2 + series - Math.log(product);
    }
}
