package io.minerops.server.config;

import io.minerops.api.Secret;
import io.minerops.server.access.AccessToken;
import io.minerops.server.access.TokenFile;
import io.minerops.server.access.TokenFileException;
import io.minerops.server.tls.PemException;
import io.minerops.server.tls.PemFiles;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads where and for whom the server listens. */
final class HttpPart {
    private HttpPart() {}

    static HttpConfig read(SettingValues values) {
        String host = values.get(Settings.HOST);
        if (!requestsToken(values) && !values.get(HttpSettings.ALLOW_ANONYMOUS) && !Loopback.names(host)) {
            values.problem(
                    Settings.HOST,
                    "value \"" + host + "\" lets others than this machine connect, and API_TOKEN is absent",
                    "a loopback address, or API_TOKEN, or API_TOKENS_FILE, or ALLOW_ANONYMOUS=true");
        }
        return new HttpConfig(
                host,
                values.get(Settings.PORT),
                tls(values),
                access(values),
                values.list(HttpSettings.TRUSTED_PROXIES),
                values.list(HttpSettings.CORS_ORIGINS),
                values.list(HttpSettings.ALLOWED_HOSTS),
                new HttpConfig.Limits(
                        values.get(HttpSettings.RATE_LIMIT),
                        values.get(HttpSettings.MAX_BODY),
                        values.get(HttpSettings.MAX_HEADER),
                        values.get(HttpSettings.MAX_URL),
                        values.get(HttpSettings.REQUEST_TIMEOUT),
                        values.get(HttpSettings.MAX_CONNECTIONS),
                        values.get(HttpSettings.MAX_CONNECTIONS_PER_CLIENT),
                        values.get(HttpSettings.MAX_CONCURRENT),
                        values.get(HttpSettings.MAX_CONCURRENT_PER_CLIENT)));
    }

    /** Whether all changes require a token. */
    static boolean requestsToken(SettingValues values) {
        return values.says(HttpSettings.TOKEN) || values.says(HttpSettings.TOKENS_FILE);
    }

    private static HttpConfig.Access access(SettingValues values) {
        Secret token = values.find(HttpSettings.TOKEN);
        Secret readToken = values.find(HttpSettings.READ_TOKEN);
        if (token != null && readToken != null && token.equals(readToken)) {
            values.problem(HttpSettings.READ_TOKEN, "is the same as API_TOKEN", "another token, or none");
        }
        return new HttpConfig.Access(
                token,
                readToken,
                tokensFile(values, token, readToken),
                values.get(HttpSettings.SESSION_IDLE),
                values.get(HttpSettings.MAX_SESSION));
    }

    private static @Nullable Path tokensFile(SettingValues values, @Nullable Secret token, @Nullable Secret readToken) {
        Path file = values.path(HttpSettings.TOKENS_FILE);
        if (file != null) {
            try {
                List<AccessToken> named = TokenFile.read(file);
                refuseRepeated(values, file, named, HttpSettings.TOKEN, token);
                refuseRepeated(values, file, named, HttpSettings.READ_TOKEN, readToken);
            } catch (TokenFileException e) {
                e.faults().forEach(fault -> values.problem(HttpSettings.TOKENS_FILE, fault));
            }
        }
        return file;
    }

    /** One token under two names would make the trail of changes name the wrong one. */
    private static void refuseRepeated(
            SettingValues values, Path file, List<AccessToken> named, Setting<Secret> setting, @Nullable Secret token) {
        if (token != null) {
            named.stream()
                    .filter(other -> other.is(token))
                    .forEach(other -> values.problem(
                            HttpSettings.TOKENS_FILE,
                            file + " holds the token of " + setting.name() + " too, as " + other.name(),
                            "another token there"));
        }
    }

    private static HttpConfig.@Nullable Tls tls(SettingValues values) {
        Path certificate = values.path(HttpSettings.TLS_CERT);
        Path key = values.path(HttpSettings.TLS_KEY);
        if (certificate == null || key == null) {
            if (values.says(HttpSettings.TLS_CERT) != values.says(HttpSettings.TLS_KEY)) {
                values.problem(
                        HttpSettings.TLS_CERT, "needs TLS_KEY_FILE, and TLS_KEY_FILE needs it", "both, or neither");
            }
            return null;
        }
        try {
            PemFiles.read(certificate, key, new char[0]);
        } catch (PemException e) {
            values.problem(HttpSettings.TLS_CERT, String.valueOf(e.getMessage()));
        }
        return new HttpConfig.Tls(certificate, key);
    }
}
