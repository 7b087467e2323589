package io.minerops.server.http;

import io.minerops.api.Secret;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what, by bearer token (RFC 6750): one that may do all and one that may only read. Where neither is set,
 * everybody may do all.
 */
final class Access {
    private static final String SCHEME = "Bearer ";

    private final @Nullable Secret token;
    private final @Nullable Secret readToken;

    Access(@Nullable Secret token, @Nullable Secret readToken) {
        this.token = token;
        this.readToken = readToken;
    }

    /** Whether no token is asked for at all. */
    boolean anonymous() {
        return token == null && readToken == null;
    }

    /** What the sender of a request may do. */
    Right of(Request request) {
        if (anonymous()) {
            return Right.ALL;
        }
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Right.NONE;
        }
        String said = header.substring(SCHEME.length()).strip();
        boolean all = token != null && token.matches(said);
        boolean read = readToken != null && readToken.matches(said);
        return all ? Right.ALL : read ? Right.READ : Right.NONE;
    }

    /**
     * Goes on where the right is enough for the route.
     *
     * @throws HttpFailure 401 without a valid token, 403 where it may only read
     */
    void require(Right right, Route route) {
        if (route.open() || right == Right.ALL) {
            return;
        }
        if (right == Right.NONE) {
            throw HttpFailure.of(401, "a valid token is required: send Authorization: Bearer <token>")
                    .with("WWW-Authenticate", "Bearer realm=\"minerops\"");
        }
        if (!route.method().equals("GET")) {
            throw HttpFailure.of(403, "this token may only read")
                    .with("WWW-Authenticate", "Bearer realm=\"minerops\", error=\"insufficient_scope\"");
        }
    }

    /** What somebody may do. */
    enum Right {
        NONE,
        READ,
        ALL
    }
}
