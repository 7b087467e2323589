package io.minerops.server.http.guard;

import io.minerops.api.HealthContributor;
import io.minerops.server.access.AccessToken;
import io.minerops.server.access.AccessTokens;
import io.minerops.server.access.Caller;
import io.minerops.server.access.LocalSessions;
import io.minerops.server.access.Role;
import io.minerops.server.access.Session;
import io.minerops.server.access.Sessions;
import io.minerops.server.access.SignedSessions;
import io.minerops.server.config.HttpConfig;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what: by bearer token (RFC 6750), or by the session that a browser began with one. Where there are no tokens,
 * everybody may do all.
 */
public final class Access {
    /** The header in which a page shows that it is one of this server. */
    static final String CSRF_HEADER = "X-CSRF-Token";

    private static final String SCHEME = "Bearer ";

    private final AccessTokens tokens;
    private final Sessions sessions;

    private Access(AccessTokens tokens, Sessions sessions) {
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /**
     * Access as the settings say.
     *
     * @param nanoTime a clock that never steps back, ns
     * @throws io.minerops.server.access.TokenFileException if the file of tokens cannot be used
     */
    public static Access of(HttpConfig.Access config, LongSupplier nanoTime) {
        List<AccessToken> fixed = new ArrayList<>();
        if (config.token() != null) {
            fixed.add(AccessToken.of("API_TOKEN", Role.OPERATE, config.token()));
        }
        if (config.readToken() != null) {
            fixed.add(AccessToken.of("API_READ_TOKEN", Role.READ, config.readToken()));
        }
        AccessTokens tokens = AccessTokens.of(fixed, config.tokensFile(), nanoTime);
        return new Access(tokens, new LocalSessions(tokens, config.sessionIdle(), config.sessionLongest(), nanoTime));
    }

    /**
     * Access as the settings say, with sessions that each server with the same tokens knows.
     *
     * @param nanoTime a clock that never steps back, ns
     * @throws io.minerops.server.access.TokenFileException if the file of tokens cannot be used
     */
    public static Access shared(HttpConfig.Access config, LongSupplier nanoTime) {
        AccessTokens tokens = of(config, nanoTime).tokens;
        return new Access(
                tokens,
                new SignedSessions(tokens, config.sessionIdle(), config.sessionLongest(), System::currentTimeMillis));
    }

    /** The file of tokens as a component of readiness. */
    public HealthContributor health() {
        return tokens;
    }

    /** Whether no token is required at all. */
    public boolean anonymous() {
        return tokens.none();
    }

    /** The token of that text. */
    Optional<AccessToken> token(String text) {
        return tokens.find(text);
    }

    Sessions sessions() {
        return sessions;
    }

    /** Who sent a request; a token counts for more than a session. */
    public Caller of(Request request, boolean secure) {
        if (anonymous()) {
            return Caller.ANYBODY;
        }
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (header == null) {
            return SessionCookie.read(request, secure).flatMap(sessions::find).orElse(Caller.STRANGER);
        }
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? token(header.substring(SCHEME.length()).strip())
                        .map(Caller::of)
                        .orElse(Caller.STRANGER)
                : Caller.STRANGER;
    }

    /** The header value that renews the caller's cookie; null where it stays as it is. */
    public static @Nullable String renewedCookie(Caller caller, boolean secure) {
        Session session = caller.session();
        String renewed = session == null ? null : session.renewed();
        return renewed == null ? null : SessionCookie.set(renewed, secure);
    }

    /** Whether a request shows a token, valid or not. */
    public static boolean showsToken(Request request) {
        return request.getHeaders().contains(HttpHeader.AUTHORIZATION);
    }

    /** Whether a caller who was let in before would be now: a token may have been taken away since, or a session ended. */
    public boolean stillAdmits(Caller caller) {
        if (caller.session() != null) {
            return sessions.goesOn(caller.session());
        }
        return caller.token() == null
                ? anonymous()
                : tokens.renewed(caller.token()).isPresent();
    }

    /**
     * Goes on where the caller's right is enough for the route.
     *
     * @throws HttpFailure 401 without a valid token, 403 where it may only read
     */
    public void require(Caller caller, Route route) {
        if (route.open() || caller.right() == Role.OPERATE) {
            return;
        }
        if (caller.right() == Role.NONE) {
            throw HttpFailure.of(401, "a valid token is required: send Authorization: Bearer <token>")
                    .with("WWW-Authenticate", "Bearer realm=\"minerops\"");
        }
        if (!route.method().equals("GET")) {
            throw HttpFailure.of(403, "this token may only read")
                    .with("WWW-Authenticate", "Bearer realm=\"minerops\", error=\"insufficient_scope\"");
        }
    }

    /**
     * Goes on where a change comes with a token, or with a session and from a page that knows it. Logging in is let
     * through: it takes a token, and has nothing to do with the session before.
     *
     * @throws HttpFailure 403 where a browser may have been talked into it
     */
    public void requireOwnPage(Request request, Caller caller, Route route) {
        Session session = caller.session();
        if (session == null || route.method().equals("GET") || route.isLogin()) {
            return;
        }
        String said = request.getHeaders().get(CSRF_HEADER);
        if (said == null || !session.knows(said)) {
            throw HttpFailure.of(
                    403,
                    "a change with a session takes the header " + CSRF_HEADER + ", whose value GET "
                            + SessionRoutes.PATH + " tells",
                    CSRF_HEADER);
        }
    }
}
