package io.minerops.server.wiring;

import io.minerops.api.alert.Destination;
import io.minerops.api.notify.Notifier;
import io.minerops.notify.mail.EmailBuilder;
import io.minerops.notify.mail.EmailNotifier;
import io.minerops.notify.webhook.WebhookNotifier;
import io.minerops.server.config.ServerConfig;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The channels that the settings name. */
public final class ChannelWiring {
    private ChannelWiring() {}

    /** Webhooks always, each named webhook, and e-mail where a server for it is set; the caller closes them. */
    public static List<Notifier> notifiers(ServerConfig config, InstantSource clock) {
        List<Notifier> notifiers = new ArrayList<>();
        notifiers.add(WebhookNotifier.builder()
                .targets(config.webhookTargets())
                .clock(clock)
                .build());
        for (ServerConfig.NamedWebhook named : config.webhookChannels()) {
            notifiers.add(WebhookNotifier.builder()
                    .channel(named.name(), named.webhook())
                    .targets(config.webhookTargets())
                    .clock(clock)
                    .build());
        }
        ServerConfig.Mail mail = config.mail();
        if (mail != null) {
            notifiers.add(mail(mail, clock));
        }
        return notifiers;
    }

    /** Recipients of unacknowledged alerts; empty for the recipients of the first message. */
    public static List<Destination> escalation(ServerConfig config) {
        return config.escalation() == null ? List.of() : List.of(Destination.webhook(config.escalation()));
    }

    private static EmailNotifier mail(ServerConfig.Mail mail, InstantSource clock) {
        EmailBuilder builder = EmailNotifier.builder()
                .host(mail.server())
                .port(mail.port())
                .security(mail.security())
                .from(mail.from())
                .to(mail.to())
                .clock(clock);
        if (mail.user() != null && mail.password() != null) {
            builder.login(mail.user(), mail.password());
        }
        return builder.build();
    }
}
