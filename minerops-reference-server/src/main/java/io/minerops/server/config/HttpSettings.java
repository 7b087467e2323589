package io.minerops.server.config;

import static io.minerops.server.config.Setting.setting;
import static io.minerops.server.config.SettingTypes.bearerToken;
import static io.minerops.server.config.SettingTypes.flag;
import static io.minerops.server.config.SettingTypes.hostName;
import static io.minerops.server.config.SettingTypes.list;
import static io.minerops.server.config.SettingTypes.network;
import static io.minerops.server.config.SettingTypes.origin;
import static io.minerops.server.config.SettingTypes.seconds;
import static io.minerops.server.config.SettingTypes.sessionMinutes;
import static io.minerops.server.config.SettingTypes.text;
import static io.minerops.server.config.SettingTypes.wholeNumber;

import io.minerops.api.Secret;
import io.minerops.api.internal.IpNetwork;
import java.time.Duration;
import java.util.List;

/** The settings of access and limits of the HTTP server; {@link Settings} lists them with the others. */
final class HttpSettings {
    static final Setting<String> TLS_CERT = setting(
            "TLS_CERT_FILE",
            null,
            "PEM certificate chain, the server's own first; enables HTTPS; renewed files are loaded automatically",
            text("the path of a PEM file"));
    static final Setting<String> TLS_KEY = setting(
            "TLS_KEY_FILE",
            null,
            "PEM key of the certificate: PKCS#8, RSA or EC",
            text("the path of a PEM file that others cannot read"));
    static final Setting<List<IpNetwork>> TRUSTED_PROXIES = setting(
            "TRUSTED_PROXIES",
            null,
            "proxies whose X-Forwarded-For, X-Forwarded-Proto and Forwarded headers are trusted",
            list(network()));
    static final Setting<Secret> TOKEN = setting("API_TOKEN", null, "bearer token with full access", bearerToken())
            .asSecret();
    static final Setting<Secret> READ_TOKEN = setting(
                    "API_READ_TOKEN", null, "bearer token with read access", bearerToken())
            .asSecret();
    static final Setting<String> TOKENS_FILE = setting(
            "API_TOKENS_FILE",
            null,
            "file with lines of read NAME TOKEN or operate NAME TOKEN; reloaded when it changes",
            text("the path of a file that others cannot read"));
    static final Setting<Duration> SESSION_IDLE =
            setting("SESSION_IDLE_MINUTES", "60", "idle timeout of a browser session, minutes", sessionMinutes());
    static final Setting<Duration> MAX_SESSION =
            setting("SESSION_MAX_MINUTES", "720", "maximum length of a browser session, minutes", sessionMinutes());
    static final Setting<Boolean> ALLOW_ANONYMOUS =
            setting("ALLOW_ANONYMOUS", "false", "allow remote access without a token", flag());
    static final Setting<List<String>> CORS_ORIGINS =
            setting("CORS_ORIGINS", null, "web origins that may call the REST API", list(origin()));
    static final Setting<Integer> RATE_LIMIT = setting(
            "RATE_LIMIT_PER_MINUTE",
            "600",
            "requests per minute and client address; 0: unlimited",
            wholeNumber(0, 1_000_000));
    static final Setting<Integer> MAX_BODY =
            setting("MAX_BODY_BYTES", "65536", "maximum request body, bytes", wholeNumber(256, 16 * 1024 * 1024));
    static final Setting<Integer> MAX_HEADER = setting(
            "MAX_HEADER_BYTES",
            "16384",
            "maximum request line and headers, bytes; larger requests get 431",
            wholeNumber(1_024, 1024 * 1024));
    static final Setting<Integer> MAX_URL = setting(
            "MAX_URL_BYTES",
            "8192",
            "maximum path and query, bytes; longer ones get 414",
            wholeNumber(256, 1024 * 1024));
    static final Setting<Duration> REQUEST_TIMEOUT = setting(
            "REQUEST_TIMEOUT",
            "20",
            "timeout for receiving the headers, and then the body, of a request, seconds",
            seconds());
    static final Setting<Integer> MAX_CONNECTIONS = setting(
            "MAX_CONNECTIONS", "1024", "open connections; more wait until one is closed", wholeNumber(8, 100_000));
    static final Setting<Integer> MAX_CONCURRENT =
            setting("MAX_CONCURRENT_REQUESTS", "64", "concurrent requests; more get 503", wholeNumber(1, 1_000));

    static final Setting<List<String>> ALLOWED_HOSTS = setting(
            "ALLOWED_HOSTS",
            null,
            "host names of this server, besides localhost and MINEROPS_HOST; without tokens, other host names get"
                    + " 403 (addresses are always accepted)",
            list(hostName()));
    static final Setting<Integer> MAX_CONNECTIONS_PER_CLIENT = setting(
            "MAX_CONNECTIONS_PER_CLIENT",
            "768",
            "open connections per client address; more are closed",
            wholeNumber(1, 100_000));
    static final Setting<Integer> MAX_CONCURRENT_PER_CLIENT = setting(
            "MAX_CONCURRENT_REQUESTS_PER_CLIENT",
            "48",
            "concurrent requests per client address; more get 503",
            wholeNumber(1, 1_000));

    private HttpSettings() {}
}
