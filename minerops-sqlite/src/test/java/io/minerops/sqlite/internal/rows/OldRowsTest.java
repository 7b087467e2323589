package io.minerops.sqlite.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.blocks.TickCodec;
import io.minerops.sqlite.SmallFleet;
import io.minerops.sqlite.Sql;
import io.minerops.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What schema 7 stored as rows becomes blocks, and what is read of it stays the same, sample by sample. */
class OldRowsTest {
    private static final int HOURS = 4;
    private static final int HOUR_S = 3_600;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("metrics.db");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void each_sample_is_the_same_before_while_and_after_the_rows_become_blocks(long seed) throws Exception {
        OldFile.write(file, HOURS, seed);
        List<Object> before;
        try (OldFile.Opened opened = new OldFile.Opened(file)) {
            before = opened.everything();
            assertThat(before).hasSizeGreaterThan(2 * 24 * 100);
        }
        for (int hour = 1; hour <= HOURS; hour++) {
            // each hour after a start of its own
            try (OldFile.Opened opened = new OldFile.Opened(file)) {
                assertThat(opened.metrics.moveHour()).isTrue();
                assertThat(opened.everything()).isEqualTo(before);
            }
            assertThat(Sql.number(file, "SELECT COUNT(*) FROM polls")).isEqualTo((HOURS - hour) * 6L);
        }
        try (OldFile.Opened opened = new OldFile.Opened(file)) {
            assertThat(opened.metrics.moveHour()).isFalse();
            assertThat(opened.everything()).isEqualTo(before);
        }
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM samples")).isZero();
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM ticks")).isZero();
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM rollup_hour")).isEqualTo(2L * HOURS);
    }

    @Test
    void an_hour_of_which_some_polls_were_moved_when_the_process_died_is_read_the_same_and_moved_again()
            throws Exception {
        OldFile.write(file, HOURS, 6);
        List<Object> before;
        try (OldFile.Opened opened = new OldFile.Opened(file)) {
            before = opened.everything();
            int[] polls = new int[1];
            OldRows rows = new OldRows(
                    opened.database,
                    new AddressBook(opened.database),
                    new SampleRows(new PoolBook(opened.database)),
                    new TickCodec(ReadingBook.load(opened.database), new PoolBook(opened.database)));
            rows.move(rows.newestHour(Long.MAX_VALUE), () -> polls[0]++ == 2);
            assertThat(Sql.number(file, "SELECT COUNT(*) FROM ticks")).isEqualTo(2);
            assertThat(opened.everything()).isEqualTo(before);
        }
        try (OldFile.Opened opened = new OldFile.Opened(file)) {
            while (opened.metrics.moveHour()) {
                assertThat(opened.everything()).isEqualTo(before);
            }
        }
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM ticks")).isZero();
    }

    @Test
    void what_was_stored_again_since_stays_whether_it_is_a_tick_or_sealed() throws Exception {
        OldFile.write(file, HOURS, 7);
        try (OldFile.Opened opened = new OldFile.Opened(file)) {
            opened.metrics.append(again(0));
            opened.metrics.append(again(HOUR_S));
            opened.metrics.sealBefore(SmallFleet.second(HOUR_S));
            List<Object> before = opened.everything();
            while (opened.metrics.moveHour()) {
                assertThat(opened.everything()).isEqualTo(before);
            }
        }
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM samples")).isZero();
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM ticks")).isZero();
    }

    private static Poll again(int second) {
        return Poll.of(
                SmallFleet.second(second),
                List.of(MetricSample.builder(SmallFleet.miner(7), SmallFleet.second(second))
                        .set(Reading.HASHRATE_THS, 1)
                        .build()));
    }

    @Test
    @Timeout(60)
    void a_store_that_is_opened_moves_them_by_itself_and_shows_the_progress_until_it_is_done() throws Exception {
        OldFile.write(file, HOURS, 8);
        List<Object> before;
        try (OldFile.Opened opened = new OldFile.Opened(file)) {
            before = opened.everything();
        }
        try (SqliteStore store = SqliteStore.open(file)) {
            store.activity()
                    .ifPresent(
                            text -> assertThat(text).matches("moving samples of an earlier version: [0-4] of 4 hours"));
            while (store.activity().isPresent()) {
                Thread.onSpinWait();
            }
        }
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM samples")).isZero();
        try (OldFile.Opened opened = new OldFile.Opened(file)) {
            assertThat(opened.everything()).isEqualTo(before);
        }
    }

    @Test
    void a_removed_miner_that_comes_back_has_no_latest_sample_of_its_rows() throws Exception {
        OldFile.write(file, HOURS, 9);
        try (OldFile.Opened opened = new OldFile.Opened(file)) {
            while (opened.metrics.moveHour()) {
                assertThat(opened.metrics.latest().hasSample(0)).isFalse();
            }
        }
        try (OldFile.Opened opened = new OldFile.Opened(file)) {
            assertThat(opened.metrics.latest().hasSample(0)).isFalse();
        }
    }
}
