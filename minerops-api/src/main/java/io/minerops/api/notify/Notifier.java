package io.minerops.api.notify;

import java.util.concurrent.CompletionStage;

/** Carries messages over one channel. Implementations are thread-safe and never block the caller. */
public interface Notifier extends AutoCloseable {
    /** The channel's name: {@code email}, {@code webhook}, or another of 1 to 32 characters. */
    String channel();

    /**
     * Tries once to deliver. The library repeats an attempt that ends with {@link Delivery.RetryAfter}, or has no
     * outcome after 30 s, with the same {@link Notification#key()}.
     *
     * @param notification the message; its destination names this channel
     * @return a stage that completes within the notifier's own timeouts, and never fails because of what the service
     *     does: a refusal is a {@link Delivery}
     */
    CompletionStage<Delivery> deliver(Notification notification);

    /** Releases threads and connections; safe to call twice. */
    @Override
    void close();
}
