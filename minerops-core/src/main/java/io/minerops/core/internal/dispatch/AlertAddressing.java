package io.minerops.core.internal.dispatch;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.Destination;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The destinations of an alert: e-mail and the webhook where the rule chooses them, and of the other channels those that
 * the rule names, or all where it names none. A channel that is not set up gets nothing.
 */
public final class AlertAddressing {
    private final Set<String> channels;
    private final List<Destination> escalation;

    /**
     * The addressing for these channels.
     *
     * @param channels the channels that are wired
     * @param escalation recipients of unacknowledged alerts; empty for the recipients of the first message
     */
    public AlertAddressing(Collection<String> channels, Collection<Destination> escalation) {
        this.channels = new TreeSet<>(channels);
        this.escalation = List.copyOf(escalation);
    }

    /** Where a step of an escalation of a rule's alert goes. */
    public List<Destination> escalation(AlertRule rule) {
        return escalation.isEmpty()
                ? destinations(rule)
                : escalation.stream()
                        .filter(reported -> channels.contains(reported.channel()))
                        .toList();
    }

    /** Where the alerts of a rule go. */
    public List<Destination> destinations(AlertRule rule) {
        List<Destination> reported = new ArrayList<>();
        for (String channel : channels) {
            if (channel.equals(Destination.WEBHOOK)) {
                if (rule.notifyWebhook() && rule.webhook() != null) {
                    reported.add(Destination.webhook(rule.webhook()));
                }
            } else if (chooses(rule, channel)) {
                reported.add(Destination.of(channel));
            }
        }
        return reported;
    }

    private static boolean chooses(AlertRule rule, String channel) {
        boolean unnamed = channel.equals(Destination.EMAIL)
                ? rule.notifyEmail()
                : rule.channels().isEmpty();
        return unnamed || rule.channels().contains(channel);
    }
}
