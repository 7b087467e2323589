package io.minerops.api.internal;

/**
 * A sum that keeps what each addition rounds off, so that neither the order nor the number of the terms shows in its
 * first 15 digits while the terms have one sign. Not thread-safe.
 *
 * @see <a href="https://doi.org/10.1002/zamm.19740540106">Neumaier 1974, the improved Kahan–Babuška algorithm</a>
 */
public final class CompensatedSum {
    private double sum;
    private double roundedOff;

    /** Adds a term. */
    public void add(double term) {
        double next = sum + term;
        roundedOff += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
        sum = next;
    }

    /** The sum so far; 0 of none. */
    public double value() {
        return sum + roundedOff;
    }
}
