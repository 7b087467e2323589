package io.minerops.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A browser that showed a token once, until it logs out, is silent for too long, or the token is taken away. */
public final class Session {
    private final String key;
    private final AccessToken token;
    private final String csrfToken;
    private final long begunNanos;
    private final @Nullable String renewed;
    private long seenNanos;

    Session(
            String key,
            AccessToken token,
            String csrfToken,
            long begunNanos,
            long seenNanos,
            @Nullable String renewed) {
        this.key = key;
        this.token = token;
        this.csrfToken = csrfToken;
        this.begunNanos = begunNanos;
        this.seenNanos = seenNanos;
        this.renewed = renewed;
    }

    /** What a page of this server knows and a page of another cannot: it goes along with each change. */
    public String csrfToken() {
        return csrfToken;
    }

    /** Whether the text is the token that goes along with changes; compared in constant time. */
    public boolean knows(String said) {
        return MessageDigest.isEqual(csrfToken.getBytes(StandardCharsets.UTF_8), said.getBytes(StandardCharsets.UTF_8));
    }

    /** What the browser's cookie is to say from now on; null where that does not change. */
    public @Nullable String renewed() {
        return renewed;
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
