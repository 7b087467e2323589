package io.minerops.server.http;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One method on one path: what a request may say and who answers it.
 *
 * @param method the HTTP method; a GET answers HEAD too
 * @param path the path's template, such as {@code /api/alerts/{id:id}}
 * @param query the names that the query may have
 * @param bodyFields the names that the body may have
 * @param bodyRequired whether a body must be there
 * @param open whether no token is asked for
 * @param handler who answers
 */
public record Route(
        String method,
        String path,
        Set<String> query,
        Set<String> bodyFields,
        boolean bodyRequired,
        boolean open,
        RouteHandler handler) {

    /** Answers a request. */
    @FunctionalInterface
    public interface RouteHandler {
        /**
         * Answers.
         *
         * @throws HttpFailure where the answer is an error
         * @throws io.minerops.api.InvalidArgumentException where a field is at fault
         */
        Reply answer(ApiRequest request);
    }

    /** Reading, without parameters. */
    public static Route get(String path, RouteHandler handler) {
        return new Route("GET", path, Set.of(), Set.of(), false, false, handler);
    }

    /** Doing, without a body. */
    public static Route post(String path, RouteHandler handler) {
        return new Route("POST", path, Set.of(), Set.of(), false, false, handler);
    }

    /** Changing, with a body. */
    public static Route put(String path, RouteHandler handler) {
        return new Route("PUT", path, Set.of(), Set.of(), true, false, handler);
    }

    /** Deleting. */
    public static Route delete(String path, RouteHandler handler) {
        return new Route("DELETE", path, Set.of(), Set.of(), false, false, handler);
    }

    /** With these names allowed in the query. */
    public Route query(String... names) {
        return new Route(method, path, ordered(List.of(names)), bodyFields, bodyRequired, open, handler);
    }

    /** With a body that may be absent and may have these fields. */
    public Route optionalBody(String... names) {
        return new Route(method, path, query, ordered(List.of(names)), false, open, handler);
    }

    /** With a body that must be there and may have these fields. */
    public Route body(Iterable<String> names) {
        return new Route(method, path, query, ordered(names), true, open, handler);
    }

    /** For everybody, with or without a token. */
    public Route withoutToken() {
        return new Route(method, path, query, bodyFields, bodyRequired, true, handler);
    }

    /** The same route, answered by somebody else. */
    public Route answeredBy(RouteHandler other) {
        return new Route(method, path, query, bodyFields, bodyRequired, open, other);
    }

    private static Set<String> ordered(Iterable<String> names) {
        Set<String> set = new LinkedHashSet<>();
        names.forEach(set::add);
        return set;
    }
}
