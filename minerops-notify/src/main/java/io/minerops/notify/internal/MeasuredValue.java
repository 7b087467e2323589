package io.minerops.notify.internal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;

/** Says an alert's number with the unit that its key ends in, such as {@code avg_temp_c}. */
final class MeasuredValue {
    private static final Map<String, String> UNITS = Map.of(
            "_c", " °C", "_w", " W", "_ths", " TH/s", "_rpm", " rpm", "_minutes", " min", "_seconds", " s", "_v", " V");
    private static final MathContext DIGITS = new MathContext(6, RoundingMode.HALF_UP);

    private MeasuredValue() {}

    static String of(String key, double value) {
        int unitAt = key.lastIndexOf('_');
        String unit = unitAt > 0 ? UNITS.get(key.substring(unitAt)) : null;
        String name = (unit == null ? key : key.substring(0, unitAt)).replace('_', ' ');
        return name + " " + number(value) + (unit == null ? "" : unit);
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "unknown";
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS);
        // beyond these sizes digits would only be noise
        return Math.abs(value) >= 1e15 || (value != 0 && Math.abs(value) < 1e-6)
                ? Double.toString(rounded.doubleValue())
                : rounded.setScale(Math.max(0, rounded.scale()), RoundingMode.UNNECESSARY)
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
