package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.minerops.api.Page;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.Destination;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.store.OutboxQuery;
import io.minerops.api.store.OutboxStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link OutboxStore} must do. */
public abstract class OutboxStoreContract extends StoreContract {
    private static final Destination HOOK =
            Destination.webhook(Webhook.of("https://hooks.example.com/secret/path", WebhookFormat.DISCORD));

    /** For subclasses. */
    protected OutboxStoreContract() {}

    @Test
    public void a_new_message_is_due_at_once_and_knows_where_it_goes() {
        long alert = raise(rule(), MINER, minute(1), HOOK);

        OutboxEntry entry = due(minute(1)).get(0);

        assertThat(entry.kind()).isEqualTo(OutboxEntry.Kind.FIRING);
        assertThat(entry.alert().id()).isEqualTo(alert);
        assertThat(entry.destination()).isEqualTo(HOOK);
        assertThat(entry.createdAt()).isEqualTo(minute(1));
        assertThat(entry.attempts()).isZero();
        assertThat(entry.groupKey()).isNull();
    }

    @Test
    public void due_messages_come_oldest_first_up_to_the_limit() {
        var rule = rule();
        raise(rule, MINER, minute(1), HOOK);
        raise(rule, OTHER, minute(2), HOOK);

        assertThat(store.outbox().due(minute(3), 1))
                .extracting(entry -> entry.alert().miner())
                .containsExactly(MINER);
    }

    @Test
    public void a_later_message_of_an_alert_waits_for_the_earlier_one_to_the_same_destination_only() {
        var rule = rule();
        long alert = raise(rule, MINER, minute(1), HOOK, Destination.email());
        List<OutboxEntry> beginnings = due(minute(1));
        OutboxEntry held = beginnings.get(0);
        OutboxEntry other = beginnings.get(1);
        begin(held, "held", minute(30));
        finish(other, OutboxEntry.Status.SENT, minute(1), null);
        clear(rule, MINER, alert, minute(2));

        assertThat(due(minute(3)))
                .extracting(OutboxEntry::kind, OutboxEntry::destination)
                .containsExactly(tuple(OutboxEntry.Kind.RESOLVED, other.destination()));
        finish(due(minute(3)).get(0), OutboxEntry.Status.SENT, minute(3), null);

        assertThat(due(minute(30))).extracting(OutboxEntry::id).containsExactly(held.id());
        finish(held, OutboxEntry.Status.FAILED, minute(31), "given up");
        assertThat(due(minute(31)))
                .extracting(OutboxEntry::kind, OutboxEntry::destination)
                .containsExactly(tuple(OutboxEntry.Kind.RESOLVED, held.destination()));
    }

    @Test
    public void messages_of_other_alerts_to_the_same_destination_do_not_wait() {
        var rule = rule();
        raise(rule, MINER, minute(1), HOOK);
        begin(due(minute(1)).get(0), "held", minute(30));
        long other = raise(rule, OTHER, minute(2), HOOK);

        assertThat(due(minute(3))).extracting(entry -> entry.alert().id()).containsExactly(other);
    }

    @Test
    public void an_attempt_that_began_is_due_again_when_nothing_is_heard_of_it() {
        raise(rule(), MINER, minute(1), HOOK);
        begin(due(minute(1)).get(0), "group-1", minute(5));

        assertThat(due(minute(4))).isEmpty();
        OutboxEntry again = due(minute(5)).get(0);
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(again.groupKey()).isEqualTo("group-1");
    }

    @Test
    public void of_two_dispatchers_that_read_a_message_one_begins_its_attempt() {
        raise(rule(), MINER, minute(1), HOOK);
        OutboxEntry read = due(minute(1)).get(0);

        assertThat(begin(read, "one", minute(5))).containsExactly(read.id());
        assertThat(begin(read, "other", minute(6))).isEmpty();

        assertThat(due(minute(5))).extracting(OutboxEntry::groupKey).containsExactly("one");
    }

    @Test
    public void a_message_that_is_no_longer_pending_is_not_begun() {
        raise(rule(), MINER, minute(1), HOOK);
        OutboxEntry read = due(minute(1)).get(0);
        finish(read, OutboxEntry.Status.SENT, minute(2), null);

        assertThat(begin(read, "late", minute(5))).isEmpty();
    }

    @Test
    public void an_attempt_that_another_one_followed_does_not_fail_or_delay_the_message() {
        raise(rule(), MINER, minute(1), HOOK);
        begin(due(minute(1)).get(0), "group", minute(2));
        begin(due(minute(2)).get(0), "group", minute(4));

        OutboxEntry read = due(minute(4)).get(0);
        finish(read, 1, OutboxEntry.Status.FAILED, minute(3), "frozen");
        finish(read, 1, OutboxEntry.Status.PENDING, minute(9), "frozen");

        assertThat(due(minute(4))).extracting(OutboxEntry::lastError).containsOnlyNulls();
    }

    @Test
    public void an_attempt_that_another_one_followed_and_that_sent_the_message_ends_it() {
        raise(rule(), MINER, minute(1), HOOK);
        begin(due(minute(1)).get(0), "group", minute(2));
        OutboxEntry read = due(minute(2)).get(0);
        begin(read, "group", minute(4));

        finish(read, 1, OutboxEntry.Status.SENT, minute(3), null);

        assertThat(list(Set.of()).items().get(0).status()).isEqualTo(OutboxEntry.Status.SENT);
    }

    @Test
    public void a_message_that_was_sent_is_not_due_and_its_alert_says_so() {
        long alert = raise(rule(), MINER, minute(1), HOOK);
        OutboxEntry entry = due(minute(1)).get(0);

        finish(entry, OutboxEntry.Status.SENT, minute(2), null);

        assertThat(due(minute(99))).isEmpty();
        Alert reported = store.alerts().find(alert).orElseThrow();
        assertThat(reported.notificationStatus()).isEqualTo(Alert.NotificationStatus.SENT);
        assertThat(reported.notifiedAt()).isEqualTo(minute(2));
    }

    @Test
    public void a_message_to_be_tried_again_keeps_its_error_and_waits_for_its_time() {
        raise(rule(), MINER, minute(1), HOOK);
        OutboxEntry entry = due(minute(1)).get(0);
        begin(entry, "group-1", minute(2));
        finish(entry, OutboxEntry.Status.PENDING, minute(7), "server is down");

        assertThat(due(minute(6))).isEmpty();
        assertThat(due(minute(7)).get(0).lastError()).isEqualTo("server is down");
    }

    @Test
    public void one_message_given_up_marks_the_alert_as_failed() {
        long alert = raise(rule(), MINER, minute(1), HOOK, Destination.email());
        List<OutboxEntry> entries = due(minute(1));
        finish(entries.get(0), OutboxEntry.Status.SENT, minute(2), null);
        assertThat(store.alerts().find(alert).orElseThrow().notificationStatus())
                .isEqualTo(Alert.NotificationStatus.PENDING);

        finish(entries.get(1), OutboxEntry.Status.FAILED, minute(2), "no such user");

        assertThat(store.alerts().find(alert).orElseThrow().notificationStatus())
                .isEqualTo(Alert.NotificationStatus.FAILED);
        assertThat(due(minute(99))).isEmpty();
    }

    @Test
    public void a_message_that_is_no_longer_pending_stays_as_it_is() {
        raise(rule(), MINER, minute(1), HOOK);
        OutboxEntry entry = due(minute(1)).get(0);
        finish(entry, OutboxEntry.Status.SENT, minute(2), null);

        finish(entry, OutboxEntry.Status.FAILED, minute(3), "late");

        assertThat(list(Set.of()).items().get(0).status()).isEqualTo(OutboxEntry.Status.SENT);
    }

    @Test
    public void messages_are_listed_newest_first_by_status() {
        var rule = rule();
        raise(rule, MINER, minute(1), HOOK);
        raise(rule, OTHER, minute(2), HOOK);
        finish(due(minute(3)).get(0), OutboxEntry.Status.SENT, minute(3), null);

        assertThat(list(Set.of()).items())
                .extracting(entry -> entry.alert().miner())
                .containsExactly(OTHER, MINER);
        assertThat(list(Set.of(OutboxEntry.Status.SENT)).items())
                .extracting(entry -> entry.alert().miner())
                .containsExactly(MINER);
    }

    @Test
    public void messages_are_counted_by_status() {
        assertThat(store.outbox().count())
                .containsOnly(
                        Map.entry(OutboxEntry.Status.PENDING, 0L),
                        Map.entry(OutboxEntry.Status.SENT, 0L),
                        Map.entry(OutboxEntry.Status.FAILED, 0L));
        var rule = rule();
        raise(rule, MINER, minute(1), HOOK, Destination.email());
        raise(rule, OTHER, minute(2), HOOK);
        finish(due(minute(3)).get(0), OutboxEntry.Status.SENT, minute(3), null);

        assertThat(store.outbox().count())
                .containsOnly(
                        Map.entry(OutboxEntry.Status.PENDING, 2L),
                        Map.entry(OutboxEntry.Status.SENT, 1L),
                        Map.entry(OutboxEntry.Status.FAILED, 0L));
    }

    @Test
    public void pruning_keeps_what_is_still_to_be_sent() {
        var rule = rule();
        raise(rule, MINER, minute(1), HOOK);
        raise(rule, OTHER, minute(2), HOOK);
        finish(due(minute(3)).get(0), OutboxEntry.Status.SENT, minute(3), null);

        assertThat(store.outbox().prune(minute(60))).isEqualTo(1);
        assertThat(due(minute(60))).hasSize(1);
    }

    private List<OutboxEntry> due(Instant at) {
        return store.outbox().due(at, 100);
    }

    private Page<OutboxEntry> list(Set<OutboxEntry.Status> statuses) {
        return store.outbox().find(new OutboxQuery(statuses, 100, null));
    }

    private Set<Long> begin(OutboxEntry entry, String group, Instant retryAt) {
        return store.outbox().begin(List.of(new OutboxStore.Attempt(entry.id(), entry.attempts(), group, retryAt)));
    }

    private void finish(OutboxEntry entry, OutboxEntry.Status status, Instant at, @Nullable String error) {
        finish(entry, attempts(entry), status, at, error);
    }

    private void finish(
            OutboxEntry entry, int attempts, OutboxEntry.Status status, Instant at, @Nullable String error) {
        store.outbox().finish(List.of(new OutboxStore.Outcome(entry.id(), attempts, status, at, at, error)));
    }

    private int attempts(OutboxEntry entry) {
        return list(Set.of()).items().stream()
                .filter(now -> now.id() == entry.id())
                .findFirst()
                .orElseThrow()
                .attempts();
    }
}
