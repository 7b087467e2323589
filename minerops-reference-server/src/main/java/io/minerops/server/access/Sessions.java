package io.minerops.server.access;

import java.util.Optional;

/** The sessions that browsers began with a token. Thread-safe. */
public sealed interface Sessions permits LocalSessions, SignedSessions {
    /** A session that begins. */
    Opened open(AccessToken token);

    /** The caller of a cookie; none without a live session. */
    Optional<Caller> find(String secret);

    /** Whether a session goes on, which the check does not prolong. */
    boolean goesOn(Session session);

    /** Ends a session. */
    void close(Session session);

    /**
     * A session that has just begun.
     *
     * @param session the session
     * @param secret what the browser's cookie says
     */
    record Opened(Session session, String secret) {
        @Override
        public String toString() {
            return session.toString();
        }
    }
}
