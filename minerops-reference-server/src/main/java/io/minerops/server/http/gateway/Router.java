package io.minerops.server.http.gateway;

import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.Route;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.pathmap.MatchedResource;
import org.eclipse.jetty.http.pathmap.PathMappings;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.http.pathmap.UriTemplatePathSpec;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request. A segment of a route's path is literal, {@code {name}} for any segment, {@code {name:id}}
 * for a positive number, or, at the end, {@code {name...}} for the rest. A literal path wins over one with variables; one
 * slash at the end of a request's path is ignored.
 */
final class Router {
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,17}");
    private static final String REST_END = "...}";

    /** Routes by method of each path without variables, which most requests use. */
    private final Map<String, Map<String, Route>> literal = new HashMap<>();

    private final PathMappings<Map<String, Route>> variable = new PathMappings<>();

    Router(Collection<Route> all) {
        for (Route route : all) {
            Map<String, Route> methods = methodsAt(route.path());
            if (methods.put(route.method(), route) != null) {
                throw new IllegalArgumentException("two routes for " + route.method() + " " + route.path());
            }
        }
    }

    private Map<String, Route> methodsAt(String path) {
        if (path.indexOf('{') < 0) {
            return literal.computeIfAbsent(path, text -> new LinkedHashMap<>());
        }
        PathSpec spec = path.endsWith(REST_END)
                ? new ServletPathSpec(path.substring(0, path.lastIndexOf('{')) + '*')
                : new UriTemplatePathSpec(path.replace(":id}", "}"));
        return variable.computeIfAbsent(spec, added -> new LinkedHashMap<>());
    }

    /**
     * The route of a method and path.
     *
     * @throws HttpFailure 404 where the path is unknown, 405 where it does not take the method
     */
    Match match(String method, String rawPath) {
        Found found = find(rawPath);
        if (found == null) {
            throw HttpFailure.notFound("there is nothing at this path");
        }
        Route route = found.methods().get(method.equals("HEAD") ? "GET" : method);
        if (route == null) {
            throw notAllowed(method, found.methods().keySet());
        }
        return new Match(route, found.variables());
    }

    /** The methods that a path takes, for {@code Allow}; empty where the path is unknown. */
    List<String> methods(String rawPath) {
        Found found = find(rawPath);
        return found == null ? List.of() : allowed(found.methods().keySet());
    }

    /**
     * A route and the variables of its path.
     *
     * @param route the route
     * @param variables the values by name
     */
    record Match(Route route, Map<String, String> variables) {}

    /** The routes of a path, by method. */
    private record Found(Map<String, Route> methods, Map<String, String> variables) {}

    private @Nullable Found find(String rawPath) {
        String path =
                rawPath.length() > 1 && rawPath.endsWith("/") ? rawPath.substring(0, rawPath.length() - 1) : rawPath;
        Map<String, Route> exact = literal.get(path);
        if (exact != null) {
            return new Found(exact, Map.of());
        }
        MatchedResource<Map<String, Route>> matched = variable.getMatched(path);
        if (matched == null) {
            return null;
        }
        Map<String, Route> methods = matched.getResource();
        String template = methods.values().iterator().next().path();
        return matched.getPathSpec() instanceof UriTemplatePathSpec spec
                ? segments(methods, template, spec.getPathParams(path))
                : rest(methods, template, matched.getPathInfo());
    }

    /** Where the last variable takes the rest of the path. */
    private static @Nullable Found rest(Map<String, Route> methods, String template, @Nullable String pathInfo) {
        if (pathInfo == null || pathInfo.length() < 2) {
            return null;
        }
        String name = template.substring(template.lastIndexOf('{') + 1, template.length() - REST_END.length());
        return new Found(methods, Map.of(name, pathInfo.substring(1)));
    }

    private static @Nullable Found segments(Map<String, Route> methods, String template, Map<String, String> raw) {
        Map<String, String> variables = new HashMap<>();
        for (Map.Entry<String, String> segment : raw.entrySet()) {
            boolean number = template.contains("{" + segment.getKey() + ":id}");
            if (number && !NUMBER.matcher(segment.getValue()).matches()) {
                return null;
            }
            variables.put(segment.getKey(), decoded(segment.getValue()));
        }
        return new Found(methods, variables);
    }

    private static String decoded(String segment) {
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw HttpFailure.of(400, "the path is not valid: a % must be followed by two hexadecimal digits");
        }
    }

    private static HttpFailure notAllowed(String method, Collection<String> taken) {
        String allow = String.join(", ", allowed(taken));
        return HttpFailure.of(405, "this path does not take " + printable(method) + " but " + allow)
                .with("Allow", allow);
    }

    private static List<String> allowed(Collection<String> taken) {
        TreeSet<String> names = new TreeSet<>(taken);
        if (names.contains("GET")) {
            names.add("HEAD");
        }
        names.add("OPTIONS");
        return new ArrayList<>(names);
    }

    private static String printable(String method) {
        return method.length() <= 16 ? method : method.substring(0, 16) + "…";
    }
}
