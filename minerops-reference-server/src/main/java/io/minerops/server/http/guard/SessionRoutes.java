package io.minerops.server.http.guard;

import io.minerops.server.access.AccessToken;
import io.minerops.server.access.Caller;
import io.minerops.server.access.Session;
import io.minerops.server.access.Sessions;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.Fields;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/** Logging in with a token, logging out, and who one is. */
public final class SessionRoutes {
    /** Where sessions begin and end. */
    static final String PATH = "/api/session";

    /** The most tokens that are not accepted from one client in a minute. */
    static final int FAILURES_PER_MINUTE = 10;

    private final Access access;
    private final RateLimiter failures;

    private SessionRoutes(Access access, LongSupplier nanoTime) {
        this.access = access;
        this.failures = new RateLimiter(FAILURES_PER_MINUTE, nanoTime);
    }

    /**
     * The routes.
     *
     * @param access who may do what
     * @param nanoTime a clock that never steps back, ns
     */
    public static List<Route> of(Access access, LongSupplier nanoTime) {
        SessionRoutes routes = new SessionRoutes(access, nanoTime);
        return List.of(
                Route.get(PATH, routes::announce).withoutToken(),
                Route.post(PATH, routes::begin).body(List.of("token")).asLogin(),
                Route.delete(PATH, routes::end).withoutToken());
    }

    private Reply announce(ApiRequest request) {
        return Reply.json(view(request.sender().caller()));
    }

    private Reply begin(ApiRequest request) {
        if (access.anonymous()) {
            throw HttpFailure.of(409, "this server requires no token");
        }
        Fields body = request.body();
        body.require("token");
        String said = body.text("token");
        body.check();
        String client = request.sender().countedAs();
        failures.wait(client).ifPresent(wait -> {
            throw tooMany(wait);
        });
        Optional<AccessToken> token = access.token(said == null ? "" : said.strip());
        if (token.isEmpty()) {
            failures.excess(client);
            throw HttpFailure.of(401, "this token is not accepted", "token");
        }
        Session before = request.sender().caller().session();
        if (before != null) {
            access.sessions().close(before);
        }
        request.loggedInAs(token.get().name());
        Sessions.Opened opened = access.sessions().open(token.get());
        return Reply.json(view(new Caller(token.get().right(), token.get(), opened.session())))
                .with(
                        "Set-Cookie",
                        SessionCookie.set(opened.secret(), request.sender().secure()));
    }

    private Reply end(ApiRequest request) {
        Session session = request.sender().caller().session();
        if (session == null) {
            throw HttpFailure.notFound("there is no session to end");
        }
        access.sessions().close(session);
        return Reply.json(JsonObject.ok())
                .with("Set-Cookie", SessionCookie.remove(request.sender().secure()));
    }

    private JsonObject view(Caller caller) {
        AccessToken token = caller.token();
        @Nullable Session session = caller.session();
        return JsonObject.ok()
                .flag("token_required", !access.anonymous())
                .text("name", token == null ? null : token.name())
                .text("right", caller.right().name().toLowerCase(Locale.ROOT))
                .text("csrf_token", session == null ? null : session.csrfToken());
    }

    private static HttpFailure tooMany(Duration wait) {
        long seconds = wait.toSeconds() + 1;
        return HttpFailure.of(429, "too many tokens that are not accepted; try again in " + seconds + " s")
                .with(HttpHeader.RETRY_AFTER.asString(), Long.toString(seconds));
    }
}
