package io.minerops.server.certify;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** A picture of the proven hashrate with its bounds, beside limit, nominal and reported hashrate. */
final class IntervalPicture {
    private static final double WIDTH = 720;
    private static final double MARGIN = 90;
    private static final double PADDING = 0.03;

    private IntervalPicture() {}

    /** An SVG; all figures in TH/s, and the reported one may be NaN. */
    static String of(double lower, double proven, double upper, double reported, double limit, double nominal) {
        double low = DoubleStream.of(lower, reported, limit, nominal)
                        .filter(Double::isFinite)
                        .min()
                        .orElse(0)
                * (1 - PADDING);
        double high = DoubleStream.of(upper, reported, limit, nominal)
                        .filter(Double::isFinite)
                        .max()
                        .orElse(1)
                * (1 + PADDING);
        Scale scale = new Scale(low, high);
        return """
                <svg class="interval" viewBox="0 0 720 74" role="img" aria-label="%s">
                <line class="axis" x1="20" y1="40" x2="700" y2="40"/>
                %s%s%s<rect class="bounds" x="%s" y="34" width="%s" height="12" rx="3"/>
                <circle class="proven" cx="%s" cy="40" r="5"/>
                </svg>
                """.formatted(
                        text(
                                "Proven %.1f TH/s, between %.1f and %.1f; limit %.1f, nominal %.1f",
                                proven, lower, upper, limit, nominal),
                        mark(scale, limit, "limit", "end", 24, 12),
                        mark(scale, nominal, "nominal", "start", 24, 12),
                        Double.isNaN(reported) ? "" : mark(scale, reported, "reported", "middle", 56, 70),
                        text("%.1f", scale.x(lower)),
                        text("%.1f", Math.max(1, scale.x(upper) - scale.x(lower))),
                        text("%.1f", scale.x(proven)));
    }

    private static String mark(Scale scale, double value, String name, String anchor, int end, int textY) {
        String x = text("%.1f", scale.x(value));
        return text("<line class=\"%s\" x1=\"%s\" y1=\"40\" x2=\"%s\" y2=\"%d\"/>%n", name, x, x, end)
                + text("<text x=\"%s\" y=\"%d\" text-anchor=\"%s\">%s %.1f</text>%n", x, textY, anchor, name, value);
    }

    private record Scale(double low, double high) {
        double x(double value) {
            return high <= low ? WIDTH / 2 : MARGIN + (value - low) / (high - low) * (WIDTH - 2 * MARGIN);
        }
    }

    @SuppressWarnings("AnnotateFormatMethod") // its formats are the constants above
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
