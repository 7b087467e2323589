package io.minerops.core.internal.dispatch;

import io.minerops.api.alert.Alert;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.notify.Notification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Outbox entries that are delivered as one message. Up to {@link #MAX_SINGLES} new entries of a kind for the same
 * destination go out one by one, more of them as one; entries that were tried before are tried again in the same
 * company and under the same key, so that a receiver can recognise a repeat.
 *
 * @param key the group's idempotency key
 * @param entries the entries, oldest first, all of one kind and destination; at least one
 */
record MessageGroup(String key, List<OutboxEntry> entries) {
    /** So many messages at once are still read one by one. */
    static final int MAX_SINGLES = 3;

    /** Maximum alerts per message. */
    static final int MAX_ENTRIES = 500;

    /** By severity, then by miner; an alert of the whole fleet has no miner and comes before those that have one. */
    private static final Comparator<Alert> MOST_URGENT_FIRST = Comparator.comparing(Alert::severity)
            .reversed()
            .thenComparing(Alert::miner, Comparator.nullsFirst(Comparator.naturalOrder()));

    static List<MessageGroup> of(List<OutboxEntry> due) {
        Map<List<Object>, List<OutboxEntry>> alike = new LinkedHashMap<>();
        for (OutboxEntry entry : due) {
            String tried = entry.groupKey();
            List<Object> company =
                    tried == null ? List.of(entry.destination(), entry.kind()) : List.of(entry.destination(), tried);
            alike.computeIfAbsent(company, key -> new ArrayList<>()).add(entry);
        }
        List<MessageGroup> groups = new ArrayList<>();
        alike.values().forEach(entries -> addGroups(entries, groups));
        return groups;
    }

    private static void addGroups(List<OutboxEntry> entries, List<MessageGroup> groups) {
        String tried = entries.get(0).groupKey();
        if (tried != null) {
            groups.add(new MessageGroup(tried, List.copyOf(entries)));
        } else if (entries.size() <= MAX_SINGLES) {
            entries.forEach(entry -> groups.add(new MessageGroup(newKey(List.of(entry)), List.of(entry))));
        } else {
            for (int from = 0; from < entries.size(); from += MAX_ENTRIES) {
                List<OutboxEntry> part =
                        List.copyOf(entries.subList(from, Math.min(from + MAX_ENTRIES, entries.size())));
                groups.add(new MessageGroup(newKey(part), part));
            }
        }
    }

    /** Where the message goes: the same for all entries. */
    Destination destination() {
        return entries.get(0).destination();
    }

    /** The same entries, each as a message of its own. */
    List<MessageGroup> singles() {
        return entries.stream()
                .map(entry -> new MessageGroup(newKey(List.of(entry)), List.of(entry)))
                .toList();
    }

    /** The same message with those of its entries that have these ids, at least one. */
    MessageGroup only(Set<Long> ids) {
        return new MessageGroup(
                key, entries.stream().filter(entry -> ids.contains(entry.id())).toList());
    }

    /** The message to deliver. */
    Notification notification() {
        OutboxEntry first = entries.get(0);
        List<Alert> alerts = entries.stream()
                .map(OutboxEntry::alert)
                .sorted(MOST_URGENT_FIRST)
                .toList();
        Instant last = entries.stream()
                .map(OutboxEntry::createdAt)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new Notification.OfAlerts(key, first.destination(), last, first.kind(), alerts);
    }

    /** Made of what the entries are, so that a crash before it was written down leads to the same key again. */
    private static String newKey(List<OutboxEntry> entries) {
        OutboxEntry first = entries.get(0);
        CRC32 members = new CRC32();
        for (OutboxEntry entry : entries) {
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                members.update((int) (entry.id() >>> shift));
            }
            members.update((int) entry.createdAt().toEpochMilli());
        }
        return "minerops-" + first.kind().key() + "-" + first.id() + "-" + entries.size() + "-"
                + Long.toHexString(first.createdAt().toEpochMilli())
                + Long.toHexString(members.getValue());
    }
}
