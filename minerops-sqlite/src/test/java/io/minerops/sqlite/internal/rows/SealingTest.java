package io.minerops.sqlite.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.HistorySource;
import io.minerops.api.store.MetricRollup;
import io.minerops.api.store.PollQuery;
import io.minerops.api.store.RollupQuery;
import io.minerops.blocks.Frame;
import io.minerops.blocks.Rollup;
import io.minerops.sqlite.SmallFleet;
import io.minerops.sqlite.Sql;
import io.minerops.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hours that are over become blocks and roll-ups, and what is read of them stays the same. */
class SealingTest {
    /** More than one slice. */
    private static final int MINERS = 300;

    private static final int HOUR_S = 3_600;
    private static final Instant END = SmallFleet.second(1_000_000);

    @TempDir
    Path folder;

    private Path file;
    private SqliteStore store;

    @BeforeEach
    void open() {
        file = folder.resolve("metrics.db");
        store = SqliteStore.open(file);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen() {
        store.close();
        store = SqliteStore.open(file);
    }

    private int seal() {
        return ((SqliteMetricStore) store.metrics()).sealBefore(END);
    }

    /** Polls of miners of which some do not answer, with values of any kind. */
    private static Poll poll(int second, long seed) {
        Random random = new Random(seed * 1_000_003 + second);
        List<MetricSample> samples = new ArrayList<>();
        for (int number = 1; number <= MINERS; number++) {
            if (random.nextInt(10) > 0) {
                MetricSample.Builder sample = MetricSample.builder(
                        SmallFleet.miner(number), SmallFleet.second(second).plusMillis(random.nextInt(900)));
                for (Reading reading : Reading.all()) {
                    if (random.nextInt(12) > 0) {
                        sample.set(reading, random.nextInt(20_000) / (number % 7 == 0 ? 1_000.0 : 1));
                    }
                }
                samples.add(sample.powerEstimated(random.nextBoolean())
                        .state(WorkState.all()
                                .get(random.nextInt(WorkState.all().size())))
                        .pool(random.nextInt(5) == 0 ? new Pool("stratum+tcp://a.example", "w" + number % 3) : null)
                        .build());
            }
        }
        return Poll.of(SmallFleet.second(second), samples);
    }

    private void appendHours(int hours, long seed) {
        for (int second = 0; second < hours * HOUR_S; second += 300) {
            store.metrics().append(poll(second, seed));
        }
    }

    private List<String> history(@Nullable MinerAddress miner, @Nullable Duration step) {
        List<String> found = new ArrayList<>();
        store.metrics()
                .history(
                        new HistoryQuery(miner, SmallFleet.second(-1), END, step, Integer.MAX_VALUE),
                        (at, sample) -> found.add(at + " " + sample + " " + sample.powerEstimated()));
        return found;
    }

    private List<String> polls() {
        List<String> found = new ArrayList<>();
        PollQuery query = new PollQuery(
                store.metrics().latest().roster(),
                SmallFleet.second(-1),
                END,
                Set.of(Reading.POWER_W, Reading.POOLS_ALIVE));
        store.metrics().polls(query, poll -> {
            List<String> samples = new ArrayList<>();
            for (int i = 0; i < poll.size(); i++) {
                samples.add(poll.row(i) + " " + poll.value(Reading.POWER_W, i) + poll.powerEstimated(i) + poll.pool(i));
            }
            samples.sort(null);
            return found.add(poll.epochMillis() + " " + samples);
        });
        return found;
    }

    private List<List<String>> everything() {
        return List.of(
                history(null, null),
                history(SmallFleet.miner(7), null),
                history(SmallFleet.miner(200), Duration.ofMinutes(20)),
                polls());
    }

    @Test
    void what_is_read_is_the_same_before_and_after() throws Exception {
        appendHours(1, 1);
        List<List<String>> before = everything();

        assertThat(seal()).isEqualTo(1);

        assertThat(Sql.number(file, "SELECT COUNT(*) FROM ticks")).isZero();
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM blocks")).isEqualTo(MINERS + 1);
        assertThat(everything()).isEqualTo(before);
        reopen();
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void a_poll_of_the_next_hour_seals_the_one_before() throws Exception {
        appendHours(2, 1);
        List<List<String>> before = everything();

        // the thread that seals has ended when the store is closed
        reopen();
        store.metrics().append(poll(2 * HOUR_S, 1));
        assertThat(seal()).isLessThanOrEqualTo(3);

        assertThat(Sql.number(file, "SELECT COUNT(*) FROM ticks")).isZero();
        assertThat(polls().subList(0, 24)).isEqualTo(before.get(3));
    }

    @Test
    void an_hour_of_which_one_slice_was_written_when_the_process_died_is_read_the_same_and_sealed_again()
            throws Exception {
        appendHours(1, 2);
        List<List<String>> before = everything();
        store.close();
        Sql.run(file, "CREATE TABLE saved AS SELECT * FROM ticks");
        store = SqliteStore.open(file);
        seal();
        store.close();
        Sql.run(file, "INSERT INTO ticks SELECT * FROM saved");
        Sql.run(file, "DELETE FROM blocks WHERE (id & 1048575) = 0 OR (id & 1048575) >= 128");
        Sql.run(file, "DELETE FROM rollup_hour WHERE (id & 1048575) >= 128");
        store = SqliteStore.open(file);

        assertThat(everything()).isEqualTo(before);
        assertThat(seal()).isEqualTo(1);
        assertThat(everything()).isEqualTo(before);
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM blocks")).isEqualTo(MINERS + 1);
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM rollup_hour")).isEqualTo(3);
    }

    @Test
    void a_poll_that_comes_late_is_added_to_its_hour_and_one_of_a_known_time_replaces_its_samples() throws Exception {
        appendHours(1, 3);
        seal();
        store.metrics().append(poll(10, 4));
        store.metrics().append(poll(300, 5));
        List<List<String>> before = everything();
        assertThat(before.get(3)).hasSize(13);

        assertThat(seal()).isEqualTo(1);

        assertThat(Sql.number(file, "SELECT COUNT(*) FROM ticks")).isZero();
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void rows_of_an_earlier_version_are_read_together_with_ticks_and_blocks_of_the_same_hour() throws Exception {
        store.metrics().append(SmallFleet.poll(60, 3));
        seal();
        store.metrics().append(SmallFleet.poll(120, 3));
        store.close();
        long at = SmallFleet.second(30).toEpochMilli();
        Sql.run(file, "INSERT INTO polls VALUES (" + at + ", 1)");
        Sql.run(
                file,
                "INSERT INTO samples (id, read_after_ms, power_estimated, hashrate_ths, power_w) VALUES ("
                        + (at << 20 | 2) + ", 17, 1, 102.1234567, 3250)");
        store = SqliteStore.open(file);

        assertThat(history(null, null)).hasSize(7);
        assertThat(history(SmallFleet.miner(2), null))
                .hasSize(3)
                .first()
                .asString()
                .contains("2026-11-20T12:00:30.017Z", "hashrate_ths=102.1234567", "power_w=3250.0")
                .endsWith("true");
        assertThat(polls()).hasSize(3);
        assertThat(store.metrics().prune(SmallFleet.second(61))).isEqualTo(2);
        assertThat(history(null, null)).hasSize(3);
    }

    @Test
    void pruning_deletes_whole_hours_and_hides_the_beginning_of_the_one_that_goes_on() throws Exception {
        appendHours(3, 6);
        seal();
        List<String> before = polls();

        assertThat(store.metrics().prune(SmallFleet.second(HOUR_S + 600))).isEqualTo(14);

        assertThat(polls()).isEqualTo(before.subList(14, 36));
        assertThat(history(SmallFleet.miner(5), Duration.ofMinutes(30))).hasSize(4);
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM blocks")).isEqualTo(2L * (MINERS + 1));
        assertThat(store.metrics().prune(SmallFleet.second(HOUR_S + 600))).isZero();
        assertThat(store.metrics().prune(SmallFleet.second(2 * HOUR_S))).isEqualTo(10);
        assertThat(polls()).isEqualTo(before.subList(24, 36));
    }

    private List<String> rollups(@Nullable MinerAddress miner, HistorySource span) {
        List<String> found = new ArrayList<>();
        store.metrics().rollups(new RollupQuery(miner, span, SmallFleet.second(-90_000), END), rollup -> {
            MetricRollup.Of power = Objects.requireNonNull(rollup.readings().get(Reading.POWER_W));
            return found.add(rollup.start() + " " + rollup.miner() + " " + power.count() + " " + Math.round(power.max())
                    + " " + Math.round(rollup.energyWh() / 100) + " " + rollup.pool());
        });
        return found;
    }

    /** The same as {@link #rollups}, read in columns. */
    private List<String> columns(HistorySource span) {
        List<String> found = new ArrayList<>();
        store.metrics().rollupColumns(new RollupQuery(null, span, SmallFleet.second(-90_000), END), columns -> {
            for (int row = 0; row < columns.size(); row++) {
                found.add(columns.start() + " " + columns.miner(row) + " " + columns.count(Reading.POWER_W, row) + " "
                        + Math.round(columns.value(Reading.POWER_W, MetricRollup.Stat.MAX, row)) + " "
                        + Math.round(columns.energyWh(row) / 100));
            }
            return true;
        });
        return found;
    }

    private static List<String> withoutPool(List<String> rollups) {
        return rollups.stream()
                .map(rollup -> rollup.split(" ", -1))
                .map(words -> String.join(" ", List.of(words).subList(0, 5)))
                .toList();
    }

    @Test
    void roll_ups_in_columns_are_the_same_of_samples_and_when_they_are_sealed() {
        appendHours(4, 9);
        List<String> hours = withoutPool(rollups(null, HistorySource.HOURLY));
        List<String> days = withoutPool(rollups(null, HistorySource.DAILY));
        assertThat(columns(HistorySource.HOURLY)).containsExactlyInAnyOrderElementsOf(hours);

        ((SqliteMetricStore) store.metrics()).sealBefore(SmallFleet.second(2 * HOUR_S));
        assertThat(columns(HistorySource.HOURLY)).containsExactlyInAnyOrderElementsOf(hours);
        seal();

        assertThat(columns(HistorySource.HOURLY)).containsExactlyInAnyOrderElementsOf(hours);
        assertThat(columns(HistorySource.DAILY)).containsExactlyInAnyOrderElementsOf(days);
    }

    @Test
    void roll_ups_are_the_same_of_samples_and_when_they_are_sealed_and_outlive_the_samples() {
        appendHours(4, 9);
        List<String> hours = rollups(null, HistorySource.HOURLY);
        List<String> ofOne = rollups(SmallFleet.miner(200), HistorySource.HOURLY);
        List<String> days = rollups(null, HistorySource.DAILY);
        assertThat(hours).hasSizeGreaterThan(4 * 200);
        assertThat(ofOne).hasSize(4);

        ((SqliteMetricStore) store.metrics()).sealBefore(SmallFleet.second(2 * HOUR_S));
        assertThat(rollups(null, HistorySource.HOURLY)).isEqualTo(hours);
        assertThat(rollups(null, HistorySource.DAILY)).isEqualTo(days);
        seal();
        store.metrics().prune(SmallFleet.second(4 * HOUR_S));

        assertThat(rollups(null, HistorySource.HOURLY)).isEqualTo(hours);
        assertThat(rollups(SmallFleet.miner(200), HistorySource.HOURLY)).isEqualTo(ofOne);
        assertThat(rollups(null, HistorySource.DAILY)).isEqualTo(days);
    }

    @Test
    void means_over_days_outlive_the_roll_ups_of_hours() {
        appendHours(3, 8);
        List<MetricSample> before = means(SmallFleet.miner(5), 24);
        seal();
        store.metrics().prune(SmallFleet.second(3 * HOUR_S));
        store.metrics().pruneHourly(SmallFleet.second(3 * HOUR_S));

        assertMeans(means(SmallFleet.miner(5), 24), before);
    }

    @Test
    void a_query_says_what_it_is_answered_from() {
        assertThat(source(null)).isEqualTo(HistorySource.RAW);
        assertThat(source(Duration.ofMinutes(5))).isEqualTo(HistorySource.RAW);
        assertThat(source(Duration.ofHours(6))).isEqualTo(HistorySource.HOURLY);
        assertThat(source(Duration.ofDays(7))).isEqualTo(HistorySource.DAILY);
    }

    private HistorySource source(@Nullable Duration step) {
        return store.metrics().source(new HistoryQuery(null, SmallFleet.second(0), END, step, 1));
    }

    @Test
    void means_over_hours_are_the_same_of_samples_and_of_roll_ups_and_outlive_the_samples() {
        appendHours(4, 7);
        List<MetricSample> bySamples = means(null, 2);
        List<MetricSample> oneBySamples = means(SmallFleet.miner(200), 1);

        seal();
        assertMeans(means(null, 2), bySamples);
        assertMeans(means(SmallFleet.miner(200), 1), oneBySamples);
        store.metrics().prune(SmallFleet.second(3 * HOUR_S));

        assertThat(polls()).hasSize(12);
        assertMeans(means(null, 2), bySamples);
        assertMeans(means(SmallFleet.miner(200), 1), oneBySamples);
    }

    @Test
    void roll_ups_of_hours_and_of_days_are_deleted_each_by_a_time_of_their_own() throws Exception {
        appendHours(3, 8);
        seal();
        store.metrics().prune(SmallFleet.second(3 * HOUR_S));

        assertThat(store.metrics().pruneHourly(SmallFleet.second(2 * HOUR_S + 1)))
                .isEqualTo(2);

        assertThat(means(SmallFleet.miner(5), 1)).hasSize(1);
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM rollup_day")).isEqualTo(3);
        assertThat(store.metrics().pruneHourly(SmallFleet.second(2 * HOUR_S + 1)))
                .isZero();
        assertThat(store.metrics().pruneDaily(SmallFleet.second(3 * HOUR_S))).isZero();
        assertThat(store.metrics().pruneDaily(SmallFleet.second(86_400))).isEqualTo(1);
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM rollup_day")).isZero();
    }

    @Test
    void a_mean_over_a_sealed_hour_and_one_that_goes_on_counts_every_sample_once() {
        for (int second = 0; second < 2 * HOUR_S; second += 60) {
            store.metrics().append(SmallFleet.poll(second, 1));
        }
        ((SqliteMetricStore) store.metrics()).sealBefore(SmallFleet.second(HOUR_S));

        assertThat(means(SmallFleet.miner(1), 2).get(0).value(Reading.HASHRATE_THS))
                .isEqualTo(101.125 + 119 * 30, within(1.0));
    }

    @Test
    void a_poll_that_comes_after_its_hour_was_pruned_is_added_to_the_roll_up() {
        for (int second = 0; second < HOUR_S; second += 60) {
            store.metrics().append(SmallFleet.poll(second, 1));
        }
        seal();
        store.metrics().prune(SmallFleet.second(HOUR_S));

        store.metrics().append(SmallFleet.poll(3_590, 1));
        seal();

        List<MetricSample> means = means(SmallFleet.miner(1), 1);
        assertThat(means).hasSize(1);
        assertThat(means.get(0).value(Reading.HASHRATE_THS))
                .isEqualTo((60 * (101.125 + 59 * 30) + 101.125 + 3_590) / 61, within(1.0));
    }

    private List<MetricSample> means(@Nullable MinerAddress miner, int hours) {
        List<MetricSample> found = new ArrayList<>();
        HistoryQuery query =
                new HistoryQuery(miner, SmallFleet.second(-86_400), END, Duration.ofHours(hours), Integer.MAX_VALUE);
        store.metrics().history(query, (at, sample) -> found.add(sample));
        return found;
    }

    private static void assertMeans(List<MetricSample> some, List<MetricSample> others) {
        assertThat(some).hasSameSizeAs(others).isNotEmpty();
        for (int i = 0; i < some.size(); i++) {
            MetricSample one = some.get(i);
            MetricSample other = others.get(i);
            assertThat(one.miner()).isEqualTo(other.miner());
            assertThat(one.readAt()).isEqualTo(other.readAt());
            assertThat(one.powerEstimated()).isEqualTo(other.powerEstimated());
            assertThat(one.pool()).isEqualTo(other.pool());
            for (Reading reading : Reading.all()) {
                double value = other.value(reading);
                assertThat(one.value(reading)).as(reading.key()).isEqualTo(value, within(Math.abs(value) * 1e-3));
            }
        }
    }

    @Test
    void roll_ups_of_the_hour_and_of_the_day_are_made_on_the_way() throws Exception {
        for (int second = 0; second < 2 * HOUR_S; second += 60) {
            store.metrics()
                    .append(Poll.of(
                            SmallFleet.second(second),
                            List.of(MetricSample.builder(SmallFleet.miner(1), SmallFleet.second(second))
                                    .set(Reading.POWER_W, 3_000 + second / 60)
                                    .set(Reading.HASHRATE_THS, 110.5)
                                    .build())));
        }
        seal();

        Rollup hour = rollup("SELECT data FROM rollup_hour ORDER BY id LIMIT 1");
        Rollup day = rollup("SELECT data FROM rollup_day");

        var power = Objects.requireNonNull(hour.readings().get(id(Reading.POWER_W)));
        assertThat(power.count()).isEqualTo(60);
        assertThat(power.min()).isEqualTo(3_000);
        assertThat(power.max()).isEqualTo(3_059);
        assertThat(power.last()).isEqualTo(3_059);
        assertThat(power.mean()).isEqualTo(3_029.5);
        assertThat(power.integral()).isEqualTo(59 * 60 * 3_029.5, within(6_000.0));
        var ofDay = Objects.requireNonNull(day.readings().get(id(Reading.POWER_W)));
        assertThat(ofDay.count()).isEqualTo(120);
        assertThat(ofDay.max()).isEqualTo(3_119);
        assertThat(ofDay.integral()).isEqualTo(119 * 60 * 3_059.5, within(12_000.0));
    }

    private int id(Reading reading) throws Exception {
        return (int) Sql.number(file, "SELECT id FROM readings WHERE key = '" + reading.key() + "'");
    }

    private Rollup rollup(String sql) throws Exception {
        return Rollup.read(Frame.of(Sql.bytes(file, sql)), 0);
    }
}
