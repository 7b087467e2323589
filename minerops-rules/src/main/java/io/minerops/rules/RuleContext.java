package io.minerops.rules;

import io.minerops.api.alert.WebhookPolicy;
import io.minerops.api.miner.MinerAddress;
import io.minerops.core.alert.RuleTypes;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What rules are read with.
 *
 * @param types the types of rules that are known
 * @param defaultPort the port of a miner whose address has none
 * @param environment gives the value of a variable that a {@code webhook_url} names, or null where it is not set; null
 *     where a document, such as the body of a request, must not name one
 * @param webhooks which webhooks rules may name
 * @param channels the channels that rules may name; null where any name is accepted
 */
public record RuleContext(
        RuleTypes types,
        int defaultPort,
        @Nullable Function<String, @Nullable String> environment,
        WebhookPolicy webhooks,
        @Nullable Collection<String> channels) {
    public RuleContext {
        channels = channels == null ? null : List.copyOf(channels);
    }

    /** The types that come with the library, the port of the CGMiner API, and the environment of this process; any webhook, any channel. */
    public static RuleContext standard() {
        return new RuleContext(
                RuleTypes.standard(), MinerAddress.DEFAULT_PORT, System::getenv, WebhookPolicy.ANY, null);
    }

    /** The same with other types. */
    public RuleContext withTypes(RuleTypes other) {
        return new RuleContext(other, defaultPort, environment, webhooks, channels);
    }

    /** The same with another default port. */
    public RuleContext withDefaultPort(int other) {
        return new RuleContext(types, other, environment, webhooks, channels);
    }

    /** The same with another environment. */
    public RuleContext withEnvironment(Function<String, @Nullable String> other) {
        return new RuleContext(types, defaultPort, other, webhooks, channels);
    }

    /** The same without variables. */
    public RuleContext withoutEnvironment() {
        return new RuleContext(types, defaultPort, null, webhooks, channels);
    }

    /** The same with another policy of webhooks: that of the notifier that will post to them. */
    public RuleContext withWebhooks(WebhookPolicy other) {
        return new RuleContext(types, defaultPort, environment, other, channels);
    }

    /** The same where rules may name these channels and no others: those of the notifiers that will deliver. */
    public RuleContext withChannels(Collection<String> other) {
        return new RuleContext(types, defaultPort, environment, webhooks, other);
    }
}
