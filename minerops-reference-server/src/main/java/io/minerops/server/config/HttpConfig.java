package io.minerops.server.config;

import io.minerops.api.Secret;
import io.minerops.api.internal.IpNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where and for whom the server listens.
 *
 * @param host the address to listen on
 * @param port the port, 0 for any that is free
 * @param tls the files of its certificate; null where it listens without TLS
 * @param access who may do what
 * @param trustedProxies whose word counts on who sent a request
 * @param corsOrigins origins whose pages may call from a browser
 * @param allowedHosts further host names under which clients may reach the server
 * @param limits how much at a time
 */
public record HttpConfig(
        String host,
        int port,
        @Nullable Tls tls,
        Access access,
        List<IpNetwork> trustedProxies,
        List<String> corsOrigins,
        List<String> allowedHosts,
        Limits limits) {

    /**
     * Who may do what; where there are no tokens at all, everybody may do all.
     *
     * @param token may do all; null for none
     * @param readToken may read; null for none
     * @param tokensFile tokens with names; null for none
     * @param sessionIdle how long a browser's session lasts without a request
     * @param sessionLongest how long it lasts at all
     */
    public record Access(
            @Nullable Secret token,
            @Nullable Secret readToken,
            @Nullable Path tokensFile,
            Duration sessionIdle,
            Duration sessionLongest) {}

    /**
     * The files of the certificate, PEM.
     *
     * @param certificate the server's own, then those that lead to its root
     * @param key its key, PKCS#8
     */
    public record Tls(Path certificate, Path key) {}

    /**
     * How much at a time.
     *
     * @param requestsPerMinute per client address; 0 for any number
     * @param maxBodyBytes the largest body that is read
     * @param maxHeaderBytes the longest request line with headers
     * @param maxUrlBytes the longest path with query
     * @param requestTime how long the headers may take to arrive, and how long the body
     * @param maxConnections how many connections; more wait until one is closed
     * @param maxConnectionsPerClient how many of them one client address may have; more are closed
     * @param maxConcurrentRequests how many requests are answered at a time; more are refused
     * @param maxConcurrentRequestsPerClient how many of them one client address may have
     */
    public record Limits(
            int requestsPerMinute,
            int maxBodyBytes,
            int maxHeaderBytes,
            int maxUrlBytes,
            Duration requestTime,
            int maxConnections,
            int maxConnectionsPerClient,
            int maxConcurrentRequests,
            int maxConcurrentRequestsPerClient) {}
}
