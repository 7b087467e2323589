package io.minerops.server.access;

import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, as far as that is known.
 *
 * @param right what the sender may do
 * @param token the token that says so; null where none is asked for, or none that is valid was shown
 * @param session the session that stands for the token; null where the token itself was sent
 */
public record Caller(
        Right right, @Nullable AccessToken token, @Nullable Session session) {
    /** Somebody who said nothing that is valid. */
    public static final Caller STRANGER = new Caller(Right.NONE, null, null);

    /** Everybody, where no token is asked for. */
    public static final Caller ANYBODY = new Caller(Right.OPERATE, null, null);

    /** The sender of a token. */
    public static Caller of(AccessToken token) {
        return new Caller(token.right(), token, null);
    }
}
