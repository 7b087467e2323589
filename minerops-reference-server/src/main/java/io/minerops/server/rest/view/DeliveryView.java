package io.minerops.server.rest.view;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.internal.Check;
import io.minerops.api.notify.Delivery;
import io.minerops.server.http.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** How the outcome of a test message is shown. */
public final class DeliveryView {
    /** The longest that an answer waits for a delivery; a notifier's own timeouts end before. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private static final double MILLIS_PER_SECOND = 1_000;

    private DeliveryView() {}

    /** The outcome: whether it was sent, and what the service said. */
    public static JsonObject of(Delivery delivery, Destination destination) {
        JsonObject view = JsonObject.object().flag("ok", delivery instanceof Delivery.Sent);
        if (delivery instanceof Delivery.Sent sent) {
            view.text("outcome", "sent").text("delivery_id", sent.id());
        } else if (delivery instanceof Delivery.RetryAfter later) {
            Duration delay = later.delay();
            view.text("error", later.reason())
                    .text("outcome", "retry_later")
                    .number("retry_after_s", delay == null ? null : delay.toMillis() / MILLIS_PER_SECOND);
        } else if (delivery instanceof Delivery.Failed failed) {
            view.text("error", failed.reason()).text("outcome", "failed");
        } else if (delivery instanceof Delivery.NotComposed notComposed) {
            view.text("error", notComposed.reason()).text("outcome", "failed");
        }
        return view.text("channel", destination.channel());
    }

    /** Waits for the outcome; one that does not come in time has failed. */
    public static Delivery outcomeOf(CompletionStage<Delivery> delivery) {
        try {
            return delivery.toCompletableFuture()
                    .orTimeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            return new Delivery.Failed("the channel gave no outcome within " + LONGEST.toSeconds() + " s");
        }
    }

    /**
     * The format of a name.
     *
     * @throws InvalidArgumentException ({@code webhook_format}) if there is none of that name
     */
    public static WebhookFormat format(String name) {
        WebhookFormat format = Choices.WEBHOOK_FORMATS.get(name);
        if (format == null) {
            throw new InvalidArgumentException(
                    "webhook_format",
                    "webhook_format must be one of " + String.join(", ", Choices.WEBHOOK_FORMATS.keySet()) + ", not "
                            + Check.quote(name));
        }
        return format;
    }
}
