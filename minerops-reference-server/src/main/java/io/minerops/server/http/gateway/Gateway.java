package io.minerops.server.http.gateway;

import io.minerops.server.config.HttpConfig;
import io.minerops.server.http.HttpAnswer;
import io.minerops.server.http.Peers;
import io.minerops.server.http.ReplyWriter;
import io.minerops.server.http.guard.Access;
import io.minerops.server.http.guard.BrowserGuard;
import io.minerops.server.http.guard.RateLimiter;
import io.minerops.server.http.guard.RunningRequests;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What every request passes; each goes its way as a {@link RequestHandler}. Whatever goes wrong is answered in the envelope. */
final class Gateway extends Handler.Abstract {
    private final Router router;
    private final Access access;
    private final BrowserGuard browsers;
    private final RateLimiter rates;
    private final Peers peers;
    private final ChangeListener changes;
    private final HttpConfig.Limits limits;
    private final RunningRequests running;

    /** Takes requests in on the thread that reads them from the network, and hands on what is to wait. */
    Gateway(
            Router router,
            Access access,
            BrowserGuard browsers,
            RateLimiter rates,
            Peers peers,
            ChangeListener changes,
            HttpConfig.Limits limits) {
        super(InvocationType.NON_BLOCKING);
        this.router = router;
        this.access = access;
        this.browsers = browsers;
        this.rates = rates;
        this.peers = peers;
        this.changes = changes;
        this.limits = limits;
        this.running = new RunningRequests(limits.maxConcurrentRequests(), limits.maxConcurrentRequestsPerClient());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().add(ReplyWriter.SECURITY_HEADERS);
        browsers.corsHeaders(request).forEach(response.getHeaders()::put);
        RequestHandler visit = new RequestHandler(this, new HttpAnswer(request, response, callback));
        if (visit.onlyReads()) {
            visit.begin();
        } else {
            request.getComponents().getExecutor().execute(visit::begin);
        }
        return true;
    }

    Router router() {
        return router;
    }

    Access access() {
        return access;
    }

    BrowserGuard browsers() {
        return browsers;
    }

    RateLimiter rates() {
        return rates;
    }

    Peers peers() {
        return peers;
    }

    ChangeListener changes() {
        return changes;
    }

    HttpConfig.Limits limits() {
        return limits;
    }

    RunningRequests running() {
        return running;
    }
}
