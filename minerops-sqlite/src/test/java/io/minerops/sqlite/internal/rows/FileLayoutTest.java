package io.minerops.sqlite.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.event.Event;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.AlertBatch;
import io.minerops.api.store.EventQuery;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.OutboxStore;
import io.minerops.sqlite.SmallFleet;
import io.minerops.sqlite.Sql;
import io.minerops.sqlite.SqliteOptions;
import io.minerops.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How samples lie in the file, how they are found, and what is deleted. */
class FileLayoutTest {
    @TempDir
    Path folder;

    private Path file;
    private SqliteStore store;

    @BeforeEach
    void open() {
        file = folder.resolve("metrics.db");
        store = SqliteStore.open(file, SqliteOptions.defaults().withMaxEvents(3));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void one_miners_history_is_found_by_key_whether_it_is_sealed_or_not() throws Exception {
        assertThat(plan(Hours.BLOCK)).containsExactly("SEARCH blocks USING INTEGER PRIMARY KEY (rowid=?)");
        assertThat(plan(Hours.TICKS)).containsExactly("SEARCH ticks USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)");
        assertThat(plan(Hours.ROWS_OF_MINER))
                .containsExactly(
                        "SEARCH p USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)",
                        "SEARCH s USING INTEGER PRIMARY KEY (rowid=?)");
    }

    @Test
    void the_fleets_history_is_a_range_of_keys_in_order() throws Exception {
        assertThat(plan(Hours.BLOCKS)).containsExactly("SEARCH blocks USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)");
        assertThat(plan(Hours.ROWS)).containsExactly("SEARCH samples USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)");
    }

    @Test
    void the_latest_readings_are_read_without_a_look_at_samples() throws Exception {
        assertThat(plan(LatestSamples.ALL)).containsExactly("SCAN latest");
    }

    @Test
    void due_messages_and_open_alerts_are_found_among_years_of_old_ones() throws Exception {
        assertThat(plan(SqliteOutboxStore.DUE))
                .anySatisfy(step -> assertThat(step).startsWith("SCAN o USING INDEX outbox_pending"));
        assertThat(plan(AlertStateRows.OPEN)).singleElement().asString().startsWith("SEARCH alerts USING INDEX");
    }

    @Test
    void no_index_of_samples_leads_with_the_miner() throws Exception {
        for (String table : List.of("samples", "ticks", "blocks", "rollup_hour", "rollup_day")) {
            assertThat(Sql.column(file, "SELECT name FROM pragma_index_list('" + table + "')", 1))
                    .as(table)
                    .isEmpty();
        }
    }

    @Test
    void the_view_has_the_names_that_dashboards_know_and_times_in_utc() throws Exception {
        store.metrics().append(SmallFleet.poll(1, 2));

        assertThat(Sql.column(file, "SELECT name FROM pragma_table_info('metrics')", 1))
                .startsWith("id", "timestamp", "miner_ip", "hashrate_ths")
                .contains("power_w", "avg_temp_c", "avg_fan_rpm")
                .containsAll(Reading.all().stream().map(Reading::key).toList());
        assertThat(Sql.column(
                        file,
                        "SELECT timestamp || ' ' || miner_ip || ' ' || power_w FROM metrics ORDER BY miner_ip",
                        1))
                .containsExactly("2026-11-20 12:00:01.000 10.0.0.1 3250.0", "2026-11-20 12:00:01.000 10.0.0.2 3250.0");
    }

    @Test
    void samples_come_back_from_history_as_they_were() {
        var poll = SmallFleet.poll(1, 3);
        store.metrics().append(poll);
        List<Object> found = new ArrayList<>();

        store.metrics()
                .history(
                        new HistoryQuery(null, SmallFleet.second(0), SmallFleet.second(9), null, 10),
                        (at, sample) -> found.add(sample));

        assertThat(found).isEqualTo(List.copyOf(poll.samples()));
    }

    @Test
    void pruning_goes_on_until_nothing_old_is_left_however_many_steps_it_takes() throws Exception {
        for (int second = 0; second < 6; second++) {
            store.metrics().append(SmallFleet.poll(second, 4_000));
        }

        assertThat(store.metrics().prune(SmallFleet.second(5))).isEqualTo(5);

        assertThat(Sql.number(file, "SELECT COUNT(*) FROM ticks")).isEqualTo(1);
        assertThat(Sql.number(file, "SELECT samples FROM ticks")).isEqualTo(4_000);
    }

    @Test
    void a_poll_stored_again_knows_how_many_samples_it_has() throws Exception {
        store.metrics().append(SmallFleet.poll(1, 5));
        store.metrics().append(SmallFleet.poll(1, 3));

        assertThat(Sql.number(file, "SELECT samples FROM ticks")).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59.999Z", "2300-01-01T00:00:00Z"})
    void a_poll_of_a_time_that_no_key_can_begin_with_is_refused(Instant at) {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> store.metrics().append(Poll.of(at, List.of())))
                .satisfies(refusal -> assertThat(refusal.argument()).isEqualTo("at"));
    }

    @Test
    void the_end_of_an_alert_reaches_its_destinations_after_its_first_messages_were_pruned() {
        AlertRule rule = SmallFleet.rule(store);
        store.alerts()
                .apply(SmallFleet.raising(
                        store.alerts().load().version(), rule, SmallFleet.miner(1), SmallFleet.second(1)));
        OutboxEntry first = store.outbox().due(SmallFleet.second(1), 10).get(0);
        Instant sent = SmallFleet.second(2);
        store.outbox()
                .finish(List.of(new OutboxStore.Outcome(first.id(), 0, OutboxEntry.Status.SENT, sent, sent, null)));
        assertThat(store.outbox().prune(SmallFleet.second(60))).isEqualTo(1);

        AlertBatch.Entry end = SmallFleet.closing(store, first.alert().id(), SmallFleet.second(61));
        assertThat(store.alerts().apply(SmallFleet.byUser(store, end))).isPresent();

        OutboxEntry last = store.outbox().due(SmallFleet.second(61), 10).get(0);
        assertThat(last.kind()).isEqualTo(OutboxEntry.Kind.RESOLVED);
        assertThat(last.destination()).isEqualTo(SmallFleet.HOOK);
        assertThat(last.alert().notificationStatus()).isEqualTo(Alert.NotificationStatus.SENT);
        assertThat(last.alert().notifiedAt()).isEqualTo(sent);
    }

    @Test
    void the_oldest_events_give_way() {
        for (int second = 1; second <= 5; second++) {
            store.events()
                    .record(Event.of(SmallFleet.second(second), Event.Level.INFO, "test", null, "event " + second));
        }

        assertThat(store.events()
                        .find(new EventQuery(Event.Level.INFO, null, null, 10, null))
                        .items())
                .extracting(Event::message)
                .containsExactly("event 5", "event 4", "event 3");
    }

    private List<String> plan(String sql) throws Exception {
        return Sql.column(file, "EXPLAIN QUERY PLAN " + sql, 4);
    }
}
