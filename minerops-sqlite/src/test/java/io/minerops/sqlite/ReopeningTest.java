package io.minerops.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.event.Event;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.AlertRow;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.HistoryQuery;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there after a restart. */
class ReopeningTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("metrics.db");
    }

    @Test
    void the_latest_readings_are_the_same_to_the_last_digit() {
        FleetSnapshot before;
        try (SqliteStore store = SqliteStore.open(file)) {
            store.metrics().append(SmallFleet.poll(0, 50));
            store.metrics().append(SmallFleet.poll(30, 40));
            before = store.metrics().latest();
        }

        try (SqliteStore store = SqliteStore.open(file)) {
            FleetSnapshot after = store.metrics().latest();
            assertThat(after.size()).isEqualTo(50);
            for (int row = 0; row < after.size(); row++) {
                assertThat(after.miner(row)).isEqualTo(before.miner(row));
                assertThat(after.epochMillis(row)).isEqualTo(before.epochMillis(row));
                assertThat(after.powerEstimated(row)).isEqualTo(before.powerEstimated(row));
                for (Reading reading : Reading.all()) {
                    assertThat(after.value(reading, row)).isEqualTo(Double.valueOf(before.value(reading, row)));
                }
            }
        }
    }

    @Test
    void a_miner_that_was_moved_is_where_it_was_moved_to() {
        MinerAddress from = SmallFleet.poll(0, 3).samples().get(0).miner();
        MinerAddress to = MinerAddress.of("10.99.0.1");
        List<Miner> before;
        try (SqliteStore store = SqliteStore.open(file)) {
            store.metrics().append(SmallFleet.poll(0, 3));
            store.miners().readdress(from, to);
            before = store.miners().all();
        }

        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(store.miners().all()).isEqualTo(before);
            FleetSnapshot latest = store.metrics().latest();
            assertThat(latest.epochMillis(latest.roster().row(to))).isPositive();
            assertThat(store.miners().find(from)).isEmpty();
        }
    }

    @Test
    void the_latest_sample_is_the_one_appended_last_although_its_time_is_earlier() {
        try (SqliteStore store = SqliteStore.open(file)) {
            store.metrics().append(SmallFleet.poll(30, 50));
            store.metrics().append(SmallFleet.poll(0, 40));
        }

        try (SqliteStore store = SqliteStore.open(file)) {
            FleetSnapshot latest = store.metrics().latest();
            assertThat(latest.epochMillis(39)).isEqualTo(SmallFleet.second(0).toEpochMilli());
            assertThat(latest.epochMillis(49)).isEqualTo(SmallFleet.second(30).toEpochMilli());
        }
    }

    @Test
    void the_latest_sample_survives_the_sealing_of_its_hour() throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            store.metrics().append(SmallFleet.poll(0, 50));
            store.metrics().append(SmallFleet.poll(3_600, 40));
        }

        try (SqliteStore store = SqliteStore.open(file)) {
            FleetSnapshot latest = store.metrics().latest();
            assertThat(latest.epochMillis(39))
                    .isEqualTo(SmallFleet.second(3_600).toEpochMilli());
            assertThat(latest.epochMillis(49)).isEqualTo(SmallFleet.second(0).toEpochMilli());
        }
    }

    @Test
    void a_miner_that_was_removed_and_registered_again_has_no_latest_sample_from_before() {
        try (SqliteStore store = SqliteStore.open(file)) {
            store.metrics().append(SmallFleet.poll(0, 3));
            store.miners().remove(SmallFleet.miner(2));
            store.miners().register(List.of(SmallFleet.miner(2)), SmallFleet.second(9));
        }

        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(store.metrics().latest().hasSample(1)).isFalse();
            store.metrics().append(SmallFleet.poll(30, 3));
        }

        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(store.metrics().latest().hasSample(1)).isTrue();
        }
    }

    @Test
    void alert_state_and_messages_on_their_way_are_the_same() {
        AlertState before;
        List<OutboxEntry> due;
        try (SqliteStore store = SqliteStore.open(file)) {
            AlertRule rule = SmallFleet.rule(store);
            apply(store, rule, 1);
            apply(store, rule, 2);
            AlertRow row = store.alerts().rows(List.of(1L)).get(0);
            AlertRow acknowledged = new AlertRow(
                    row.alert().acknowledged(SmallFleet.second(3), "ana"), row.destinations(), row.announced());
            store.alerts().apply(SmallFleet.byUser(store, new AlertBatch.Entry(acknowledged, List.of())));
            before = store.alerts().load();
            due = store.outbox().due(SmallFleet.second(9), 100);
        }

        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(store.alerts().load()).isEqualTo(before);
            assertThat(store.outbox().due(SmallFleet.second(9), 100))
                    .isEqualTo(due)
                    .hasSize(2);
        }
    }

    @Test
    void rules_miners_and_events_are_the_same() {
        AlertRule rule;
        long version;
        Miner miner = Miner.builder(SmallFleet.miner(1), SmallFleet.START)
                .notes("back\\slash\nand line")
                .tags(List.of("a\nb", "c\\n"))
                .build();
        Event event;
        try (SqliteStore store = SqliteStore.open(file)) {
            rule = SmallFleet.rule(store);
            version = store.rules().version();
            store.miners().put(miner);
            event = store.events().record(Event.of(SmallFleet.START, Event.Level.ERROR, "test", null, "x"));
        }

        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(store.rules().all()).containsExactly(rule);
            assertThat(store.rules().version()).isEqualTo(version);
            assertThat(store.miners().all()).containsExactly(miner);
            assertThat(store.events()
                            .find(new EventQuery(Event.Level.INFO, null, null, 10, null))
                            .items())
                    .containsExactly(event);
        }
    }

    @Test
    void a_removed_miner_stays_removed_and_its_history_stays() {
        try (SqliteStore store = SqliteStore.open(file)) {
            store.metrics().append(SmallFleet.poll(0, 3));
            store.miners().remove(SmallFleet.miner(2));
        }

        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(store.metrics().latest().row(SmallFleet.miner(2))).isNegative();
            store.miners().register(List.of(SmallFleet.miner(2)), SmallFleet.second(9));
            assertThat(store.metrics().latest().hasSample(1)).isFalse();
            List<MetricSample> history = new ArrayList<>();
            store.metrics()
                    .history(
                            new HistoryQuery(SmallFleet.miner(2), Instant.MIN, Instant.MAX, null, 10),
                            (at, sample) -> history.add(sample));
            assertThat(history).containsExactly(SmallFleet.poll(0, 3).samples().get(1));
        }
    }

    private static void apply(SqliteStore store, AlertRule rule, int miner) {
        Optional<List<Long>> applied = store.alerts()
                .apply(SmallFleet.raising(
                        store.alerts().load().version(), rule, SmallFleet.miner(miner), SmallFleet.second(1)));
        assertThat(applied).isPresent();
    }
}
