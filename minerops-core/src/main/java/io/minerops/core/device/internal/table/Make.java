package io.minerops.core.device.internal.table;

import io.minerops.core.device.internal.model.AntminerModel;
import org.jspecify.annotations.Nullable;

/**
 * What a device is, as far as its readings depend on it.
 *
 * @param maker null where not known
 * @param model null where not known
 * @param joulesPerTh nominal efficiency at the wall, J/TH; NaN where not known
 * @param boards how many boards the model has; NaN where not known
 * @param liquidCooled whether its fans, if it has any, may stand still
 */
public record Make(
        @Nullable String maker, @Nullable String model, double joulesPerTh, double boards, boolean liquidCooled) {
    /** One of which nothing else is known. */
    public static Make of(@Nullable String maker, @Nullable String model) {
        return new Make(maker, model, Double.NaN, Double.NaN, false);
    }

    /** The same with the boards and the efficiency of an Antminer; null where it is none that is known. */
    public Make as(@Nullable AntminerModel antminer) {
        return antminer == null
                ? this
                : new Make(maker, model, antminer.joulesPerTh(), antminer.boards(), antminer.liquidCooled());
    }

    /** The same with a nominal efficiency, J/TH; null where it is not known. */
    public Make needing(@Nullable Double nominalJoulesPerTh) {
        return nominalJoulesPerTh == null ? this : new Make(maker, model, nominalJoulesPerTh, boards, liquidCooled);
    }
}
