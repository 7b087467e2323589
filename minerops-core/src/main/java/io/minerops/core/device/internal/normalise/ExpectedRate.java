package io.minerops.core.device.internal.normalise;

import io.minerops.core.device.internal.model.AntminerModel;
import org.jspecify.annotations.Nullable;

/**
 * What a device should do, against which each of its rates is checked: a rate far above it, or a thousand times below
 * it, is not a rate.
 *
 * @param ths what the device itself expects or promises, TH/s; NaN where it does not say
 * @param ceiling more than its model can do whatever its settings, TH/s; NaN where the model is not known
 * @param maxFactor how many times the expected rate is still possible
 */
public record ExpectedRate(double ths, double ceiling, double maxFactor) {
    /** Nothing is known of it. */
    public static final ExpectedRate UNKNOWN = new ExpectedRate(Double.NaN, Double.NaN, Double.NaN);

    /** Settings and short windows move a rate by less. */
    private static final double MAX_FACTOR = 3;
    /** The expected rate of a firmware that is made for another variant than the model it runs on. */
    private static final double MAX_FACTOR_OF_KNOWN_MODEL = 6;
    /** Two windows of one device that are further apart are not in the same unit. */
    private static final double MAX_FACTOR_OF_AVERAGE = 300;

    private static final double THOUSAND = 1e3;
    private static final double MAX_W_IN_AIR = 8_000;
    private static final double MAX_W_IN_LIQUID = 15_000;

    /** What the device expects, TH/s; 0 or less and NaN where it does not know. */
    public static ExpectedRate of(double ths) {
        return new ExpectedRate(ths > 0 ? ths : Double.NaN, Double.NaN, MAX_FACTOR);
    }

    /** The average of the device, where it says nothing of what it should do. */
    public static ExpectedRate ofAverage(double ths) {
        return new ExpectedRate(ths > 0 ? ths : Double.NaN, Double.NaN, MAX_FACTOR_OF_AVERAGE);
    }

    /**
     * Of a model, by what it needs and what such a machine can draw at most.
     *
     * @param joulesPerTh nominal efficiency, J/TH; NaN where not known
     */
    public ExpectedRate ofModel(double joulesPerTh, boolean liquidCooled) {
        double most = (liquidCooled ? MAX_W_IN_LIQUID : MAX_W_IN_AIR) / joulesPerTh;
        return new ExpectedRate(ths, most > 0 ? most : Double.NaN, MAX_FACTOR);
    }

    /** The same, of an Antminer; null where it names no model. */
    public ExpectedRate ofModel(@Nullable AntminerModel model) {
        return model == null ? this : ofModel(model.joulesPerTh(), model.liquidCooled());
    }

    /** The same with a ceiling, TH/s. */
    public ExpectedRate upTo(double ceilingThs) {
        return new ExpectedRate(ths, ceilingThs > 0 ? ceilingThs : Double.NaN, MAX_FACTOR);
    }

    /** Whether there is anything to check against. */
    boolean isKnown() {
        return ths > 0 || ceiling > 0;
    }

    /** Whether a device that should do this can have the rate, TH/s; 0 is always possible. */
    boolean allows(double rate) {
        if (!(rate > 0)) {
            return rate == 0;
        }
        return !(rate > limit()) && !isAlike(rate * THOUSAND);
    }

    /** Whether the rate is about what is expected. */
    public boolean isAlike(double rate) {
        return rate > ths / 2 && rate < ths * 2;
    }

    private double limit() {
        if (!(ths > 0)) {
            return ceiling;
        }
        double ofModel = Math.min(ceiling, MAX_FACTOR_OF_KNOWN_MODEL * ths);
        return ofModel > maxFactor * ths ? ofModel : maxFactor * ths;
    }
}
