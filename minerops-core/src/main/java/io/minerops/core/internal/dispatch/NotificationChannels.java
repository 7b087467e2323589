package io.minerops.core.internal.dispatch;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.Destination;
import io.minerops.api.notify.Delivery;
import io.minerops.api.notify.Notification;
import io.minerops.api.notify.Notifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels that messages go out on, one notifier each, and the recipients of unacknowledged alerts. They can be
 * exchanged while messages are on their way: what has begun ends on the notifiers that it began with, and those are
 * closed after it. Thread-safe.
 */
public final class NotificationChannels implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(NotificationChannels.class);

    /** Those that were exchanged and end what they have begun. */
    private final Set<Wired> outgoing = new HashSet<>();

    private Wired wired;
    private boolean closed;

    /**
     * Channels that these notifiers serve.
     *
     * @param notifiers closed with this, or after an exchange
     * @param escalation recipients of unacknowledged alerts; empty for the recipients of the first message
     * @throws InvalidArgumentException if two serve the same channel
     */
    public NotificationChannels(Collection<? extends Notifier> notifiers, Collection<Destination> escalation) {
        wired = new Wired(notifiers, escalation);
    }

    /** The names of the channels. */
    public synchronized List<String> names() {
        return List.copyOf(wired.notifiers.keySet());
    }

    /** Recipients of an alert, with the present channels. */
    public synchronized AlertAddressing addressing() {
        return wired.addressing;
    }

    /**
     * Replaces all notifiers and the escalation. Those that were in use end what they
     * have begun, and are closed then.
     *
     * @throws InvalidArgumentException if two serve the same channel; then nothing is changed
     * @throws IllegalStateException after {@link #close()}; then nothing is changed
     */
    public void exchange(Collection<? extends Notifier> notifiers, Collection<Destination> escalation) {
        Wired next = new Wired(notifiers, escalation);
        Wired before;
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the channels are closed");
            }
            before = wired;
            wired = next;
        }
        retire(before);
    }

    /**
     * Sends one test message, past the outbox.
     *
     * @return the real outcome; {@link Delivery.Failed} where no notifier serves the channel
     */
    public CompletionStage<Delivery> sendTest(Destination destination, Instant now) {
        Notification test = new Notification.Test("minerops-test-" + UUID.randomUUID(), destination, now);
        Use use = use();
        Notifier notifier = use.notifier(destination.channel());
        if (notifier == null) {
            use.close();
            return CompletableFuture.completedFuture(
                    new Delivery.Failed("no notifier is set up for channel " + destination.channel()));
        }
        try {
            return notifier.deliver(test)
                    .toCompletableFuture()
                    .copy()
                    .orTimeout(NotificationDispatcher.ATTEMPT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((delivery, failure) -> use.close());
        } catch (RuntimeException e) {
            use.close();
            throw e;
        }
    }

    /** The notifiers as they are now, kept open until the use is closed. */
    synchronized Use use() {
        wired.uses++;
        return new Use(wired);
    }

    /** Closes every notifier at once, whatever is under way; safe to call twice. */
    @Override
    public void close() {
        List<Wired> open;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            open = new ArrayList<>(outgoing);
            open.add(wired);
        }
        open.forEach(Wired::close);
    }

    private void retire(Wired old) {
        synchronized (this) {
            if (old.uses > 0) {
                outgoing.add(old);
                return;
            }
        }
        old.close();
    }

    private void end(Wired used) {
        synchronized (this) {
            used.uses--;
            if (used.uses > 0 || !outgoing.remove(used)) {
                return;
            }
        }
        used.close();
    }

    /** A time in which notifiers stay open, whatever is exchanged meanwhile. */
    final class Use implements AutoCloseable {
        private final Wired used;

        private Use(Wired used) {
            this.used = used;
        }

        /** The notifier of a channel; null where it has none. */
        @Nullable
        Notifier notifier(String channel) {
            return used.notifiers.get(channel);
        }

        @Override
        public void close() {
            end(used);
        }
    }

    /** One set of notifiers; its counters are guarded by the channels. */
    private static final class Wired {
        private final Map<String, Notifier> notifiers = new LinkedHashMap<>();
        private final AlertAddressing addressing;
        private int uses;

        Wired(Collection<? extends Notifier> given, Collection<Destination> escalation) {
            for (Notifier notifier : given) {
                if (notifiers.putIfAbsent(notifier.channel(), notifier) != null) {
                    throw new InvalidArgumentException(
                            "notifier",
                            "notifier must be of another channel: " + notifier.channel() + " has one already");
                }
            }
            addressing = new AlertAddressing(notifiers.keySet(), escalation);
        }

        void close() {
            for (Notifier notifier : notifiers.values()) {
                try {
                    notifier.close();
                } catch (RuntimeException e) {
                    log.warn("the {} notifier could not be closed", notifier.channel(), e);
                }
            }
        }
    }
}
