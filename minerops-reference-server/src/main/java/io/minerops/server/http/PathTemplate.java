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
    private static final Comparator<PathTemplate> ORDER = Comparator.<PathTemplate, Boolean>comparing(
                    PathTemplate::takesTheRest)
            // of two that take all that is left, the longer one says more
            .thenComparing(template -> template.takesTheRest() ? -template.segments.size() : template.segments.size())
            .thenComparing(PathTemplate::kinds)
            .thenComparing(template -> template.text);

    private final String text;
    private final List<Segment> segments;

    PathTemplate(String text) {
        this.text = text;
        this.segments = split(text).stream().map(Segment::of).toList();
    }

    /** The segments of a request's path, as they came. */
    static List<String> split(String rawPath) {
        return List.of(withoutSlash(rawPath).substring(1).split("/", -1));
    }

    /** A request's path without one slash at its end. */
    static String withoutSlash(String rawPath) {
        return rawPath.length() > 1 && rawPath.endsWith("/") ? rawPath.substring(0, rawPath.length() - 1) : rawPath;
    }

    /** Whether it has no variable, so that only the path of the same text matches. */
    boolean isLiteral() {
        return segments.stream().allMatch(segment -> segment.kind() == Kind.LITERAL);
    }

    /** The values of the template's variables; empty where the path of these segments does not match. */
    Optional<Map<String, String>> match(List<String> parts) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (i >= parts.size()) {
                return Optional.empty();
            }
            if (segment.kind() == Kind.REST) {
                variables.put(segment.name(), String.join("/", parts.subList(i, parts.size())));
                return Optional.of(variables);
            }
            if (!segment.matches(parts.get(i))) {
                return Optional.empty();
            }
            if (segment.kind() != Kind.LITERAL) {
                variables.put(segment.name(), decoded(parts.get(i)));
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
        return segments.get(segments.size() - 1).kind() == Kind.REST;
    }

    private String kinds() {
        return segments.stream()
                .map(segment -> segment.kind() == Kind.LITERAL ? "l" : "v")
                .collect(Collectors.joining());
    }

    private static String decoded(String part) {
        if (part.indexOf('%') < 0) {
            return part;
        }
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw HttpFailure.of(400, "the path is not valid: a % must be followed by two hexadecimal digits");
        }
    }

    private enum Kind {
        LITERAL,
        ANY,
        ID,
        REST
    }

    /** One segment; its name is the text of a literal one. */
    private record Segment(Kind kind, String name) {
        private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,17}");

        static Segment of(String text) {
            if (!text.startsWith("{")) {
                return new Segment(Kind.LITERAL, text);
            }
            if (text.endsWith("...}")) {
                return new Segment(Kind.REST, text.substring(1, text.length() - "...}".length()));
            }
            return text.endsWith(":id}")
                    ? new Segment(Kind.ID, text.substring(1, text.length() - ":id}".length()))
                    : new Segment(Kind.ANY, text.substring(1, text.length() - 1));
        }

        boolean matches(String part) {
            return switch (kind) {
                case LITERAL -> name.equals(part);
                case ID -> NUMBER.matcher(part).matches();
                case ANY, REST -> !part.isEmpty();
            };
        }
    }
}
