package io.minerops.server.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A path whose segments are literal, {@code {name}} for any segment, {@code {name:id}} for a positive number, or, at the
 * end, {@code {name...}} for all that is left. One slash at the end of a request's path is ignored.
 */
final class PathTemplate implements Comparable<PathTemplate> {
    private static final Pattern ID = Pattern.compile("[1-9]\\d{0,17}");

    private static final Comparator<PathTemplate> ORDER = Comparator.<PathTemplate, Boolean>comparing(
                    PathTemplate::takesTheRest)
            // of two that take all that is left, the longer one says more
            .thenComparing(template -> template.takesTheRest() ? -template.segments.size() : template.segments.size())
            .thenComparing(PathTemplate::kinds)
            .thenComparing(template -> template.text);

    private final String text;
    private final List<String> segments;

    PathTemplate(String text) {
        this.text = text;
        this.segments = split(text);
    }

    /** The values of the template's variables; empty where the path does not match. */
    Optional<Map<String, String>> match(String rawPath) {
        List<String> parts = split(rawPath);
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (segment.endsWith("...}") && i < parts.size()) {
                variables.put(name(segment), String.join("/", parts.subList(i, parts.size())));
                return Optional.of(variables);
            }
            if (i >= parts.size() || !matches(segment, parts.get(i))) {
                return Optional.empty();
            }
            if (segment.startsWith("{")) {
                variables.put(name(segment), decoded(parts.get(i)));
            }
        }
        return parts.size() == segments.size() ? Optional.of(variables) : Optional.empty();
    }

    /** Templates that take any number of segments come last, those with literal segments before those with variables. */
    @Override
    public int compareTo(PathTemplate other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathTemplate that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    private boolean takesTheRest() {
        return text.endsWith("...}");
    }

    private String kinds() {
        return segments.stream()
                .map(segment -> segment.startsWith("{") ? "v" : "l")
                .collect(Collectors.joining());
    }

    private static boolean matches(String segment, String part) {
        if (!segment.startsWith("{")) {
            return segment.equals(part);
        }
        return segment.endsWith(":id}") ? ID.matcher(part).matches() : !part.isEmpty();
    }

    private static String name(String segment) {
        return segment.substring(1).replaceAll("(:id|\\.\\.\\.)?}$", "");
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw HttpFailure.of(400, "the path is not valid: a % must be followed by two hexadecimal digits");
        }
    }

    private static List<String> split(String path) {
        String trimmed = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return List.of(trimmed.substring(1).split("/", -1));
    }
}
