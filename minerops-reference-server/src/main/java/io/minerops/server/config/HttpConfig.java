package io.minerops.server.config;

import io.minerops.api.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where and for whom the server listens.
 *
 * @param host the address to listen on
 * @param port the port, 0 for any that is free
 * @param access who may do what
 * @param corsOrigins origins whose pages may call from a browser
 * @param requestsPerMinute per client address; 0 for any number
 * @param maxBodyBytes the largest body that is read
 */
public record HttpConfig(
        String host, int port, Access access, List<String> corsOrigins, int requestsPerMinute, int maxBodyBytes) {

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
}
