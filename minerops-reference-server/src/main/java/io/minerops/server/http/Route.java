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
 * @param effect what a request that succeeds changes
 * @param audience for whom it is
 * @param handler who answers
 */
public record Route(
        String method,
        String path,
        Set<String> query,
        Set<String> bodyFields,
        boolean bodyRequired,
        Effect effect,
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

    /** What a request that succeeds changes. */
    public enum Effect {
        /** Nothing: it is no event of the audit trail. */
        NONE,
        /** Alerts, rules or silences. */
        ALERTS,
        /** Registered miners, or a miner itself. */
        MINERS,
        /** Stored profitability. */
        PROFITABILITY,
        /** What no open page shows. */
        OTHER
    }

    /** Reading, without parameters. */
    public static Route get(String path, RouteHandler handler) {
        return new Route("GET", path, Set.of(), Set.of(), false, Effect.NONE, Audience.TOKEN, handler);
    }

    /** Doing, without a body. */
    public static Route post(String path, RouteHandler handler) {
        return new Route("POST", path, Set.of(), Set.of(), false, Effect.OTHER, Audience.TOKEN, handler);
    }

    /** Changing, with a body. */
    public static Route put(String path, RouteHandler handler) {
        return new Route("PUT", path, Set.of(), Set.of(), true, Effect.OTHER, Audience.TOKEN, handler);
    }

    /** Deleting. */
    public static Route delete(String path, RouteHandler handler) {
        return new Route("DELETE", path, Set.of(), Set.of(), false, Effect.OTHER, Audience.TOKEN, handler);
    }

    /** With these names allowed in the query. */
    public Route query(String... names) {
        return new Route(method, path, ordered(List.of(names)), bodyFields, bodyRequired, effect, audience, handler);
    }

    /** With a body that may be absent and may have these fields. */
    public Route optionalBody(String... names) {
        return new Route(method, path, query, ordered(List.of(names)), false, effect, audience, handler);
    }

    /** With a body that must be there and may have these fields. */
    public Route body(Iterable<String> names) {
        return new Route(method, path, query, ordered(names), true, effect, audience, handler);
    }

    /** With this effect. */
    public Route effect(Effect other) {
        return new Route(method, path, query, bodyFields, bodyRequired, other, audience, handler);
    }

    /** For everybody, with or without a token. */
    public Route withoutToken() {
        return new Route(method, path, query, bodyFields, bodyRequired, effect, Audience.EVERYBODY, handler);
    }

    /** A page, which is loaded by a browser. */
    public Route asPage() {
        return new Route(method, path, query, bodyFields, bodyRequired, effect, Audience.VISITORS, handler);
    }

    /** For everybody, to log in. */
    public Route asLogin() {
        return new Route(method, path, query, bodyFields, bodyRequired, effect, Audience.LOGIN, handler);
    }

    /** Whether no token is required. */
    public boolean open() {
        return audience == Audience.EVERYBODY || isLogin();
    }

    /** Whether a request that succeeds changes something. */
    public boolean changes() {
        return effect != Effect.NONE;
    }

    public boolean isLogin() {
        return audience == Audience.LOGIN;
    }

    /** The same route with another handler. */
    public Route answeredBy(RouteHandler other) {
        return new Route(method, path, query, bodyFields, bodyRequired, effect, audience, other);
    }

    private static Set<String> ordered(Iterable<String> names) {
        Set<String> set = new LinkedHashSet<>();
        names.forEach(set::add);
        return set;
    }
}
