package io.minerops.notify.webhook;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Secret;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.internal.Check;
import io.minerops.api.notify.Delivery;
import io.minerops.api.notify.Notification;
import io.minerops.api.notify.Notifier;
import io.minerops.notify.internal.DashboardLink;
import io.minerops.notify.internal.Message;
import io.minerops.notify.internal.MessageWriter;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts messages to webhooks: plain JSON, Slack, Discord, and Microsoft Teams by way of a Workflow. Any 2xx is
 * delivered as soon as its status is read; 408, 425, 429 and 5xx, and whatever keeps the service from answering, are passing; every other answer is
 * final, redirects among them. Which hosts may be reached is up to {@link WebhookTargets}.
 *
 * <p>The plain JSON, version 1, at most 64 KiB: {@code version} (1), {@code id} (the idempotency key), {@code event}
 * ({@code firing}, {@code reminder}, {@code resolved} or {@code test}), {@code at} (ISO 8601 in UTC), {@code title} and
 * {@code text} (for people), {@code dashboard_url} (or null), {@code count} (of alerts), {@code counts_by_type},
 * {@code alerts} (highest severity first; each {@code id, rule_id, rule_name, miner, alert_type, severity, status, message,
 * details, created_at, acknowledged_at, acknowledged_by, resolved_at, resolution_note}, and
 * {@code cost_usd}, what it has cost so far, where that is known) and {@code omitted} (how many alerts did not fit). Its headers are those of Standard Webhooks: {@code webhook-id}, {@code webhook-timestamp}
 * (seconds), and with a signing secret {@code webhook-signature}; besides {@code Idempotency-Key}.
 *
 * <p>Thread-safe. Deliveries that are under way when it is closed end as to be tried again.
 */
public final class WebhookNotifier implements Notifier {
    private static final Logger log = LoggerFactory.getLogger(WebhookNotifier.class);

    private final MessageWriter writer;
    private final WebhookPoster poster;

    private final String channel;
    private final @Nullable Webhook own;

    private WebhookNotifier(Builder builder) {
        channel = builder.channel;
        own = builder.own;
        writer = new MessageWriter(builder.dashboard, builder.maxMiners);
        WebhookSignature signature = builder.signingSecret == null ? null : new WebhookSignature(builder.signingSecret);
        poster = new WebhookPoster(
                new WebhookPoster.Limits(builder.connectTimeout, builder.timeout, builder.maxUnderWay),
                builder.targets,
                signature,
                builder.clock,
                builder.resolver);
    }

    /** A notifier that reaches public hosts over https, and signs nothing. */
    public static WebhookNotifier create() {
        return builder().build();
    }

    /** Starts a notifier that reaches public hosts over https, and signs nothing. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@value Destination#WEBHOOK}, or the name that was given. */
    @Override
    public String channel() {
        return channel;
    }

    @Override
    public CompletionStage<Delivery> deliver(Notification notification) {
        Webhook webhook = own != null ? own : notification.destination().webhook();
        if (webhook == null) {
            return CompletableFuture.completedFuture(
                    new Delivery.Failed("the message names no webhook to be posted to"));
        }
        byte[] body;
        try {
            Message message = writer.write(notification);
            body = WebhookBody.bytes(WebhookBody.in(webhook.format()).of(notification, message));
        } catch (RuntimeException fault) {
            log.error("post {} could not be composed", notification.key(), fault);
            return CompletableFuture.completedFuture(Delivery.NotComposed.because(fault));
        }
        return poster.post(webhook, notification.key(), body);
    }

    @Override
    public void close() {
        poster.close();
    }

    @Override
    public String toString() {
        return "WebhookNotifier[" + poster + "]";
    }

    /** Collects the settings; not thread-safe. */
    public static final class Builder {
        private static final Duration MAX_TIMEOUT = Duration.ofMinutes(5);

        private String channel = Destination.WEBHOOK;
        private @Nullable Webhook own;
        private WebhookTargets targets = WebhookTargets.publicOnly();
        private @Nullable Secret signingSecret;
        private @Nullable URI dashboard;
        private int maxMiners = MessageWriter.DEFAULT_MINERS;
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration timeout = Duration.ofSeconds(20);
        private int maxUnderWay = 256;
        private InstantSource clock = InstantSource.system();
        private HostResolver resolver = HostResolver.SYSTEM;

        private Builder() {}

        /**
         * Makes this a channel of its own that rules can name: every message is posted to this webhook. Default: the
         * channel {@value Destination#WEBHOOK}, which posts to the webhook of each rule.
         *
         * @param name 1 to 32 characters, neither {@value Destination#EMAIL} nor {@value Destination#WEBHOOK}
         * @throws InvalidArgumentException ({@code channel}) if the name is not accepted
         */
        public Builder channel(String name, Webhook webhook) {
            if (name.equals(Destination.WEBHOOK) || name.equals(Destination.EMAIL)) {
                throw new InvalidArgumentException(
                        "channel", "channel must be a name of its own, not " + Check.quote(name));
            }
            channel = Destination.of(name).channel();
            own = webhook;
            return this;
        }

        /** Which hosts may be reached; the public ones over https unless set. */
        public Builder targets(WebhookTargets value) {
            targets = value;
            return this;
        }

        /**
         * What posts in {@link WebhookFormat#GENERIC} are signed with: {@code whsec_} and Base64, or any text of at
         * least 16 bytes. Null, as unless set, signs nothing.
         */
        public Builder signingSecret(@Nullable Secret value) {
            signingSecret = value;
            return this;
        }

        /** The page that messages link to, http or https; null, as unless set, for no link. */
        public Builder dashboard(@Nullable URI value) {
            dashboard = DashboardLink.checked(value);
            return this;
        }

        /** The most alerts of a group that are named one by one, 1 to 40; 20 unless set. */
        public Builder maxMiners(int value) {
            maxMiners = Check.between("most_miners", value, 1, 40);
            return this;
        }

        /** How long a connection may take, at most 5 min; 5 s unless set. */
        public Builder connectTimeout(Duration value) {
            connectTimeout = limited("connect_timeout", value);
            return this;
        }

        /** How long an attempt may take in all, at most 5 min; 20 s unless set. */
        public Builder timeout(Duration value) {
            timeout = limited("timeout", value);
            return this;
        }

        /** The most posts at a time, 1 to 1,000; 256 unless set. More get {@code Delivery.RetryAfter}. */
        public Builder maxUnderWay(int value) {
            maxUnderWay = Check.between("most_under_way", value, 1, 1_000);
            return this;
        }

        /** Where signatures and waits take the time from; the system's clock unless set. */
        public Builder clock(InstantSource value) {
            clock = value;
            return this;
        }

        Builder resolver(HostResolver value) {
            resolver = value;
            return this;
        }

        /**
         * The notifier.
         *
         * @throws InvalidArgumentException if the signing secret is too short or not Base64
         */
        public WebhookNotifier build() {
            return new WebhookNotifier(this);
        }

        private static Duration limited(String argument, Duration value) {
            Check.positive(argument, value);
            if (value.compareTo(MAX_TIMEOUT) > 0) {
                throw new InvalidArgumentException(argument, argument + " must be at most 5 min, not " + value);
            }
            return value;
        }
    }
}
