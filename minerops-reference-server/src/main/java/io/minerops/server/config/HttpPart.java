package io.minerops.server.config;

import io.minerops.api.Secret;
import io.minerops.server.access.TokenFile;
import io.minerops.server.access.TokenFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads where and for whom the server listens. */
final class HttpPart {
    private HttpPart() {}

    static HttpConfig read(SettingValues values) {
        String host = values.get(Settings.HOST);
        if (!asksForToken(values) && !values.get(HttpSettings.ALLOW_ANONYMOUS) && !Loopback.names(host)) {
            values.problem(
                    Settings.HOST,
                    "value \"" + host + "\" lets others than this machine connect, and API_TOKEN is absent",
                    "a loopback address, or API_TOKEN, or API_TOKENS_FILE, or ALLOW_ANONYMOUS=true");
        }
        return new HttpConfig(
                host,
                values.get(Settings.PORT),
                access(values),
                values.list(HttpSettings.CORS_ORIGINS),
                values.get(HttpSettings.RATE_LIMIT),
                values.get(HttpSettings.MAX_BODY));
    }

    /** Whether nobody may change anything without a token. */
    static boolean asksForToken(SettingValues values) {
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
                tokensFile(values),
                values.get(HttpSettings.SESSION_IDLE),
                values.get(HttpSettings.SESSION_LONGEST));
    }

    private static @Nullable Path tokensFile(SettingValues values) {
        Path file = values.path(HttpSettings.TOKENS_FILE);
        if (file != null) {
            try {
                TokenFile.read(file);
            } catch (TokenFileException e) {
                e.faults().forEach(fault -> values.problem(HttpSettings.TOKENS_FILE, fault));
            }
        }
        return file;
    }
}
