package io.minerops.api.alert;

import io.minerops.api.internal.Check;
import io.minerops.api.notify.Notifier;
import org.jspecify.annotations.Nullable;

/**
 * Where a message goes.
 *
 * @param channel the {@link Notifier#channel()} that carries it, 1 to 32 characters
 * @param webhook the address, for a channel that posts to the rule's own; null where the channel knows its own
 */
public record Destination(String channel, @Nullable Webhook webhook) {
    /** The channel of e-mail. */
    public static final String EMAIL = "email";

    /** The channel of webhooks. */
    public static final String WEBHOOK = "webhook";

    /** The most characters of a channel's name. */
    static final int MAX_CHANNEL_LENGTH = 32;

    public Destination {
        Check.text("channel", channel, MAX_CHANNEL_LENGTH);
    }

    /** Mail, to the recipients that the channel was set up with. */
    public static Destination email() {
        return new Destination(EMAIL, null);
    }

    /** A post to that webhook. */
    public static Destination webhook(Webhook webhook) {
        return new Destination(WEBHOOK, webhook);
    }

    /** A channel that knows its own recipients. */
    public static Destination of(String channel) {
        return new Destination(channel, null);
    }

    /** The destination with the secret part of its address hidden. */
    @Override
    public String toString() {
        return webhook == null ? channel : channel + " " + webhook.masked();
    }
}
