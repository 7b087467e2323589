package io.minerops.server.http;

import io.minerops.server.config.HttpConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Listens and answers by its routes, with bounded threads, queues, headers and waiting. */
public final class HttpServer implements AutoCloseable {
    /** The most threads that answer requests. */
    private static final int MAX_THREADS = 32;

    private static final int MIN_THREADS = 4;

    /** The most connections; each has at most one request that waits for a thread. */
    private static final int MAX_CONNECTIONS = 1_024;

    /** The most bytes of a request's line and headers. */
    private static final int MAX_HEADER_BYTES = 16 * 1024;

    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

    /** How long running requests may take to end when the server stops. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final Server jetty;
    private final ServerConnector connector;

    private HttpServer(Server jetty, ServerConnector connector) {
        this.jetty = jetty;
        this.connector = connector;
    }

    /**
     * Starts to listen.
     *
     * @param config where and for whom
     * @param access who may do what
     * @param routes what is answered
     * @param nanoTime a clock that never steps back, for the rate limit, ns
     * @throws UncheckedIOException where the address cannot be listened on
     */
    public static HttpServer start(HttpConfig config, Access access, Collection<Route> routes, LongSupplier nanoTime) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS, (int) IDLE_TIMEOUT.toMillis());
        threads.setName("http");
        Server jetty = new Server(threads);
        jetty.setStopTimeout(STOP_TIMEOUT.toMillis());
        jetty.setErrorHandler(new EnvelopeErrors());

        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(MAX_HEADER_BYTES);
        http.setRelativeRedirectAllowed(true);
        ServerConnector connector = new ServerConnector(jetty, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        jetty.addConnector(connector);
        jetty.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));

        Gateway gateway = new Gateway(
                new Router(routes),
                access,
                new BrowserGuard(config.corsOrigins(), access.anonymous(), config.host()),
                new RateLimiter(config.requestsPerMinute(), nanoTime),
                config.maxBodyBytes());
        Handler.Wrapper graceful = new GracefulHandler(gateway);
        jetty.setHandler(graceful);
        HttpServer server = new HttpServer(jetty, connector);
        server.startJetty(config);
        return server;
    }

    /** Where it listens. */
    public URI uri() {
        String host = connector.getHost();
        String shown = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        return URI.create("http://" + shown + ":" + connector.getLocalPort());
    }

    /** Takes no more requests, lets running ones end within their time, and stops; safe to call twice. */
    @Override
    public void close() {
        try {
            jetty.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server could not be stopped", e);
        }
    }

    private void startJetty(HttpConfig config) {
        try {
            jetty.start();
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("cannot listen on " + config.host() + " port " + config.port(), e);
        } catch (Exception e) {
            close();
            throw new IllegalStateException("the HTTP server could not be started", e);
        }
    }

    /** Answers what Jetty itself refuses, such as a request that is not valid HTTP, in the envelope too. */
    private static final class EnvelopeErrors extends ErrorHandler {
        @Override
        protected void generateResponse(
                Request request,
                Response response,
                int code,
                @Nullable String message,
                @Nullable Throwable cause,
                Callback callback) {
            ReplyWriter.SECURITY_HEADERS.forEach(response.getHeaders()::put);
            String error = code >= 500 ? "the server cannot answer now" : "the request is not valid HTTP";
            ReplyWriter.send(request, response, callback, Reply.failure(HttpFailure.of(code, error)));
        }
    }
}
