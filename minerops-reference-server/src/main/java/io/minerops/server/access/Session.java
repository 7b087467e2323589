package io.minerops.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A browser that showed a token once, until it logs out, is silent for too long, or the token is taken away. */
public final class Session {
    private final String key;
    private final AccessToken token;
    private final String csrfToken;
    private final long begunNanos;
    private long seenNanos;

    Session(String key, AccessToken token, String csrfToken, long nowNanos) {
        this.key = key;
        this.token = token;
        this.csrfToken = csrfToken;
        this.begunNanos = nowNanos;
        this.seenNanos = nowNanos;
    }

    /** What a page of this server knows and a page of another cannot: it goes along with each change. */
    public String csrfToken() {
        return csrfToken;
    }

    /** Whether the text is the token that goes along with changes; compared in constant time. */
    public boolean knows(String said) {
        return MessageDigest.isEqual(csrfToken.getBytes(StandardCharsets.UTF_8), said.getBytes(StandardCharsets.UTF_8));
    }

    /** The token that it began with. */
    AccessToken token() {
        return token;
    }

    String key() {
        return key;
    }

    long begunNanos() {
        return begunNanos;
    }

    long seenNanos() {
        return seenNanos;
    }

    void seen(long nowNanos) {
        seenNanos = nowNanos;
    }

    @Override
    public String toString() {
        return "session of " + token.name();
    }
}
