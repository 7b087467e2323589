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
import java.util.Optional;

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
            notifiers.add(mail(mail, mail.to(), clock));
        }
        return notifiers;
    }

    /** The mail of statements; empty where they are not mailed. The caller closes it. */
    public static Optional<Notifier> statements(ServerConfig config, InstantSource clock) {
        ServerConfig.Mail mail = config.mail();
        List<String> to = config.statements().mailTo();
        return mail == null || to.isEmpty() ? Optional.empty() : Optional.of(mail(mail, to, clock));
    }

    /** Recipients of unacknowledged alerts; empty for the recipients of the first message. */
    public static List<Destination> escalation(ServerConfig config) {
        return config.escalation() == null ? List.of() : List.of(Destination.webhook(config.escalation()));
    }

    private static EmailNotifier mail(ServerConfig.Mail mail, List<String> to, InstantSource clock) {
        EmailBuilder builder = EmailNotifier.builder()
                .host(mail.server())
                .port(mail.port())
                .security(mail.security())
                .from(mail.from())
                .to(to)
                .clock(clock);
        if (mail.user() != null && mail.password() != null) {
            builder.login(mail.user(), mail.password());
        }
        return builder.build();
    }
}
