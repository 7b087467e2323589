package io.minerops.server.http;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.StoreException;
import io.minerops.api.profit.MarketException;
import io.minerops.server.access.Caller;
import io.minerops.server.access.Right;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of every request: guards, route, query and body, answer. Whatever goes wrong is answered in the envelope. */
final class Gateway extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /** The page to which those are sent who may not see another. */
    private static final String LOGIN = "/login";

    private final Router router;
    private final Access access;
    private final BrowserGuard browsers;
    private final RateLimiter rates;
    private final int maxBodyBytes;

    Gateway(Router router, Access access, BrowserGuard browsers, RateLimiter rates, int maxBodyBytes) {
        this.router = router;
        this.access = access;
        this.browsers = browsers;
        this.rates = rates;
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        ReplyWriter.SECURITY_HEADERS.forEach(response.getHeaders()::put);
        browsers.corsHeaders(request).forEach(response.getHeaders()::put);
        Reply reply;
        try {
            reply = answer(request);
        } catch (RuntimeException e) {
            reply = Reply.failure(failure(request, e));
        }
        ReplyWriter.send(request, response, callback, reply);
        return true;
    }

    private Reply answer(Request request) throws IOException {
        String path = request.getHttpURI().getPath();
        if (path == null || !path.startsWith("/")) {
            throw HttpFailure.of(400, "the request names no path");
        }
        if (!path.equals("/healthz")) {
            limitRate(request);
        }
        List<String> methods = request.getMethod().equals("OPTIONS") ? router.methods(path) : List.of();
        if (!methods.isEmpty()) {
            return browsers.preflight(request, methods);
        }
        Router.Match match = router.match(request.getMethod(), path);
        Route route = match.route();
        boolean secure = request.isSecure();
        Caller caller = access.of(request, secure);
        if (route.audience() == Route.Audience.VISITORS && caller.right() == Right.NONE) {
            return Reply.redirect(LOGIN + "?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8))
                    .with("Cache-Control", "no-store");
        }
        access.require(caller, route);
        browsers.check(request, caller, route);
        access.requireOwnPage(request, caller, route);
        Query query = RequestReader.query(request, route.query());
        Fields body = RequestReader.body(request, route, maxBodyBytes);
        Sender sender = new Sender(caller, ClientAddress.of(request), secure);
        String accept = request.getHeaders().get(HttpHeader.ACCEPT);
        return route.handler().answer(new ApiRequest(match.variables(), query, body, accept, sender));
    }

    private void limitRate(Request request) {
        Duration wait = rates.excess(ClientAddress.of(request)).orElse(null);
        if (wait != null) {
            long seconds = wait.toSeconds() + 1;
            throw HttpFailure.of(429, "too many requests; try again in " + seconds + " s")
                    .with(HttpHeader.RETRY_AFTER.asString(), Long.toString(seconds));
        }
    }

    private static HttpFailure failure(Request request, RuntimeException e) {
        if (e instanceof HttpFailure failure) {
            return failure;
        }
        if (e instanceof InvalidArgumentException invalid) {
            return HttpFailure.of(400, message(invalid), invalid.argument());
        }
        if (e instanceof MarketException) {
            return HttpFailure.of(502, message(e));
        }
        if (e instanceof HttpException http) {
            return HttpFailure.of(http.getCode(), "the request is not valid HTTP");
        }
        String id = UUID.randomUUID().toString();
        LOG.error(
                "{} {} failed, error {}",
                request.getMethod(),
                request.getHttpURI().getPath(),
                id,
                e);
        return e instanceof StoreException
                ? HttpFailure.of(503, "the database gave no answer; the server's log tells more of error " + id)
                : HttpFailure.of(500, "something went wrong here; the server's log tells more of error " + id);
    }

    private static String message(@Nullable Throwable e) {
        return e == null || e.getMessage() == null ? "not accepted" : e.getMessage();
    }
}
