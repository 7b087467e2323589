package io.minerops.core.market;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import io.minerops.api.internal.Check;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a market source.
 *
 * @param baseUrl the http or https address in front of the source's own paths (a proxy, a mirror, a test), without user,
 *     query or fragment; null for the public host
 * @param key the key of the service, 1 to {@value #MAX_KEY_CHARACTERS} visible ASCII characters; null for none
 * @param clock for the time of fetching and the next permitted request
 * @param timeout the longest that one question may take, connecting included, above 0
 * @param maxReplyBytes the longest reply that is read, bytes, 1 to 16 MiB
 * @param httpClient sends the requests and is never closed here; null for one of the source's own. With a key it must follow
 *     no redirects, so that the key reaches no other host
 */
public record MarketAccess(
        @Nullable URI baseUrl,
        @Nullable Secret key,
        InstantSource clock,
        Duration timeout,
        int maxReplyBytes,
        @Nullable HttpClient httpClient) {
    /** Default timeout of one query. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    /** Default maximum response, bytes; true ones are below 10 KiB. */
    public static final int DEFAULT_MAX_REPLY_BYTES = 256 * 1024;

    /** The longest key, characters. */
    public static final int MAX_KEY_CHARACTERS = 512;

    public MarketAccess {
        if (baseUrl != null) {
            checkBase(baseUrl);
        }
        if (key != null && !sendable(key.reveal())) {
            // the value stays out of the message
            throw new InvalidArgumentException(
                    "key", "key must be 1 to " + MAX_KEY_CHARACTERS + " visible ASCII characters without blanks");
        }
        if (key != null && httpClient != null && httpClient.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new InvalidArgumentException(
                    "httpClient",
                    "httpClient must follow no redirects (Redirect.NEVER) beside a key, not "
                            + httpClient.followRedirects());
        }
        Objects.requireNonNull(clock, "clock");
        Check.positive("timeout", timeout);
        Check.between("max_reply_bytes", maxReplyBytes, 1, 16 * 1024 * 1024);
    }

    /** The public host, without a key, with the system's clock and the default limits. */
    public static MarketAccess publicHost() {
        return new MarketAccess(null, null, InstantSource.system(), DEFAULT_TIMEOUT, DEFAULT_MAX_REPLY_BYTES, null);
    }

    /** The same at another base URL; null for the public host. */
    public MarketAccess withBaseUrl(@Nullable URI value) {
        return new MarketAccess(value, key, clock, timeout, maxReplyBytes, httpClient);
    }

    /** The same with a key; null for none. */
    public MarketAccess withKey(@Nullable Secret value) {
        return new MarketAccess(baseUrl, value, clock, timeout, maxReplyBytes, httpClient);
    }

    /** The same with another clock. */
    public MarketAccess withClock(InstantSource value) {
        return new MarketAccess(baseUrl, key, value, timeout, maxReplyBytes, httpClient);
    }

    /** The same with another limit of time. */
    public MarketAccess withTimeout(Duration value) {
        return new MarketAccess(baseUrl, key, clock, value, maxReplyBytes, httpClient);
    }

    /** The same with another limit of length. */
    public MarketAccess withMaxReplyBytes(int value) {
        return new MarketAccess(baseUrl, key, clock, timeout, value, httpClient);
    }

    /** The same with another HTTP client; null for one of the source's own. */
    public MarketAccess withHttpClient(@Nullable HttpClient value) {
        return new MarketAccess(baseUrl, key, clock, timeout, maxReplyBytes, value);
    }

    private static void checkBase(URI url) {
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!http
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || url.getRawFragment() != null) {
            // the text instead of a host may be a password
            throw new InvalidArgumentException(
                    "base_url",
                    "base_url must be an http or https URL with a host and without user, query or fragment");
        }
    }

    private static boolean sendable(String key) {
        return !key.isEmpty()
                && key.length() <= MAX_KEY_CHARACTERS
                && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
