package io.minerops.api.alert;

import io.minerops.api.InvalidArgumentException;
import java.util.Optional;

/** Which webhooks may be posted to. The same policy is checked when a rule is saved. Thread-safe. */
@FunctionalInterface
public interface WebhookPolicy {
    /** Refuses none. */
    WebhookPolicy ANY = webhook -> Optional.empty();

    /**
     * Why every post to this webhook would be refused, as far as its address alone shows that; nothing is looked up.
     *
     * @return one phrase without the address; empty where it is not known to be refused
     */
    Optional<String> refusal(Webhook webhook);

    /**
     * The webhook, if it is not known to be refused.
     *
     * @throws InvalidArgumentException ({@code webhook_url}) with the reason
     */
    default Webhook checked(Webhook webhook) {
        Optional<String> refusal = refusal(webhook);
        if (refusal.isPresent()) {
            throw new InvalidArgumentException(
                    "webhook_url", "webhook_url must be an address that may be posted to, but " + refusal.get());
        }
        return webhook;
    }
}
