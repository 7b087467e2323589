package io.minerops.server.http.gateway;

import io.minerops.server.access.Caller;
import io.minerops.server.access.Peer;
import io.minerops.server.access.Role;
import io.minerops.server.http.ApiRequest;
import io.minerops.server.http.Fields;
import io.minerops.server.http.HttpAnswer;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.Query;
import io.minerops.server.http.Reply;
import io.minerops.server.http.ReplyWriter;
import io.minerops.server.http.Route;
import io.minerops.server.http.Sender;
import io.minerops.server.http.guard.Access;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request's way through the gateway: guards, route, query, body, answer. It holds no thread while its body comes or
 * its answer goes.
 */
final class RequestHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

    /** The page to which those are sent who may not see another. */
    private static final String LOGIN = "/login";

    private static final String NO_STORE = "no-store";

    /** Always answered, for liveness checks. */
    private static final String LIVENESS = "/healthz";

    /** Marks the count of what pages of other origins send through a client's browser. */
    private static final String FOREIGN = " by other origins";

    private static final byte[] NO_BODY = {};

    private final Gateway gateway;
    private final Request request;
    private final HttpAnswer answer;
    private final String path;
    private Sender sender;
    private @Nullable Route route;
    private Map<String, String> variables = Map.of();
    private Query query = new Query(Map.of());
    private @Nullable String actor;

    RequestHandler(Gateway gateway, HttpAnswer answer) {
        this.gateway = gateway;
        this.request = answer.request();
        this.answer = answer;
        String given = request.getHttpURI().getPath();
        this.path = given == null ? "" : given;
        this.sender = new Sender(Caller.STRANGER, gateway.peers().of(request));
    }

    /** Whether it only reads; any other request may wait from its first step, since refusing one is written down. */
    boolean onlyReads() {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    /** Goes as far as it can on this thread, which must be one that may wait unless the request only reads. */
    void begin() {
        answering(this::start);
    }

    /**
     * Executes a step, and answers whatever it throws: what escapes on a pool's thread would end nowhere, and the client
     * would wait until its connection times out.
     */
    private void answering(Step step) {
        try {
            step.run();
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void start() throws IOException {
        checkTarget();
        Reply early = early();
        if (early != null) {
            send(early);
            return;
        }
        Route found = admitted();
        if (found.audience() == Route.Audience.VISITORS && sender.caller().right() == Role.NONE) {
            send(toLogin());
            return;
        }
        query = RequestReader.query(request, found.query());
        if (RequestReader.takesBody(found)) {
            BodyReader.read(
                    request,
                    gateway.limits().maxBodyBytes(),
                    gateway.limits().requestTime(),
                    bytes -> answering(() -> answer(found, bytes)),
                    this::fail);
        } else if (onlyReads()) {
            answerReading(found);
        } else {
            answer(found, NO_BODY);
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
            String client = sender.countedAs();
            gateway.rates()
                    .excess(gateway.browsers().isForeign(request) ? client + FOREIGN : client)
                    .ifPresent(wait -> {
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
        Reply ready = found.handler().ready(apiRequest(found, NO_BODY));
        if (ready == null) {
            request.getComponents().getExecutor().execute(() -> answering(() -> answer(found, NO_BODY)));
        } else {
            send(ready);
        }
    }

    private void answer(Route found, byte[] bytes) throws IOException {
        String client = sender.countedAs();
        if (!gateway.running().tryBegin(client)) {
            throw HttpFailure.of(503, "as many requests are being answered as may be; try again")
                    .with(HttpHeader.RETRY_AFTER.asString(), "1");
        }
        Reply reply;
        try {
            ApiRequest apiRequest = apiRequest(found, bytes);
            try {
                reply = found.handler().answer(apiRequest);
            } finally {
                actor = apiRequest.actor();
            }
        } finally {
            gateway.running().end(client);
        }
        send(reply);
    }

    private ApiRequest apiRequest(Route found, byte[] bytes) throws IOException {
        HttpFields headers = request.getHeaders();
        Fields body = RequestReader.body(bytes, headers, found);
        return new ApiRequest(variables, query, body, headers.get(HttpHeader.ACCEPT), sender);
    }

    private void fail(Throwable e) {
        Reply failure = Reply.failure(Failures.of(request, e));
        if (answer.hasBegun()) {
            answer.abort(e);
            return;
        }
        try {
            send(failure);
        } catch (Throwable again) {
            LOG.error("{} {} could not be answered", request.getMethod(), path, again);
            answer.abort(again);
        }
    }

    private void send(Reply reply) {
        if (route != null && reply.status() != 429) {
            report(route, reply.status());
        }
        if (!request.consumeAvailable()) {
            // what is refused before its body has come ends the connection, and its client must not use it again
            answer.headers().put(HttpHeader.CONNECTION, "close");
        }
        Caller caller = sender.caller();
        String cookie = Access.renewedCookie(caller, sender.secure());
        if (cookie != null && NO_STORE.equals(reply.headers().get(HttpHeader.CACHE_CONTROL))) {
            // no cache may keep it for others
            answer.headers().put(HttpHeader.SET_COOKIE, cookie);
        }
        if (reply.stream() == null || request.getMethod().equals("HEAD")) {
            ReplyWriter.send(answer, reply);
            return;
        }
        reply.stream().begin(answer, () -> gateway.access().stillAdmits(caller));
    }

    private void report(Route taken, int status) {
        Caller caller = sender.caller();
        boolean refusedToken = status == 401 && (taken.isLogin() || Access.showsToken(request));
        if (!refusedToken && !taken.changes()) {
            return;
        }
        String who =
                actor != null || caller.token() == null ? actor : caller.token().name();
        var change = new ChangeListener.Change(
                who,
                caller.session() != null,
                request.getMethod(),
                path,
                status,
                sender.peer().address().getHostAddress());
        if (refusedToken) {
            gateway.changes().refusedToken(change);
        } else {
            gateway.changes().answered(change);
        }
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

    /** A part of the way, which may fail in any way. */
    private interface Step {
        void run() throws IOException;
    }
}
