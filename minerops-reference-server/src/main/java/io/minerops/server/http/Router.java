package io.minerops.server.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request. A literal path wins over one with variables. */
final class Router {
    /** Routes by method of each path without variables, which most requests ask for. */
    private final Map<String, Map<String, Route>> literal = new HashMap<>();

    private final SortedMap<PathTemplate, Map<String, Route>> variable = new TreeMap<>();

    Router(Collection<Route> all) {
        for (Route route : all) {
            PathTemplate path = new PathTemplate(route.path());
            Map<String, Route> methods = path.isLiteral()
                    ? literal.computeIfAbsent(route.path(), text -> new LinkedHashMap<>())
                    : variable.computeIfAbsent(path, template -> new LinkedHashMap<>());
            if (methods.put(route.method(), route) != null) {
                throw new IllegalArgumentException("two routes for " + route.method() + " " + route.path());
            }
        }
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
        Map<String, Route> exact = literal.get(PathTemplate.withoutSlash(rawPath));
        if (exact != null) {
            return new Found(exact, Map.of());
        }
        List<String> parts = PathTemplate.split(rawPath);
        for (Map.Entry<PathTemplate, Map<String, Route>> entry : variable.entrySet()) {
            Optional<Map<String, String>> variables = entry.getKey().match(parts);
            if (variables.isPresent()) {
                return new Found(entry.getValue(), variables.get());
            }
        }
        return null;
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
