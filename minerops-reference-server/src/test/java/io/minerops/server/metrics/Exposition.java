package io.minerops.server.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The samples of a text in Prometheus's format, by name and labels as they are written.
 *
 * @param samples such as {@code minerops_alerts_open{severity="info"}} with its value
 * @param types the type of each family
 */
record Exposition(Map<String, Double> samples, Map<String, String> types) {
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*(?:\\{(?:[a-z_A-Z0-9]+=\"(?:[^\"\\\\]|\\\\.)*\",?)*})?) (\\S+)");
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");

    /** Reads a text; a line that is none of the format's fails. */
    static Exposition parse(String text) {
        Map<String, Double> samples = new HashMap<>();
        Map<String, String> types = new HashMap<>();
        for (String line : text.lines().toList()) {
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (type.matches()) {
                types.put(type.group(1), type.group(2));
            } else if (sample.matches()) {
                samples.put(sample.group(1), value(sample.group(2)));
            } else if (!line.startsWith("# HELP ") && !line.startsWith("# UNIT ") && !line.equals("# EOF")) {
                throw new AssertionError("not a line of Prometheus's format: " + line);
            }
        }
        return new Exposition(samples, types);
    }

    private static double value(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** The value of a sample that must be there. */
    double value(String name, String... labels) {
        List<Double> found = samples.entrySet().stream()
                .filter(sample -> isOf(sample.getKey(), name, List.of(labels)))
                .map(Map.Entry::getValue)
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(
                    found.size() + " samples of " + name + " with " + List.of(labels) + " among " + samples.keySet());
        }
        return found.get(0);
    }

    /** The names of all samples with that label. */
    Set<String> with(String label) {
        return samples.keySet().stream()
                .filter(sample -> sample.contains(label))
                .collect(Collectors.toSet());
    }

    private static boolean isOf(String sample, String name, List<String> labels) {
        boolean named = sample.equals(name) || sample.startsWith(name + "{");
        return named && labels.stream().allMatch(sample::contains);
    }
}
