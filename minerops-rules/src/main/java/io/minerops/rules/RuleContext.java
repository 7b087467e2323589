package io.minerops.rules;

import io.minerops.api.alert.WebhookPolicy;
import io.minerops.api.miner.MinerAddress;
import io.minerops.core.alert.RuleTypes;
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
 */
public record RuleContext(
        RuleTypes types,
        int defaultPort,
        @Nullable Function<String, @Nullable String> environment,
        WebhookPolicy webhooks) {
    /** The types that come with the library, the port of the CGMiner API, and the environment of this process; any webhook. */
    public static RuleContext standard() {
        return new RuleContext(RuleTypes.standard(), MinerAddress.DEFAULT_PORT, System::getenv, WebhookPolicy.ANY);
    }

    /** The same with other types. */
    public RuleContext withTypes(RuleTypes other) {
        return new RuleContext(other, defaultPort, environment, webhooks);
    }

    /** The same with another default port. */
    public RuleContext withDefaultPort(int other) {
        return new RuleContext(types, other, environment, webhooks);
    }

    /** The same with another environment. */
    public RuleContext withEnvironment(Function<String, @Nullable String> other) {
        return new RuleContext(types, defaultPort, other, webhooks);
    }

    /** The same without variables. */
    public RuleContext withoutEnvironment() {
        return new RuleContext(types, defaultPort, null, webhooks);
    }

    /** The same with another policy of webhooks: that of the notifier that will post to them. */
    public RuleContext withWebhooks(WebhookPolicy other) {
        return new RuleContext(types, defaultPort, environment, other);
    }
}
