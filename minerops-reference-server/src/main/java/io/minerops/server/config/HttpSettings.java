package io.minerops.server.config;

import static io.minerops.server.config.Kinds.addressRange;
import static io.minerops.server.config.Kinds.bearerToken;
import static io.minerops.server.config.Kinds.flag;
import static io.minerops.server.config.Kinds.hostName;
import static io.minerops.server.config.Kinds.list;
import static io.minerops.server.config.Kinds.origin;
import static io.minerops.server.config.Kinds.seconds;
import static io.minerops.server.config.Kinds.sessionMinutes;
import static io.minerops.server.config.Kinds.text;
import static io.minerops.server.config.Kinds.wholeNumber;
import static io.minerops.server.config.Setting.setting;

import io.minerops.api.Secret;
import io.minerops.server.access.AddressRange;
import java.time.Duration;
import java.util.List;

/** The settings of who may come in and how much at a time; {@link Settings} lists them among the others. */
final class HttpSettings {
    static final Setting<String> TLS_CERT = setting(
            "TLS_CERT_FILE",
            null,
            "certificates, PEM, the server's own first; then it listens by HTTPS, and takes renewed files by itself",
            text("the path of a PEM file"));
    static final Setting<String> TLS_KEY = setting(
            "TLS_KEY_FILE",
            null,
            "the certificate's key, PEM, PKCS#8, RSA or EC",
            text("the path of a PEM file that others cannot read"));
    static final Setting<List<AddressRange>> TRUSTED_PROXIES = setting(
            "TRUSTED_PROXIES",
            null,
            "CIDRs of proxies whose X-Forwarded-For, X-Forwarded-Proto and Forwarded are believed",
            list(addressRange()));
    static final Setting<Secret> TOKEN = setting(
                    "API_TOKEN", null, "bearer token that may do all, 24 characters or more", bearerToken())
            .asSecret();
    static final Setting<Secret> READ_TOKEN = setting(
                    "API_READ_TOKEN", null, "bearer token that may only read, 24 characters or more", bearerToken())
            .asSecret();
    static final Setting<String> TOKENS_FILE = setting(
            "API_TOKENS_FILE",
            null,
            "lines of read NAME TOKEN or operate NAME TOKEN, read again when it changes",
            text("the path of a file that others cannot read"));
    static final Setting<Duration> SESSION_IDLE = setting(
            "SESSION_IDLE_MINUTES",
            "60",
            "minutes without a request after which a browser's session ends",
            sessionMinutes());
    static final Setting<Duration> SESSION_LONGEST =
            setting("SESSION_MAX_MINUTES", "720", "minutes after which it ends in any case", sessionMinutes());
    static final Setting<Boolean> ALLOW_ANONYMOUS =
            setting("ALLOW_ANONYMOUS", "false", "start without API_TOKEN although others can connect", flag());
    static final Setting<List<String>> CORS_ORIGINS =
            setting("CORS_ORIGINS", null, "origins whose pages may call, comma-separated", list(origin()));
    static final Setting<Integer> RATE_LIMIT = setting(
            "RATE_LIMIT_PER_MINUTE", "600", "requests per client address; 0 for any number", wholeNumber(0, 1_000_000));
    static final Setting<Integer> MAX_BODY =
            setting("MAX_BODY_BYTES", "65536", "largest request body, bytes", wholeNumber(256, 16 * 1024 * 1024));
    static final Setting<Integer> MAX_HEADER = setting(
            "MAX_HEADER_BYTES", "16384", "longest request line with headers, bytes", wholeNumber(1_024, 1024 * 1024));
    static final Setting<Integer> MAX_URL =
            setting("MAX_URL_BYTES", "8192", "longest path with query, bytes", wholeNumber(256, 1024 * 1024));
    static final Setting<Duration> REQUEST_TIMEOUT = setting(
            "REQUEST_TIMEOUT", "20", "seconds that a request's headers, and its body, may take to arrive", seconds());
    static final Setting<Integer> MAX_CONNECTIONS = setting(
            "MAX_CONNECTIONS", "1024", "connections at a time; more wait until one is closed", wholeNumber(8, 100_000));
    static final Setting<Integer> MAX_CONCURRENT = setting(
            "MAX_CONCURRENT_REQUESTS",
            "64",
            "requests that are answered at a time; more are answered 503",
            wholeNumber(1, 1_000));

    static final Setting<List<String>> ALLOWED_HOSTS = setting(
            "ALLOWED_HOSTS",
            null,
            "host names of this server beside localhost and MINEROPS_HOST; without API_TOKEN requests to others get"
                    + " 403",
            list(hostName()));
    static final Setting<Integer> MAX_CONNECTIONS_PER_CLIENT = setting(
            "MAX_CONNECTIONS_PER_CLIENT",
            "768",
            "connections at a time of one client address; more are closed",
            wholeNumber(1, 100_000));
    static final Setting<Integer> MAX_CONCURRENT_PER_CLIENT = setting(
            "MAX_CONCURRENT_REQUESTS_PER_CLIENT",
            "48",
            "requests of one client address that are answered at a time; more are answered 503",
            wholeNumber(1, 1_000));

    private HttpSettings() {}
}
