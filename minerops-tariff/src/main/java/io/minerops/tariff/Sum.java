package io.minerops.tariff;

/** A sum that keeps what rounding drops (Neumaier), so that its order does not matter to the cent. */
final class Sum {
    private double sum;
    private double dropped;

    void add(double value) {
        double next = sum + value;
        dropped += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
        sum = next;
    }

    double value() {
        return sum + dropped;
    }
}
