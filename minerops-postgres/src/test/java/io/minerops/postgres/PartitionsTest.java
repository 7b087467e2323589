package io.minerops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.store.MetricStore;
import io.minerops.api.store.PollQuery;
import io.minerops.postgres.internal.rows.PostgresMetricStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartitionsTest {
    private static final int MINERS = 3;
    private static final int DAY = 86_400;

    private final PostgresOptions options = TestServer.empty();
    private final PostgresStore store = PostgresStore.open(options);
    private final MetricStore metrics = store.metrics();

    @AfterEach
    void closeStore() {
        store.close();
    }

    private List<String> partitions(String table) throws Exception {
        return TestServer.column(
                options,
                "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = '"
                        + options.schema() + "." + table + "'::regclass ORDER BY 1");
    }

    private List<Instant> polls() {
        List<Instant> found = new ArrayList<>();
        metrics.polls(new PollQuery(metrics.latest().roster(), Instant.EPOCH, Instant.MAX, Set.of()), poll -> {
            assertThat(poll.size()).isEqualTo(MINERS);
            return found.add(Instant.ofEpochMilli(poll.epochMillis()));
        });
        return found;
    }

    @Test
    void each_day_of_samples_has_a_partition_of_its_own() throws Exception {
        metrics.append(SmallFleet.poll(0, MINERS));
        metrics.append(SmallFleet.poll(40 * DAY, MINERS));

        assertThat(partitions("ticks")).hasSizeBetween(2, 4);
        assertThat(partitions("blocks")).hasSizeBetween(2, 4);
        assertThat(polls()).containsExactly(SmallFleet.second(0), SmallFleet.second(40 * DAY));
    }

    @Test
    void days_before_the_kept_time_are_dropped_as_a_whole_and_the_rest_stays() throws Exception {
        metrics.append(SmallFleet.poll(0, MINERS));
        metrics.append(SmallFleet.poll(60, MINERS));
        metrics.append(SmallFleet.poll(40 * DAY, MINERS));
        sealAll();

        int pruned = metrics.prune(SmallFleet.second(39 * DAY));

        assertThat(pruned).isEqualTo(2);
        assertThat(partitions("blocks")).hasSizeBetween(1, 2);
        assertThat(polls()).containsExactly(SmallFleet.second(40 * DAY));
    }

    @Test
    void a_poll_of_a_day_whose_partition_another_instance_dropped_is_stored() {
        metrics.append(SmallFleet.poll(0, MINERS));
        metrics.append(SmallFleet.poll(40 * DAY, MINERS));
        try (PostgresStore other = PostgresStore.open(options.withInstance("other"))) {
            other.metrics().prune(SmallFleet.second(39 * DAY));
        }

        metrics.append(SmallFleet.poll(60, MINERS));

        assertThat(store.metrics().latest().size()).isEqualTo(MINERS);
    }

    @Test
    void sealed_hours_are_in_ordinary_columns_too() throws Exception {
        metrics.append(SmallFleet.poll(0, MINERS));
        metrics.append(SmallFleet.poll(60, MINERS));
        sealAll();

        assertThat(TestServer.column(
                        options, "SELECT count FROM readings_by_hour WHERE reading = 'hashrate_ths' ORDER BY miner"))
                .containsExactly("2", "2", "2");
        assertThat(TestServer.column(
                        options, "SELECT count FROM readings_by_day WHERE reading = 'hashrate_ths' ORDER BY miner"))
                .containsExactly("2", "2", "2");
        assertThat(TestServer.column(options, "SELECT COUNT(*) FROM ticks")).containsExactly("0");
    }

    @Test
    void an_hour_is_sealed_at_its_end_though_its_first_poll_is_late_in_it() throws Exception {
        metrics.append(SmallFleet.poll(56 * 60 + 30, MINERS));
        Instant end = SmallFleet.second(0).truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(1));

        ((PostgresMetricStore) metrics).sealBefore(end);

        assertThat(TestServer.column(options, "SELECT COUNT(*) FROM ticks")).containsExactly("0");
    }

    @Test
    void the_latest_readings_survive_the_sealing_of_their_hour_for_an_instance_that_starts_later() {
        metrics.append(SmallFleet.poll(0, MINERS));
        sealAll();

        try (PostgresStore later = PostgresStore.open(options.withInstance("later"))) {
            assertThat(later.metrics().latest().epochMillis(0))
                    .isEqualTo(SmallFleet.second(0).toEpochMilli());
        }
    }

    private void sealAll() {
        ((PostgresMetricStore) metrics).sealBefore(SmallFleet.second(100 * DAY).plus(Duration.ofHours(1)));
    }
}
