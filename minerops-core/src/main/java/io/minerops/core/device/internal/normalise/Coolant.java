package io.minerops.core.device.internal.normalise;

/**
 * The sensors where the coolant, water or air, enters and leaves a device.
 *
 * @param inlets one per board or module, as far as the device has them
 * @param outlets one per board or module, as far as the device has them
 */
public record Coolant(Temperatures inlets, Temperatures outlets) {
    /** No such sensor. */
    public static final Coolant UNKNOWN = of(new double[0], new double[0]);

    /** Of sensors, °C; NaN is none. */
    public static Coolant of(double[] inlets, double[] outlets) {
        return new Coolant(Temperatures.of(inlets), Temperatures.of(outlets));
    }

    /** The coldest inlet, which the boards heat the least, °C; NaN where there is none. */
    public double inlet() {
        return inlets.min();
    }

    /** The hottest outlet, °C; NaN where there is none. */
    public double outlet() {
        return outlets.max();
    }
}
