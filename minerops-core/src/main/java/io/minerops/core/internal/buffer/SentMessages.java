package io.minerops.core.internal.buffer;

import io.minerops.api.Page;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.OutboxEntry.Status;
import io.minerops.api.alert.Webhook;
import io.minerops.api.store.OutboxQuery;
import io.minerops.api.store.OutboxStore;
import io.minerops.api.store.OutboxStore.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the stored messages that were sent before they were stored. */
final class SentMessages {
    private SentMessages() {}

    /** What a message is known by, whatever its number. */
    private record Key(
            long alertId,
            OutboxEntry.Kind kind,
            Instant at,
            String channel,
            @Nullable String address) {
        static Key of(long alertId, OutboxEntry entry) {
            Destination destination = entry.destination();
            Webhook webhook = destination.webhook();
            return new Key(
                    alertId,
                    entry.kind(),
                    entry.createdAt(),
                    destination.channel(),
                    webhook == null ? null : webhook.url().reveal());
        }

        /** Without the address, which is a secret. */
        @Override
        public String toString() {
            return kind + " of alert " + alertId + " to " + channel;
        }
    }

    /** A message that was sent or given up, of an alert with its number in the store. */
    static final class Sent {
        private final Key key;
        private final OutboxEntry entry;

        private Sent(Key key, OutboxEntry entry) {
            this.key = key;
            this.entry = entry;
        }

        static Sent of(OutboxEntry entry, long storedAlert) {
            return new Sent(Key.of(storedAlert, entry), entry);
        }

        private Outcome outcome(long id) {
            Instant at = Objects.requireNonNullElse(entry.sentAt(), entry.nextAttemptAt());
            return new Outcome(id, Integer.MAX_VALUE, entry.status(), at, at, entry.lastError());
        }
    }

    /** What to store of messages that are pending in an outbox. */
    static List<Outcome> outcomes(Collection<Sent> sent, OutboxStore outbox) {
        Map<Key, Sent> wanted = new HashMap<>();
        sent.forEach(message -> wanted.put(message.key, message));
        List<Outcome> outcomes = new ArrayList<>();
        String cursor = null;
        do {
            Page<OutboxEntry> page = outbox.find(new OutboxQuery(Set.of(Status.PENDING), Page.MAX_LIMIT, cursor));
            for (OutboxEntry entry : page.items()) {
                Sent found = wanted.remove(Key.of(entry.alert().id(), entry));
                if (found != null) {
                    outcomes.add(found.outcome(entry.id()));
                }
            }
            cursor = page.next();
        } while (cursor != null && !wanted.isEmpty());
        return outcomes;
    }
}
