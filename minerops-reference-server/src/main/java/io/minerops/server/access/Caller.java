package io.minerops.server.access;

import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, as far as that is known.
 *
 * @param right what the sender may do
 * @param token the token; null if none is required or no valid one was sent
 * @param session the session that stands for the token; null where the token itself was sent
 */
public record Caller(
        Role right, @Nullable AccessToken token, @Nullable Session session) {
    /** A client without valid credentials. */
    public static final Caller STRANGER = new Caller(Role.NONE, null, null);

    /** Any client, without required tokens. */
    public static final Caller ANYBODY = new Caller(Role.OPERATE, null, null);

    /** The sender of a token. */
    public static Caller of(AccessToken token) {
        return new Caller(token.right(), token, null);
    }
}
