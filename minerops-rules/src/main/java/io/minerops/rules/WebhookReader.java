package io.minerops.rules;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the webhook of a rule: its address, which may stand in the environment, and the format of what is posted. */
final class WebhookReader {
    static final Map<String, WebhookFormat> WEBHOOK_FORMATS =
            RuleReader.byKey(List.of(WebhookFormat.values()), WebhookFormat::key);

    /** The form of a {@code webhook_url} that stands in the environment. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private WebhookReader() {}

    /**
     * The webhook of a rule with what the document says of it.
     *
     * @param before the webhook of the rule that is changed; null where it has none, or is new
     * @return null where the rule has none
     */
    static @Nullable Webhook read(DocumentFields fields, RuleContext context, @Nullable Webhook before) {
        WebhookFormat[] format = {before == null ? WebhookFormat.GENERIC : before.format()};
        fields.optionalChoice("webhook_format", WEBHOOK_FORMATS, given -> format[0] = given);
        Webhook[] webhook = {before == null ? null : new Webhook(before.url(), format[0])};
        fields.optionalText(
                "webhook_url", url -> webhook[0] = url == null ? null : address(context, before, url, format[0]));
        if (webhook[0] == null && format[0] != WebhookFormat.GENERIC && !fields.hasValue("webhook_url")) {
            fields.problem("webhook_format", "webhook_format means nothing without webhook_url; give both or neither");
        }
        return webhook[0];
    }

    private static Webhook address(RuleContext context, @Nullable Webhook before, String url, WebhookFormat format) {
        if (before != null && before.masked().equals(url)) {
            return new Webhook(before.url(), format);
        }
        Matcher variable = VARIABLE.matcher(url);
        Function<String, @Nullable String> environment = context.environment();
        if (environment == null || !variable.matches()) {
            if (url.contains("${") || url.strip().endsWith("/***")) {
                throw new InvalidArgumentException(
                        "webhook_url",
                        "webhook_url must be a whole address"
                                + (environment == null
                                        ? ", not one with its secret part hidden or in a variable"
                                        : ", or ${NAME} for one in the environment"));
            }
            return context.webhooks().checked(Webhook.of(url, format));
        }
        String name = variable.group(1);
        String value = environment.apply(name);
        if (value == null || value.isBlank()) {
            throw new InvalidArgumentException(
                    "webhook_url", "webhook_url names the environment variable " + name + ", which is not set");
        }
        try {
            return context.webhooks().checked(Webhook.of(value, format));
        } catch (InvalidArgumentException e) {
            throw new InvalidArgumentException("webhook_url", e.getMessage() + " (in the variable " + name + ")");
        }
    }
}
