package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.Page;
import io.minerops.api.event.Event;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.EventQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link io.minerops.api.store.EventStore} must do. */
public abstract class EventStoreContract extends StoreContract {
    /** For subclasses. */
    protected EventStoreContract() {}

    @Test
    public void an_event_comes_back_as_it_was_with_a_number() {
        Event stored = record(1, Event.Level.WARNING, MINER);

        assertThat(stored.id()).isPositive();
        assertThat(find(Event.Level.INFO, null, null)).containsExactly(stored);
        assertThat(stored.message()).isEqualTo("event of minute 1");
        assertThat(stored.source()).isEqualTo("test");
    }

    @Test
    public void a_level_keeps_that_level_and_higher_ones() {
        record(1, Event.Level.INFO, null);
        Event warning = record(2, Event.Level.WARNING, null);
        Event error = record(3, Event.Level.ERROR, null);

        assertThat(find(Event.Level.WARNING, null, null)).containsExactly(error, warning);
    }

    @Test
    public void a_miner_and_a_time_keep_what_they_name() {
        Event first = record(1, Event.Level.INFO, MINER);
        Event second = record(2, Event.Level.INFO, OTHER);

        assertThat(find(Event.Level.INFO, MINER, null)).containsExactly(first);
        assertThat(find(Event.Level.INFO, null, 2)).containsExactly(second);
    }

    @Test
    public void events_are_given_newest_first_page_by_page() {
        for (int minutes = 1; minutes <= 3; minutes++) {
            record(minutes, Event.Level.INFO, null);
        }

        Page<Event> first = store.events().find(new EventQuery(Event.Level.INFO, null, null, 2, null));
        Page<Event> second = store.events().find(new EventQuery(Event.Level.INFO, null, null, 2, first.next()));

        assertThat(first.items()).extracting(Event::at).containsExactly(minute(3), minute(2));
        assertThat(second.items()).extracting(Event::at).containsExactly(minute(1));
        assertThat(second.next()).isNull();
    }

    @Test
    public void pruning_deletes_what_is_older() {
        record(1, Event.Level.INFO, null);
        Event kept = record(2, Event.Level.INFO, null);

        assertThat(store.events().prune(minute(2))).isEqualTo(1);
        assertThat(find(Event.Level.INFO, null, null)).containsExactly(kept);
    }

    private Event record(int minutes, Event.Level level, @Nullable MinerAddress miner) {
        return store.events().record(Event.of(minute(minutes), level, "test", miner, "event of minute " + minutes));
    }

    private List<Event> find(Event.Level level, @Nullable MinerAddress miner, @Nullable Integer sinceMinute) {
        return store.events()
                .find(new EventQuery(level, miner, sinceMinute == null ? null : minute(sinceMinute), 100, null))
                .items();
    }
}
