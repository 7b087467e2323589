package io.minerops.server.http;

import io.minerops.server.access.Caller;
import io.minerops.server.access.Peer;
import io.minerops.server.access.Right;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One request's way through the gateway: guards, route, query, body, answer. It holds no thread while its body comes or
 * its answer goes.
 */
final class Visit {
    /** The page to which those are sent who may not see another. */
    private static final String LOGIN = "/login";

    /** Always answered, so that whoever watches the server sees that it lives. */
    private static final String LIVENESS = "/healthz";

    private static final byte[] NO_BODY = {};

    private final Gateway gateway;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final String path;
    private Sender sender;
    private @Nullable Route route;
    private Map<String, String> variables = Map.of();
    private Query query = new Query(Map.of());
    private @Nullable String actor;

    Visit(Gateway gateway, Request request, Response response, Callback callback) {
        this.gateway = gateway;
        this.request = request;
        this.response = response;
        this.callback = callback;
        String given = request.getHttpURI().getPath();
        this.path = given == null ? "" : given;
        this.sender = new Sender(Caller.STRANGER, gateway.peers().of(request));
    }

    /** Whether it only asks; any other request may wait from its first step, since refusing one is written down. */
    boolean onlyReads() {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    /** Goes as far as it can on this thread, which must be one that may wait unless the request only reads. */
    void begin() {
        try {
            checkTarget();
            Reply early = early();
            if (early != null) {
                send(early);
                return;
            }
            Route found = admitted();
            if (found.audience() == Route.Audience.VISITORS && sender.caller().right() == Right.NONE) {
                send(toLogin());
                return;
            }
            query = RequestReader.query(request, found.query());
            if (RequestReader.takesBody(found)) {
                BodyReader.read(
                        request,
                        gateway.limits().maxBodyBytes(),
                        gateway.limits().requestTime(),
                        bytes -> answer(found, bytes),
                        this::fail);
            } else if (onlyReads()) {
                answerReading(found);
            } else {
                answer(found, NO_BODY);
            }
        } catch (RuntimeException | IOException e) {
            fail(e);
        }
    }

    private void checkTarget() {
        if (!path.startsWith("/")) {
            throw HttpFailure.of(400, "the request names no path");
        }
        String scheme = request.getHttpURI().getScheme();
        if (scheme != null && !scheme.equals("http") && !scheme.equals("https")) {
            throw HttpFailure.of(400, "the request's address must be one of http or https");
        }
        if (!path.equals(LIVENESS)) {
            gateway.rates().excess(sender.countedAs()).ifPresent(wait -> {
                throw tooMany(wait);
            });
        }
        int most = gateway.limits().maxUrlBytes();
        if (request.getHttpURI().getPathQuery().length() > most) {
            throw HttpFailure.of(414, "the path and query must have at most " + most + " bytes");
        }
    }

    private @Nullable Reply early() {
        List<String> methods =
                request.getMethod().equals("OPTIONS") ? gateway.router().methods(path) : List.of();
        return methods.isEmpty() ? null : gateway.browsers().preflight(request, methods);
    }

    /** The route, where the sender may take it or may log in for it. */
    private Route admitted() {
        Router.Match match = gateway.router().match(request.getMethod(), path);
        Route found = match.route();
        route = found;
        variables = match.variables();
        Peer peer = sender.peer();
        Caller caller = gateway.access().of(request, peer.secure());
        sender = new Sender(caller, peer);
        if (found.audience() != Route.Audience.VISITORS) {
            gateway.access().require(caller, found);
        }
        gateway.browsers().check(request, caller, found);
        gateway.access().requireOwnPage(request, caller, found);
        return found;
    }

    /** Answers at once where the answer is ready, and else on a thread that may wait. */
    private void answerReading(Route found) throws IOException {
        Reply ready = found.handler().ready(asked(found, NO_BODY));
        if (ready == null) {
            request.getComponents().getExecutor().execute(() -> answer(found, NO_BODY));
        } else {
            send(ready);
        }
    }

    private void answer(Route found, byte[] bytes) {
        if (!gateway.running().tryAcquire()) {
            fail(HttpFailure.of(503, "as many requests are being answered as may be; try again")
                    .with(HttpHeader.RETRY_AFTER.asString(), "1"));
            return;
        }
        Reply reply;
        try {
            ApiRequest asked = asked(found, bytes);
            try {
                reply = found.handler().answer(asked);
            } finally {
                actor = asked.actor();
            }
        } catch (RuntimeException | IOException e) {
            reply = Reply.failure(Failures.of(request, e));
        } finally {
            gateway.running().release();
        }
        send(reply);
    }

    private ApiRequest asked(Route found, byte[] bytes) throws IOException {
        HttpFields headers = request.getHeaders();
        Fields body = RequestReader.body(bytes, headers, found);
        return new ApiRequest(variables, query, body, headers.get(HttpHeader.ACCEPT), sender);
    }

    private void fail(Throwable e) {
        send(Reply.failure(Failures.of(request, e)));
    }

    private void send(Reply reply) {
        if (route != null && route.changes() && reply.status() != 429) {
            Caller caller = sender.caller();
            String who = actor != null || caller.token() == null
                    ? actor
                    : caller.token().name();
            gateway.changes()
                    .answered(new ChangeListener.Change(
                            who,
                            caller.session() != null,
                            request.getMethod(),
                            path,
                            reply.status(),
                            sender.peer().address().getHostAddress()));
        }
        if (!request.consumeAvailable()) {
            // what is refused before its body has come ends the connection, and its client must not use it again
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        if (reply.stream() == null || request.getMethod().equals("HEAD")) {
            ReplyWriter.send(request, response, callback, reply);
            return;
        }
        Caller caller = sender.caller();
        reply.stream()
                .accept(new EventStream(
                        request, response, callback, () -> gateway.access().stillAdmits(caller)));
    }

    private Reply toLogin() {
        return Reply.redirect(LOGIN + "?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8))
                .with("Cache-Control", "no-store");
    }

    private static HttpFailure tooMany(Duration wait) {
        long seconds = wait.toSeconds() + 1;
        return HttpFailure.of(429, "too many requests; try again in " + seconds + " s")
                .with(HttpHeader.RETRY_AFTER.asString(), Long.toString(seconds));
    }
}
