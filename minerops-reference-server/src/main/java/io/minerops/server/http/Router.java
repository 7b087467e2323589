package io.minerops.server.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the route of a request. A literal path wins over one with variables. */
final class Router {
    private final SortedMap<PathTemplate, Map<String, Route>> routes = new TreeMap<>();

    Router(Collection<Route> all) {
        for (Route route : all) {
            Map<String, Route> methods =
                    routes.computeIfAbsent(new PathTemplate(route.path()), path -> new LinkedHashMap<>());
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
        for (Map.Entry<PathTemplate, Map<String, Route>> entry : routes.entrySet()) {
            Optional<Map<String, String>> variables = entry.getKey().match(rawPath);
            if (variables.isPresent()) {
                Route route = entry.getValue().get(method.equals("HEAD") ? "GET" : method);
                if (route == null) {
                    throw notAllowed(method, entry.getValue().keySet());
                }
                return new Match(route, variables.get());
            }
        }
        throw HttpFailure.notFound("there is nothing at this path");
    }

    /** The methods that a path takes, for {@code Allow}; empty where the path is unknown. */
    List<String> methods(String rawPath) {
        for (Map.Entry<PathTemplate, Map<String, Route>> entry : routes.entrySet()) {
            if (entry.getKey().match(rawPath).isPresent()) {
                return allowed(entry.getValue().keySet());
            }
        }
        return List.of();
    }

    /**
     * A route and the variables of its path.
     *
     * @param route the route
     * @param variables the values by name
     */
    record Match(Route route, Map<String, String> variables) {}

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
