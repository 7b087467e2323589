package io.minerops.server.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.sqlite.SqliteStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of CSV from a real SQLite file. */
class HistoryCsvTest {
    private static final Instant T = Instant.parse("2026-11-20T08:30:00Z");
    private static final InstantSource LATER = InstantSource.fixed(T.plusSeconds(3_600));
    private static final MinerAddress FIRST = MinerAddress.parse("10.0.0.7");
    private static final MinerAddress SECOND = MinerAddress.parse("10.0.0.12:4029");
    private static final MinerAddress THIRD = MinerAddress.parse("10.0.0.13");

    @TempDir
    private Path folder;

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

    private static MetricSample sample(MinerAddress miner, Instant at, Map<Reading, Double> values) {
        MetricSample.Builder sample = MetricSample.builder(miner, at);
        values.forEach(sample::set);
        return sample.build();
    }

    private void append(Instant at, MetricSample... samples) {
        store.metrics().append(new Poll(at, List.of(samples), Map.of()));
    }

    /** Three polls of up to three miners. */
    private void history() {
        for (int second = 0; second < 3; second++) {
            Instant at = T.plusSeconds(second);
            append(
                    at,
                    sample(THIRD, at, Map.of(Reading.HASHRATE_THS, 3.0 + second)),
                    sample(FIRST, at, Map.of(Reading.HASHRATE_THS, 1.0 + second)),
                    sample(SECOND, at, Map.of(Reading.HASHRATE_THS, 2.0 + second)));
        }
    }

    private HistoryCsv csv(@Nullable Instant from, @Nullable Instant to, Set<MinerAddress> miners, int perStep) {
        HistorySelection selection = HistorySelection.of("", from, to, miners, Set.of(Reading.HASHRATE_THS), LATER);
        return new HistoryCsv(store.metrics()::history, selection, MinerAddress.DEFAULT_PORT, perStep);
    }

    private static String text(HistoryCsv csv) {
        StringBuilder text = new StringBuilder();
        for (String part = csv.next(); part != null; part = csv.next()) {
            text.append(part);
        }
        return text.toString();
    }

    private static List<String> lines(HistoryCsv csv) {
        String text = text(csv);
        assertThat(text).endsWith("\r\n");
        return Stream.of(text.split("\r\n", -1)).filter(line -> !line.isEmpty()).toList();
    }

    @Test
    void an_empty_history_is_a_header_with_every_reading() {
        HistorySelection all = HistorySelection.of("", null, null, Set.of(), Set.of(), LATER);
        HistoryCsv csv = new HistoryCsv(store.metrics()::history, all, MinerAddress.DEFAULT_PORT);

        assertThat(text(csv))
                .isEqualTo("time,miner_ip,power_estimated,"
                        + String.join(
                                ",", Reading.all().stream().map(Reading::key).toList()) + ",state\r\n");
        assertThat(csv.rows()).isZero();
    }

    @Test
    void lines_are_in_time_order_then_by_miner_also_of_miners_that_are_no_longer_registered() {
        history();
        store.miners().remove(SECOND);

        HistoryCsv csv = csv(null, null, Set.of(), HistoryCsv.SAMPLES_PER_STEP);

        assertThat(lines(csv))
                .startsWith(
                        "time,miner_ip,power_estimated,hashrate_ths",
                        "2026-11-20T08:30:00.000Z,10.0.0.7,,1",
                        "2026-11-20T08:30:00.000Z,10.0.0.12:4029,,2",
                        "2026-11-20T08:30:00.000Z,10.0.0.13,,3",
                        "2026-11-20T08:30:01.000Z,10.0.0.7,,2")
                .hasSize(10);
        assertThat(csv.rows()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 9, 10})
    void steps_of_any_size_give_each_line_once(int perStep) {
        history();

        assertThat(text(csv(null, null, Set.of(), perStep)))
                .isEqualTo(text(csv(null, null, Set.of(), HistoryCsv.SAMPLES_PER_STEP)));
        assertThat(text(csv(null, null, Set.of(SECOND), perStep)))
                .isEqualTo(text(csv(null, null, Set.of(SECOND), HistoryCsv.SAMPLES_PER_STEP)));
    }

    @Test
    void only_the_chosen_miners_and_times_are_there() {
        history();

        assertThat(lines(csv(T.plusSeconds(1), T.plusSeconds(2), Set.of(THIRD, FIRST), 2)))
                .containsExactly(
                        "time,miner_ip,power_estimated,hashrate_ths",
                        "2026-11-20T08:30:01.000Z,10.0.0.7,,2",
                        "2026-11-20T08:30:01.000Z,10.0.0.13,,4");
    }

    @Test
    void the_columns_are_the_chosen_readings_in_their_order_and_absent_values_are_empty() {
        append(T, sample(FIRST, T, Map.of(Reading.ACCEPTED, 7.0)));
        Set<Reading> chosen = new LinkedHashSet<>(List.of(Reading.REJECTED, Reading.ACCEPTED));

        HistoryCsv csv = new HistoryCsv(
                store.metrics()::history,
                HistorySelection.of("", null, null, Set.of(), chosen, LATER),
                MinerAddress.DEFAULT_PORT);

        assertThat(lines(csv))
                .containsExactly(
                        "time,miner_ip,power_estimated,rejected,accepted", "2026-11-20T08:30:00.000Z,10.0.0.7,,,7");
    }

    @Test
    void the_state_of_work_is_the_last_column_and_empty_where_it_is_unknown() {
        append(T, sample(FIRST, T, Map.of()).toBuilder().state(WorkState.ASLEEP).build());
        append(T.plusSeconds(1), sample(FIRST, T.plusSeconds(1), Map.of()));

        List<String> lines = lines(new HistoryCsv(
                store.metrics()::history,
                HistorySelection.of("", null, null, Set.of(), Set.of(), LATER),
                MinerAddress.DEFAULT_PORT));

        assertThat(lines.get(1)).endsWith(",asleep");
        assertThat(lines.get(2)).endsWith(",,");
    }

    @Test
    void proven_work_is_of_the_time_since_the_miners_sample_before_and_empty_where_the_counters_began_again() {
        double[] shares = {10, 30, 4, 24};
        for (int minute = 0; minute < shares.length; minute++) {
            Instant at = T.plusSeconds(minute * 60L);
            append(
                    at,
                    sample(
                            FIRST,
                            at,
                            Map.of(
                                    Reading.HASHRATE_THS,
                                    100.0,
                                    Reading.ACCEPTED,
                                    shares[minute],
                                    Reading.ACCEPTED_DIFFICULTY,
                                    shares[minute] * 65_536)),
                    sample(SECOND, at, Map.of(Reading.HASHRATE_THS, 100.0)));
        }
        HistorySelection selection = HistorySelection.of("", null, null, Set.of(), Set.of(Reading.HASHRATE_THS), LATER)
                .withProven(true);

        HistoryCsv csv = new HistoryCsv(store.metrics()::history, selection, MinerAddress.DEFAULT_PORT, 3);

        // 20 shares × 65,536 × 2^32 / 60 s
        assertThat(lines(csv))
                .containsExactly(
                        "time,miner_ip,power_estimated,hashrate_ths,proven_s,proven_difficulty,proven_ths",
                        "2026-11-20T08:30:00.000Z,10.0.0.7,,100,,,",
                        "2026-11-20T08:30:00.000Z,10.0.0.12:4029,,100,,,",
                        "2026-11-20T08:31:00.000Z,10.0.0.7,,100,60,1310720,93.82499223688532",
                        "2026-11-20T08:31:00.000Z,10.0.0.12:4029,,100,,,",
                        "2026-11-20T08:32:00.000Z,10.0.0.7,,100,,,",
                        "2026-11-20T08:32:00.000Z,10.0.0.12:4029,,100,,,",
                        "2026-11-20T08:33:00.000Z,10.0.0.7,,100,60,1310720,93.82499223688532",
                        "2026-11-20T08:33:00.000Z,10.0.0.12:4029,,100,,,");
    }

    @Test
    void numbers_have_no_exponent_and_lose_nothing() {
        append(
                T,
                sample(FIRST, T, Map.of(Reading.ACCEPTED, 123_456_789_012.0, Reading.HASHRATE_THS, 0.000_012_5)),
                sample(THIRD, T, Map.of(Reading.ACCEPTED, 0.0, Reading.HASHRATE_THS, 93.437)));
        Set<Reading> chosen = new LinkedHashSet<>(List.of(Reading.ACCEPTED, Reading.HASHRATE_THS));

        HistoryCsv csv = new HistoryCsv(
                store.metrics()::history,
                HistorySelection.of("", null, null, Set.of(), chosen, LATER),
                MinerAddress.DEFAULT_PORT);

        assertThat(lines(csv))
                .contains(
                        "2026-11-20T08:30:00.000Z,10.0.0.7,,123456789012,0.0000125",
                        "2026-11-20T08:30:00.000Z,10.0.0.13,,0,93.437");
    }

    @Test
    void power_says_whether_it_is_estimated() {
        append(
                T,
                MetricSample.builder(FIRST, T)
                        .set(Reading.POWER_W, 3_250)
                        .powerEstimated(true)
                        .build(),
                sample(THIRD, T, Map.of(Reading.POWER_W, 3_100.0)));

        HistoryCsv csv = new HistoryCsv(
                store.metrics()::history,
                HistorySelection.of("", null, null, Set.of(), Set.of(Reading.POWER_W), LATER),
                MinerAddress.DEFAULT_PORT);

        assertThat(lines(csv))
                .contains(
                        "2026-11-20T08:30:00.000Z,10.0.0.7,true,3250", "2026-11-20T08:30:00.000Z,10.0.0.13,false,3100");
    }

    @Test
    void no_read_transaction_is_open_between_two_parts() throws SQLException {
        history();
        HistoryCsv csv = csv(null, null, Set.of(), 2);
        List<Integer> busy = new ArrayList<>();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            while (csv.next() != null) {
                // a log that is reset has no reader
                try (ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                    busy.add(result.getInt(1));
                }
            }
        }

        assertThat(busy).hasSizeGreaterThan(3).containsOnly(0);
    }

    @Test
    void a_range_that_ends_before_it_begins_is_refused_by_the_names_of_the_caller() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> HistorySelection.of("--", T, T, Set.of(), Set.of(), LATER))
                .withMessage("--to must be after --from (" + T + "), not " + T)
                .satisfies(e -> assertThat(e.argument()).isEqualTo("to"));
    }
}
