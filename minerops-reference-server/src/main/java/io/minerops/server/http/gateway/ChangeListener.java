package io.minerops.server.http.gateway;

import org.jspecify.annotations.Nullable;

/** Hears of every request that would change something, before it is answered. */
@FunctionalInterface
public interface ChangeListener {
    /** A request is about to be answered; must not throw. */
    void answered(Change change);

    /** A request, of any method, is about to be refused since its token is not accepted; must not throw. */
    default void refusedToken(Change request) {
        answered(request);
    }

    /**
     * A request that changed something, or was to.
     *
     * @param who the name of the token; null where none that is valid came with it
     * @param session whether it came with a session that began with that token
     * @param method the HTTP method
     * @param path the path as it was sent, without its query
     * @param status the HTTP status of the answer
     * @param from the client's address
     */
    record Change(@Nullable String who, boolean session, String method, String path, int status, String from) {}
}
