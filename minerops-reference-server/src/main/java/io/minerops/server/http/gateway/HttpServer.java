package io.minerops.server.http.gateway;

import io.minerops.server.access.FileFault;
import io.minerops.server.access.TrustedProxies;
import io.minerops.server.config.HttpConfig;
import io.minerops.server.http.HttpAnswer;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.Peers;
import io.minerops.server.http.Reply;
import io.minerops.server.http.ReplyWriter;
import io.minerops.server.http.Route;
import io.minerops.server.http.guard.Access;
import io.minerops.server.http.guard.BrowserGuard;
import io.minerops.server.http.guard.ConnectionsPerClient;
import io.minerops.server.http.guard.OwnNames;
import io.minerops.server.http.guard.RateLimiter;
import io.minerops.server.http.guard.SlowConnections;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Listens and answers by its routes, with bounded threads, queues, headers and waiting. */
public final class HttpServer implements AutoCloseable {
    /** Threads beside those that answer: they take bytes in, send them out and say no. */
    private static final int MORE_THREADS = 16;

    private static final int MIN_THREADS = 4;

    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

    /** How long browsers that came by TLS come by TLS only (RFC 6797). */
    private static final Duration STRICT_TRANSPORT = Duration.ofDays(180);

    /** How long running requests may take to end when the server stops. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final Server jetty;
    private final ServerConnector connector;
    private final @Nullable TlsCertificate certificate;
    private final List<Route> routes;

    private HttpServer(
            Server jetty, ServerConnector connector, @Nullable TlsCertificate certificate, Collection<Route> routes) {
        this.jetty = jetty;
        this.connector = connector;
        this.certificate = certificate;
        this.routes = List.copyOf(routes);
    }

    /**
     * Starts to listen.
     *
     * @param config where and for whom
     * @param access who may do what
     * @param routes what is answered
     * @param changes hears of requests that change something
     * @param certificateFault is given what is wrong with renewed files of the certificate
     * @param nanoTime a clock that never steps back, for the rate limit, ns
     * @throws UncheckedIOException where the address cannot be listened on
     */
    public static HttpServer start(
            HttpConfig config,
            Access access,
            Collection<Route> routes,
            ChangeListener changes,
            FileFault certificateFault,
            LongSupplier nanoTime) {
        HttpConfig.Limits limits = config.limits();
        QueuedThreadPool threads = new QueuedThreadPool(
                limits.maxConcurrentRequests() + MORE_THREADS, MIN_THREADS, (int) IDLE_TIMEOUT.toMillis());
        threads.setName("http");
        Server jetty = new Server(threads);
        jetty.setStopTimeout(STOP_TIMEOUT.toMillis());
        jetty.setErrorHandler(new EnvelopeErrors());

        TlsCertificate certificate =
                config.tls() == null ? null : TlsCertificate.watching(config.tls(), certificateFault);
        ServerConnector connector = connector(jetty, certificate, limits);
        connector.setHost(config.host());
        connector.setPort(config.port());
        connector.setIdleTimeout(IDLE_TIMEOUT.toMillis());
        jetty.addConnector(connector);
        jetty.addBean(new NetworkConnectionLimit(limits.maxConnections(), connector));
        TrustedProxies proxies = new TrustedProxies(config.trustedProxies());
        connector.addBean(new ConnectionsPerClient(limits.maxConnectionsPerClient(), proxies));
        connector.addBean(new SlowConnections(limits.requestTime(), nanoTime, connector.getScheduler()));

        Gateway gateway = new Gateway(
                new Router(routes),
                access,
                new BrowserGuard(config.corsOrigins(), access.anonymous(), OwnNames.of(config, access.anonymous())),
                new RateLimiter(limits.requestsPerMinute(), nanoTime),
                new Peers(proxies),
                changes,
                limits);
        jetty.setHandler(new GracefulHandler(gateway));
        HttpServer server = new HttpServer(jetty, connector, certificate, routes);
        server.startJetty(config);
        return server;
    }

    private static ServerConnector connector(
            Server jetty, @Nullable TlsCertificate certificate, HttpConfig.Limits limits) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(limits.maxHeaderBytes());
        http.setRelativeRedirectAllowed(true);
        http.setHttpCompliance(HttpCompliance.STRICT);
        HttpConnectionFactory factory = new HttpConnectionFactory(http);
        if (certificate == null) {
            return new ServerConnector(jetty, 1, 1, factory);
        }
        // by whatever name or address it was reached: the client checks the certificate, and BrowserGuard the name
        http.addCustomizer(new SecureRequestCustomizer(false, false, STRICT_TRANSPORT.toSeconds(), false));
        return new ServerConnector(
                jetty, 1, 1, new SslConnectionFactory(certificate.factory(), factory.getProtocol()), factory);
    }

    /** Where it listens. */
    public URI uri() {
        String host = connector.getHost();
        String shown = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        return URI.create((certificate == null ? "http://" : "https://") + shown + ":" + connector.getLocalPort());
    }

    /** What is answered. */
    public List<Route> routes() {
        return routes;
    }

    /** Takes no more requests, lets running ones end within their time, and stops; safe to call twice. */
    @Override
    public void close() {
        if (certificate != null) {
            certificate.close();
        }
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
            throw new UncheckedIOException(
                    "cannot listen on " + config.host() + " port " + config.port() + " (" + reason(e)
                            + "): MINEROPS_PORT chooses another port, MINEROPS_HOST another address",
                    e);
        } catch (Exception e) {
            close();
            throw new IllegalStateException("the HTTP server could not be started", e);
        }
    }

    /** What the operating system said, such as that the address is in use: the last of the causes. */
    private static String reason(Throwable failure) {
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last.getMessage() == null
                ? last.getClass().getSimpleName()
                : last.getMessage().toLowerCase(Locale.ROOT);
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
            // what Jetty cannot do and says so with 501 or 505 is the sender's fault here
            boolean own = code >= 500 && code != 501 && code != 505;
            HttpFailure failure = own
                    ? HttpFailure.of(code, "the server cannot answer now")
                    : HttpFailure.of(code < 500 ? code : 400, refusal(code));
            ReplyWriter.send(new HttpAnswer(request, response, callback), Reply.failure(failure));
        }

        private static String refusal(int code) {
            return switch (code) {
                case 413 -> "the body is too large";
                case 414 -> "the path and query are too long";
                case 431 -> "the headers are too long";
                case 505 -> "only HTTP/1.1 and HTTP/1.0 are spoken here";
                default -> "the request is not valid HTTP";
            };
        }
    }
}
