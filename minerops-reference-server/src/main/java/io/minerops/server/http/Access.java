package io.minerops.server.http;

import io.minerops.server.access.AccessTokens;
import io.minerops.server.access.Caller;
import io.minerops.server.access.Right;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Who may do what, by bearer token (RFC 6750). Where there are no tokens, everybody may do all. */
final class Access {
    private static final String SCHEME = "Bearer ";

    private final AccessTokens tokens;

    Access(AccessTokens tokens) {
        this.tokens = tokens;
    }

    /** Whether no token is asked for at all. */
    boolean anonymous() {
        return tokens.none();
    }

    /** Who sent a request. */
    Caller of(Request request) {
        if (anonymous()) {
            return Caller.ANYBODY;
        }
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Caller.STRANGER;
        }
        return tokens.find(header.substring(SCHEME.length()).strip())
                .map(Caller::of)
                .orElse(Caller.STRANGER);
    }

    /**
     * Goes on where the caller's right is enough for the route.
     *
     * @throws HttpFailure 401 without a valid token, 403 where it may only read
     */
    void require(Caller caller, Route route) {
        if (route.open() || caller.right() == Right.OPERATE) {
            return;
        }
        if (caller.right() == Right.NONE) {
            throw HttpFailure.of(401, "a valid token is required: send Authorization: Bearer <token>")
                    .with("WWW-Authenticate", "Bearer realm=\"minerops\"");
        }
        if (!route.method().equals("GET")) {
            throw HttpFailure.of(403, "this token may only read")
                    .with("WWW-Authenticate", "Bearer realm=\"minerops\", error=\"insufficient_scope\"");
        }
    }
}
