package io.minerops.rules.test;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of a series in the short form that Prometheus' rule tests have, parted by spaces: {@code 60} is a value,
 * {@code 60+5x3} is 60 65 70 75, {@code 60-5x3} is 60 55 50 45, {@code 60x3} is 60 60 60 60, {@code _} is an answer
 * without that reading and {@code _x3} three of them. Beside these, {@code silent} is no answer at all, and
 * {@code silentx3} three times none.
 */
final class SeriesValues {
    /** The most values of one series. */
    static final int MOST = 100_000;

    private static final String NUMBER = "-?\\d+(?:\\.\\d+)?";
    private static final Pattern STEPS = Pattern.compile("(" + NUMBER + ")(?:([+-]\\d+(?:\\.\\d+)?))?x(\\d{1,6})");
    private static final Pattern ONE = Pattern.compile(NUMBER);
    private static final Pattern GAPS = Pattern.compile("(_|silent)(?:x(\\d{1,6}))?");

    private SeriesValues() {}

    /**
     * The values one after the other: NaN for an answer without the reading, null for none.
     *
     * @throws InvalidArgumentException ({@code values}) if the text is not of that form, or names too many values
     */
    static List<@Nullable Double> parse(String text) {
        List<@Nullable Double> values = new ArrayList<>();
        for (String word : text.strip().split("\\s+", -1)) {
            add(word, values);
            if (values.size() > MOST) {
                throw new InvalidArgumentException("values", "values must be at most " + MOST);
            }
        }
        return values;
    }

    private static void add(String word, List<@Nullable Double> values) {
        Matcher steps = STEPS.matcher(word);
        Matcher gaps = GAPS.matcher(word);
        if (ONE.matcher(word).matches()) {
            values.add(Double.valueOf(word));
        } else if (steps.matches()) {
            double first = Double.parseDouble(steps.group(1));
            double step = steps.group(2) == null ? 0 : Double.parseDouble(steps.group(2));
            for (int i = 0; i <= Integer.parseInt(steps.group(3)); i++) {
                values.add(first + i * step);
            }
        } else if (gaps.matches()) {
            Double gap = gaps.group(1).equals("_") ? Double.NaN : null;
            int times = gaps.group(2) == null ? 1 : Integer.parseInt(gaps.group(2));
            for (int i = 0; i < times; i++) {
                values.add(gap);
            }
        } else {
            throw new InvalidArgumentException(
                    "values",
                    "values must be such as 60, 60x5, 60+1.5x5, 60-1x5, _, _x5, silent or silentx5, not "
                            + Check.quote(word));
        }
    }
}
