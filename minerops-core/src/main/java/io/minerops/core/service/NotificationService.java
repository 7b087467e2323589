package io.minerops.core.service;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.Page;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.notify.Delivery;
import io.minerops.api.notify.Notifier;
import io.minerops.api.store.OutboxQuery;
import io.minerops.api.store.OutboxStore;
import io.minerops.api.store.Store;
import io.minerops.core.internal.dispatch.NotificationChannels;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * The messages and the channels that they are sent on. Thread-safe.
 *
 * <pre>{@code
 * Delivery delivery = ops.notifications().sendTest(Destination.email()).toCompletableFuture().join();
 * if (!(delivery instanceof Delivery.Sent)) {
 *     System.err.println("mail does not work: " + delivery);
 * }
 * }</pre>
 *
 * <p>Methods that read messages throw {@link io.minerops.api.StoreException} where the store fails.
 */
public final class NotificationService {
    private final OutboxStore outbox;
    private final Supplier<List<String>> names;
    private final BiFunction<Destination, Instant, CompletionStage<Delivery>> test;
    private final BiConsumer<Collection<? extends Notifier>, Collection<Destination>> exchange;
    private final InstantSource clock;

    /**
     * A service over this store; {@link io.minerops.core.MinerOps#notifications()} has one.
     *
     * @param names the names of the channels that messages can be sent on
     * @param test sends one test message at a time, outside the outbox
     * @param exchange replaces all notifiers and the escalation, or throws and changes nothing
     */
    public NotificationService(
            OutboxStore outbox,
            Supplier<List<String>> names,
            BiFunction<Destination, Instant, CompletionStage<Delivery>> test,
            BiConsumer<Collection<? extends Notifier>, Collection<Destination>> exchange,
            InstantSource clock) {
        this.outbox = outbox;
        this.names = names;
        this.test = test;
        this.exchange = exchange;
        this.clock = clock;
    }

    /**
     * A service for a program that reads messages but sends none, such as a command beside a running instance: it has no
     * channels.
     */
    public static NotificationService over(Store store, InstantSource clock) {
        NotificationChannels none = new NotificationChannels(List.of(), List.of());
        return new NotificationService(store.outbox(), none::names, none::sendTest, none::exchange, clock);
    }

    /**
     * Lists messages, newest first.
     *
     * @throws InvalidArgumentException ({@code cursor}) if the cursor is not one that a page gave
     */
    public Page<OutboxEntry> find(OutboxQuery query) {
        return outbox.find(query);
    }

    /** How many messages there are of each status, 0 where there are none. */
    public Map<OutboxEntry.Status, Long> count() {
        return outbox.count();
    }

    /** The names of the channels that messages can be sent on. */
    public List<String> channels() {
        return names.get();
    }

    /**
     * Sends one test message, without the outbox and without a retry.
     *
     * @return the outcome; {@link Delivery.Failed} where no notifier serves the channel. The stage fails with a
     *     {@link java.util.concurrent.TimeoutException} where the notifier has none after 30 s
     */
    public CompletionStage<Delivery> sendTest(Destination destination) {
        return test.apply(destination, clock.instant());
    }

    /**
     * Replaces all notifiers and the escalation while everything else goes on. What is being sent ends on the notifiers
     * that it began with; these are closed after it. The given notifiers are closed with the
     * {@link io.minerops.core.MinerOps}, or at once where this method throws.
     *
     * @param notifiers one for each channel
     * @param escalation the recipients of alerts that stay unacknowledged; empty for those of the alert's beginning
     * @throws InvalidArgumentException if two serve the same channel; then nothing is changed
     * @throws IllegalStateException after the {@link io.minerops.core.MinerOps} was closed
     */
    public void replaceChannels(Collection<? extends Notifier> notifiers, Collection<Destination> escalation) {
        try {
            exchange.accept(notifiers, escalation);
        } catch (RuntimeException e) {
            notifiers.forEach(Notifier::close);
            throw e;
        }
    }
}
