package io.minerops.server.rest.form;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.Webhook;
import io.minerops.api.internal.Check;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The destination of a test message: a channel by its name, with an address where the channel has none of its own. */
public final class TestDestination {
    private TestDestination() {}

    /**
     * The destination.
     *
     * @param channel {@code email}, {@code webhook} or the name of another channel that is set up
     * @param webhook the address for channel {@code webhook}; null for any other
     * @param channels the names of the channels that are set up
     * @throws InvalidArgumentException ({@code channel}, {@code webhook_url}) if there is no such channel, or if the
     *     address is missing, or given for a channel that has its own
     */
    public static Destination of(String channel, @Nullable Webhook webhook, Collection<String> channels) {
        Set<String> accepted = new LinkedHashSet<>(List.of(Destination.EMAIL, Destination.WEBHOOK));
        accepted.addAll(channels);
        if (!accepted.contains(channel)) {
            throw new InvalidArgumentException(
                    "channel",
                    "channel must be one of " + String.join(", ", accepted) + ", not " + Check.quote(channel));
        }
        if (!channels.contains(channel) && channel.equals(Destination.EMAIL)) {
            throw new InvalidArgumentException("channel", "no mail server is set: see SMTP_SERVER and ALERT_EMAIL");
        }
        if (channel.equals(Destination.WEBHOOK)) {
            if (webhook == null) {
                throw new InvalidArgumentException("webhook_url", "webhook_url must be given for channel webhook");
            }
            return Destination.webhook(webhook);
        }
        if (webhook != null && !channel.equals(Destination.EMAIL)) {
            throw new InvalidArgumentException(
                    "webhook_url", "webhook_url must be left out for channel " + channel + ", which has its own");
        }
        return Destination.of(channel);
    }
}
