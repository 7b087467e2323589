package io.minerops.notify.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.notify.Delivery;
import io.minerops.notify.internal.PlainText;
import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a service answered.
 *
 * @param status the status code
 * @param retryAfter the header of that name (RFC 9110, 10.2.3); null where there is none
 * @param body the beginning of the body
 */
record WebhookAnswer(int status, @Nullable String retryAfter, String body) {
    /** The longest wait that is obeyed. */
    static final Duration MAX_WAIT = Duration.ofHours(1);

    /** The most characters of a reply that a reason repeats. */
    static final int MAX_REPEATED = 200;

    /** Shorter parts of an address are ordinary words, not secrets. */
    private static final int SHORTEST_SECRET = 6;

    private static final int MAX_READ = 4_096;
    private static final double MILLIS = 1_000;
    private static final JsonFactory JSON = new JsonFactory();

    /** Whether the service has accepted the message, which the status alone decides. */
    static boolean accepted(int status) {
        return status >= 200 && status < 300;
    }

    /** How the attempt ended. */
    Delivery delivery(Webhook webhook, Instant now) {
        if (accepted(status)) {
            return new Delivery.Sent(null);
        } else if (status == 408 || status == 425 || status == 429 || status >= 500) {
            return new Delivery.RetryAfter(wait(webhook.format(), now), reason(webhook, ""));
        } else if (status == 410) {
            return new Delivery.Failed(reason(webhook, " (gone)"));
        } else if (status >= 300 && status < 400) {
            return new Delivery.Failed(reason(webhook, ", a redirect, which is not followed"));
        }
        return new Delivery.Failed(reason(webhook, ""));
    }

    private String reason(Webhook webhook, String meaning) {
        String said = PlainText.line(withoutSecrets(PlainText.cut(body, MAX_READ), webhook), MAX_REPEATED);
        return webhook.masked() + " answered " + status + meaning + (said.isEmpty() ? "" : ": " + said);
    }

    /** Services may echo the request; the URL must not appear in messages that way. */
    private static String withoutSecrets(String text, Webhook webhook) {
        String shown = text.replace(webhook.url().reveal(), "***");
        URI uri = webhook.uri();
        String[] parts = (uri.getRawPath() + "&" + uri.getPath() + "&" + uri.getRawQuery() + "&" + uri.getQuery())
                .split("[/&=]");
        for (String part : Arrays.stream(parts)
                .filter(part -> part.length() >= SHORTEST_SECRET)
                .toList()) {
            shown = shown.replace(part, "***");
        }
        return shown;
    }

    private @Nullable Duration wait(WebhookFormat format, Instant now) {
        Duration requestedWait = format == WebhookFormat.DISCORD ? discordWait() : null;
        if (requestedWait == null && retryAfter != null) {
            requestedWait = headerWait(retryAfter.trim(), now);
        }
        if (requestedWait == null) {
            return null;
        }
        return requestedWait.isNegative()
                ? Duration.ZERO
                : requestedWait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : requestedWait;
    }

    private static @Nullable Duration headerWait(String value, Instant now) {
        if (value.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            return seconds(Double.parseDouble(value));
        }
        try {
            return Duration.between(
                    now,
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeException unreadable) {
            // a wait that cannot be read is one that was not given
            return null;
        }
    }

    /** Discord says it in the body, with fractions: {@code {"message": …, "retry_after": 0.65, "global": false}}. */
    private @Nullable Duration discordWait() {
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean wait = parser.currentName().equals("retry_after");
                JsonToken value = parser.nextToken();
                if (wait && value != null && value.isNumeric()) {
                    return seconds(parser.getDoubleValue());
                }
                parser.skipChildren();
            }
            return null;
        } catch (IOException unreadable) {
            // then the header counts
            return null;
        }
    }

    private static Duration seconds(double seconds) {
        double bounded = Math.min(Math.max(seconds, 0), (double) MAX_WAIT.toSeconds());
        return Duration.ofMillis((long) Math.ceil(bounded * MILLIS));
    }
}
