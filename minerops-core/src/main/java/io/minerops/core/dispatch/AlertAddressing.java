package io.minerops.core.dispatch;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.Destination;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is told of an alert: e-mail and the webhook where the rule asks for them, and every other channel that is wired.
 * A channel that is not wired is told nothing.
 */
public final class AlertAddressing {
    private final Set<String> channels;

    /** The addressing for these channels. */
    public AlertAddressing(Collection<String> channels) {
        this.channels = new TreeSet<>(channels);
    }

    /** Where the alerts of a rule go. */
    public List<Destination> destinations(AlertRule rule) {
        List<Destination> told = new ArrayList<>();
        for (String channel : channels) {
            if (channel.equals(Destination.WEBHOOK)) {
                if (rule.notifyWebhook() && rule.webhook() != null) {
                    told.add(Destination.webhook(rule.webhook()));
                }
            } else if (!channel.equals(Destination.EMAIL) || rule.notifyEmail()) {
                told.add(Destination.of(channel));
            }
        }
        return told;
    }
}
