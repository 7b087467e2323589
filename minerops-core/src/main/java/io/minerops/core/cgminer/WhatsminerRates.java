package io.minerops.core.cgminer;

import java.util.ArrayList;
import java.util.List;

/**
 * The hash rate of a Whatsminer, each window held against the rate that the maker promises or, where the device does not
 * say that, against its average: a window that is a thousand or a million times off is in another unit.
 *
 * @param rate the first window that can be believed, and the average
 * @param implausible what cannot be, TH/s
 */
record WhatsminerRates(Hashrate rate, List<Double> implausible) {
    private static final double MOST_ABOVE = 300;
    private static final double THOUSAND = 1e3;
    private static final double MILLION = 1e6;

    WhatsminerRates {
        implausible = List.copyOf(implausible);
    }

    /**
     * Of the windows, TH/s, the best first; less than 0 and NaN are none.
     *
     * @param promised what the device should do; 0 or less where it does not know
     */
    static WhatsminerRates of(double promised, double average, double... windows) {
        List<Double> implausible = new ArrayList<>(0);
        double mean = checked(average, promised, implausible);
        double reference = promised > 0 ? promised : mean;
        double now = Double.NaN;
        for (int index = 0; index < windows.length && Double.isNaN(now); index++) {
            now = checked(windows[index], reference, implausible);
        }
        return new WhatsminerRates(new Hashrate(now, mean), implausible);
    }

    private static double checked(double ths, double reference, List<Double> implausible) {
        if (!(ths >= 0)) {
            return Double.NaN;
        } else if (!(reference > 0) || ths == 0) {
            return ths;
        } else if (alike(ths * MILLION, reference)) {
            // some firmwares have TH/s in the field that others have MH/s in
            return ths * MILLION;
        }
        boolean otherUnit = ths > reference * MOST_ABOVE || alike(ths * THOUSAND, reference);
        if (otherUnit) {
            implausible.add(ths);
        }
        return otherUnit ? Double.NaN : ths;
    }

    private static boolean alike(double ths, double reference) {
        return ths > reference / 2 && ths < reference * 2;
    }
}
