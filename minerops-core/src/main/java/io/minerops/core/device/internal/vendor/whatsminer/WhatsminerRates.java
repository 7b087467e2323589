package io.minerops.core.device.internal.vendor.whatsminer;

import io.minerops.core.device.internal.model.WhatsminerModel;
import io.minerops.core.device.internal.normalise.ExpectedRate;
import io.minerops.core.device.internal.normalise.Hashrate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The hashrate of a Whatsminer, each window checked against the rate that the maker promises or, where the device does
 * not say that, against its average.
 */
final class WhatsminerRates {
    private static final double MILLION = 1e6;

    private WhatsminerRates() {}

    /**
     * Of the windows, TH/s, the best first; less than 0 and NaN are none.
     *
     * @param promised what the device should do; 0 or less where it does not know
     */
    static Hashrate of(double promised, double average, @Nullable WhatsminerModel model, double... windows) {
        ExpectedRate expected = ExpectedRate.of(promised);
        double mean = inThs(average, expected);
        ExpectedRate reference = promised > 0 ? expected : ExpectedRate.ofAverage(mean);
        return Hashrate.checked(
                promised > 0 || model == null ? expected : expected.ofModel(model.joulesPerTh(), model.liquidCooled()),
                mean,
                Arrays.stream(windows).map(ths -> inThs(ths, reference)).toArray());
    }

    /** Some firmwares have TH/s in the field that others have MH/s in. */
    private static double inThs(double ths, ExpectedRate reference) {
        if (!(ths >= 0)) {
            return Double.NaN;
        }
        return reference.isAlike(ths * MILLION) ? ths * MILLION : ths;
    }
}
