package io.minerops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.StoreException;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.HistorySource;
import io.minerops.api.store.RollupQuery;
import io.minerops.postgres.internal.rows.PostgresMetricStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An hour is sealed some miners at a time, and can stay so for a while. */
class PartlySealedTest {
    private static final int MINERS = 600;
    private static final Instant HOUR = SmallFleet.second(0);
    private static final Instant END = HOUR.plus(Duration.ofHours(1));

    private final PostgresOptions options = TestServer.empty();

    private static List<String> history(PostgresStore store, @Nullable MinerAddress miner) {
        List<String> samples = new ArrayList<>();
        store.metrics()
                .history(
                        new HistoryQuery(miner, Instant.EPOCH, END.plus(Duration.ofDays(1)), null, Integer.MAX_VALUE),
                        (at, sample) ->
                                samples.add(at + " " + sample.miner() + " " + sample.value(Reading.HASHRATE_THS)));
        return samples;
    }

    private static List<String> rollups(PostgresStore store, HistorySource span) {
        List<String> found = new ArrayList<>();
        store.metrics().rollups(new RollupQuery(null, span, Instant.EPOCH, END.plus(Duration.ofDays(1))), rollup -> {
            found.add(rollup.toString());
            return true;
        });
        return found;
    }

    private static void seal(PostgresStore store) {
        ((PostgresMetricStore) store.metrics()).sealBefore(END);
    }

    private List<String> column(String sql) throws Exception {
        return TestServer.column(options, sql);
    }

    /** Lets the database refuse the blocks of miners from a number on, as a crash between two transactions would leave them. */
    private void failFrom(int miner) throws Exception {
        TestServer.execute(
                options,
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN RAISE EXCEPTION ''refused''; END'");
        TestServer.execute(
                options,
                "CREATE TRIGGER refuse BEFORE INSERT ON rollup_hour FOR EACH ROW WHEN (NEW.slice >= " + miner
                        + ") EXECUTE FUNCTION refuse()");
    }

    private void failNoMore() throws Exception {
        TestServer.execute(options, "DROP TRIGGER refuse ON rollup_hour");
    }

    @Test
    void samples_and_roll_ups_are_whole_while_an_hour_is_sealed_in_part_and_after_it_is() throws Exception {
        List<String> samples;
        List<String> one;
        List<String> hours;
        List<String> days;
        try (PostgresStore store = PostgresStore.open(options)) {
            for (int poll = 0; poll < 4; poll++) {
                store.metrics().append(SmallFleet.poll(30 + poll * 60, MINERS));
            }
            samples = history(store, null);
            one = history(store, SmallFleet.miner(MINERS));
            hours = rollups(store, HistorySource.HOURLY);
            days = rollups(store, HistorySource.DAILY);
            failFrom(256);

            assertThatThrownBy(() -> seal(store))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("refused");

            assertThat(column("SELECT next FROM sealing")).containsExactly("256");
            assertThat(column("SELECT COUNT(*) FROM blocks")).containsExactly("255");
            assertThat(column("SELECT COUNT(*) FROM ticks")).containsExactly("4");
            assertThat(history(store, null)).isEqualTo(samples);
            assertThat(history(store, SmallFleet.miner(1))).hasSize(4);
            assertThat(rollups(store, HistorySource.HOURLY)).isEqualTo(hours);
            assertThat(rollups(store, HistorySource.DAILY)).isEqualTo(days);
        }
        failNoMore();
        try (PostgresStore store = PostgresStore.open(options)) {
            seal(store);

            assertThat(column("SELECT COUNT(*) FROM sealing")).containsExactly("0");
            assertThat(column("SELECT COUNT(*) FROM ticks")).containsExactly("0");
            assertThat(column("SELECT COUNT(*) FROM blocks")).containsExactly(Integer.toString(MINERS + 1));
            assertThat(history(store, null)).isEqualTo(samples);
            assertThat(history(store, SmallFleet.miner(MINERS))).isEqualTo(one);
            assertThat(rollups(store, HistorySource.HOURLY)).isEqualTo(hours);
            assertThat(rollups(store, HistorySource.DAILY)).isEqualTo(days);
        }
    }

    @Test
    void a_poll_that_comes_while_its_hour_is_sealed_in_part_is_sealed_after_it() throws Exception {
        try (PostgresStore store = PostgresStore.open(options)) {
            store.metrics().append(SmallFleet.poll(30, MINERS));
            failFrom(256);
            assertThatThrownBy(() -> seal(store)).isInstanceOf(StoreException.class);
            store.metrics().append(SmallFleet.poll(90, MINERS));
            List<String> samples = history(store, null);
            List<String> hours = rollups(store, HistorySource.HOURLY);
            failNoMore();

            seal(store);

            assertThat(column("SELECT COUNT(*) FROM ticks")).containsExactly("0");
            assertThat(history(store, null)).hasSize(2 * MINERS).isEqualTo(samples);
            assertThat(rollups(store, HistorySource.HOURLY)).isEqualTo(hours);
        }
    }

    @Test
    void an_hour_whose_polls_were_pruned_while_it_was_sealed_in_part_leaves_nothing_behind() throws Exception {
        try (PostgresStore store = PostgresStore.open(options)) {
            store.metrics().append(SmallFleet.poll(30, MINERS));
            failFrom(256);
            assertThatThrownBy(() -> seal(store)).isInstanceOf(StoreException.class);
            failNoMore();
            store.metrics().prune(END);
            store.metrics().append(SmallFleet.poll(60, MINERS));

            seal(store);

            assertThat(column("SELECT COUNT(*) FROM sealing")).containsExactly("0");
            assertThat(column("SELECT COUNT(*) FROM ticks")).containsExactly("0");
        }
    }
}
