package io.minerops.server.remotewrite;

import io.minerops.api.Secret;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where samples are sent.
 *
 * @param url the receiver, http or https, such as {@code https://prometheus.example.com/api/v1/write}
 * @param user the user of HTTP basic authentication, whose password is the token; null for a bearer token
 * @param token the token or password; null where the receiver needs none
 */
public record RemoteWriteTarget(
        URI url, @Nullable String user, @Nullable Secret token) {
    /** The receiver's host, for messages: its URL can hold a key. */
    String host() {
        return String.valueOf(url.getHost());
    }

    void authorise(HttpRequest.Builder request) {
        if (token == null) {
            return;
        }
        String value = user == null
                ? "Bearer " + token.reveal()
                : "Basic "
                        + Base64.getEncoder()
                                .encodeToString((user + ":" + token.reveal()).getBytes(StandardCharsets.UTF_8));
        request.header("Authorization", value);
    }

    @Override
    public String toString() {
        return "RemoteWriteTarget[" + host() + "]";
    }
}
