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
 * @param audience for whom it is
 * @param handler who answers
 */
public record Route(
        String method,
        String path,
        Set<String> query,
        Set<String> bodyFields,
        boolean bodyRequired,
        Audience audience,
        RouteHandler handler) {

    /** For whom a route is. */
    public enum Audience {
        /** Those with a token that allows it, or a session. */
        TOKEN,
        /** The same, with a browser: who has neither is sent to where one logs in. */
        VISITORS,
        /** Everybody. */
        EVERYBODY,
        /** Everybody, to log in. */
        LOGIN
    }

    /** Reading, without parameters. */
    public static Route get(String path, RouteHandler handler) {
        return new Route("GET", path, Set.of(), Set.of(), false, Audience.TOKEN, handler);
    }

    /** Doing, without a body. */
    public static Route post(String path, RouteHandler handler) {
        return new Route("POST", path, Set.of(), Set.of(), false, Audience.TOKEN, handler);
    }

    /** Changing, with a body. */
    public static Route put(String path, RouteHandler handler) {
        return new Route("PUT", path, Set.of(), Set.of(), true, Audience.TOKEN, handler);
    }

    /** Deleting. */
    public static Route delete(String path, RouteHandler handler) {
        return new Route("DELETE", path, Set.of(), Set.of(), false, Audience.TOKEN, handler);
    }

    /** With these names allowed in the query. */
    public Route query(String... names) {
        return new Route(method, path, ordered(List.of(names)), bodyFields, bodyRequired, audience, handler);
    }

    /** With a body that may be absent and may have these fields. */
    public Route optionalBody(String... names) {
        return new Route(method, path, query, ordered(List.of(names)), false, audience, handler);
    }

    /** With a body that must be there and may have these fields. */
    public Route body(Iterable<String> names) {
        return new Route(method, path, query, ordered(names), true, audience, handler);
    }

    /** For everybody, with or without a token. */
    public Route withoutToken() {
        return new Route(method, path, query, bodyFields, bodyRequired, Audience.EVERYBODY, handler);
    }

    /** A page, which is loaded by a browser. */
    public Route asPage() {
        return new Route(method, path, query, bodyFields, bodyRequired, Audience.VISITORS, handler);
    }

    /** For everybody, to log in. */
    Route asLogin() {
        return new Route(method, path, query, bodyFields, bodyRequired, Audience.LOGIN, handler);
    }

    /** Whether no token is asked for. */
    public boolean open() {
        return audience == Audience.EVERYBODY || isLogin();
    }

    /** Whether it changes something; a backtest only reckons, although its question takes a body. */
    public boolean changes() {
        return !method.equals("GET") && !path.endsWith("/backtest");
    }

    boolean isLogin() {
        return audience == Audience.LOGIN;
    }

    /** The same route, answered by somebody else. */
    public Route answeredBy(RouteHandler other) {
        return new Route(method, path, query, bodyFields, bodyRequired, audience, other);
    }

    private static Set<String> ordered(Iterable<String> names) {
        Set<String> set = new LinkedHashSet<>();
        names.forEach(set::add);
        return set;
    }
}
