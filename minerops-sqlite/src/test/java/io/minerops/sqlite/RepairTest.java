package io.minerops.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.StoreException;
import io.minerops.api.StoreException.Reason;
import io.minerops.api.store.PollQuery;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in a damaged file, and what is recovered of it. */
class RepairTest {
    private static final int POLLS = 40;
    private static final int MINERS = 200;

    @TempDir
    Path folder;

    private Path file;
    private Path repaired;

    @BeforeEach
    void write() throws Exception {
        file = folder.resolve("metrics.db");
        repaired = folder.resolve("repaired.db");
        try (SqliteStore store = SqliteStore.open(file)) {
            SmallFleet.rule(store);
            for (int poll = 0; poll < POLLS; poll++) {
                store.metrics().append(SmallFleet.poll(poll, MINERS));
            }
        }
    }

    private int polls(Path path) {
        int[] polls = new int[1];
        try (SqliteStore store = SqliteStore.open(path)) {
            store.metrics()
                    .polls(
                            new PollQuery(store.metrics().latest().roster(), Instant.EPOCH, Instant.MAX, Set.of()),
                            poll -> {
                                assertThat(poll.size()).isEqualTo(MINERS);
                                polls[0]++;
                                return true;
                            });
            assertThat(store.rules().all()).hasSize(1);
        }
        return polls[0];
    }

    @Test
    void a_sound_file_is_recovered_whole() {
        SqliteRepairReport report = SqliteFile.of(file).repairTo(repaired);

        assertThat(report.lost()).isEmpty();
        assertThat(report.recovered()).containsEntry("ticks", (long) POLLS).containsEntry("rules", 1L);
        assertThat(polls(repaired)).isEqualTo(POLLS);
        assertThat(SqliteFile.of(repaired).check().isSound()).isTrue();
    }

    @Test
    void flipped_bytes_in_a_poll_are_found_by_the_check_and_lose_that_poll_alone() throws Exception {
        long at = SmallFleet.second(7).toEpochMilli();
        Sql.run(
                file,
                "UPDATE ticks SET data = CAST(substr(data, 1, 400) || x'5a5a5a' || substr(data, 404) AS BLOB) WHERE at = "
                        + at);
        byte[] before = Files.readAllBytes(file);

        assertThat(SqliteFile.of(file).check().problems())
                .singleElement()
                .asString()
                .startsWith("the poll of 2026-11-20T12:00:07Z (table ticks)");

        SqliteRepairReport report = SqliteFile.of(file).repairTo(repaired);

        assertThat(report.lost()).singleElement().asString().contains("2026-11-20T12:00:07Z");
        assertThat(polls(repaired)).isEqualTo(POLLS - 1);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void flipped_bytes_in_a_sealed_block_lose_one_hour_of_one_miner() throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            store.metrics().append(SmallFleet.poll(7_200, MINERS));
            DamagedPages.awaitSealed(file);
        }
        long block = (SmallFleet.second(0).toEpochMilli() << 20) + 3;
        // the last byte is part of the checksum
        Sql.run(
                file,
                "UPDATE blocks SET data = CAST(substr(data, 1, length(data) - 1) || x'5a' AS BLOB) WHERE id = "
                        + block);

        assertThat(SqliteFile.of(file).check().problems())
                .singleElement()
                .asString()
                .startsWith("the hour from 2026-11-20T12:00:00Z of miner 3 (table blocks) cannot be read");
        SqliteRepairReport report = SqliteFile.of(file).repairTo(repaired);

        assertThat(report.lost())
                .singleElement()
                .asString()
                .startsWith("the hour from 2026-11-20T12:00:00Z of miner 3");
        assertThat(report.recovered().get("blocks")).isEqualTo(Sql.number(file, "SELECT COUNT(*) FROM blocks") - 1);
    }

    @Test
    void a_damaged_page_loses_what_is_on_it_and_keeps_what_lies_around_it() throws Exception {
        List<Long> leaves = DamagedPages.leaves(file, "ticks");
        assertThat(leaves).hasSizeGreaterThan(6);
        DamagedPages.damage(file, leaves.get(1));
        DamagedPages.damage(file, leaves.get(4));
        byte[] before = Files.readAllBytes(file);

        SqliteRepairReport report = SqliteFile.of(file).repairTo(repaired);

        assertThat(report.lost())
                .hasSize(2)
                .allMatch(lost -> lost.startsWith("all rows of table ticks from 2026-11-20T12:00:"));
        assertThat(report.recovered()).containsEntry("ticks", (long) polls(repaired));
        assertThat(polls(repaired)).isBetween(POLLS / 2, POLLS - 2);
        assertThat(SqliteFile.of(repaired).check().isSound()).isTrue();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void random_bytes_anywhere_end_in_a_sound_file_and_a_list_of_what_is_lost() throws Exception {
        Random random = new Random(17);
        byte[] whole = Files.readAllBytes(file);
        for (int round = 0; round < 60; round++) {
            byte[] bytes = whole.clone();
            for (int flip = 0; flip < 40; flip++) {
                // from the third page on: without the list of tables and migrations there is no repair
                bytes[DamagedPages.PAGE * 2 + random.nextInt(bytes.length - DamagedPages.PAGE * 2)] =
                        (byte) random.nextInt(256);
            }
            Path damaged = Files.write(folder.resolve("damaged-" + round + ".db"), bytes);
            Path target = folder.resolve("repaired-" + round + ".db");
            boolean sound;
            SqliteRepairReport report;
            try {
                sound = SqliteFile.of(damaged).check().isSound();
                report = SqliteFile.of(damaged).repairTo(target);
            } catch (StoreException e) {
                // the list of tables was hit
                assertThat(e.reason()).as("round %s: %s", round, e.getMessage()).isEqualTo(Reason.DAMAGED);
                continue;
            }
            assertThat(report.lost().isEmpty())
                    .as("round %s: %s", round, report)
                    .isEqualTo(sound);
            assertThat(SqliteFile.of(target).check().problems())
                    .as("round %s", round)
                    .isEmpty();
            SqliteStore.open(target).close();
            assertThat(report.recovered().get("ticks")).isPositive();
        }
    }

    @Test
    void a_file_whose_end_is_missing_gives_what_is_left() throws Exception {
        long middle = DamagedPages.leaves(file, "ticks").get(8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate((middle - 1) * DamagedPages.PAGE);
        }

        SqliteRepairReport report = SqliteFile.of(file).repairTo(repaired);

        assertThat(report.lost()).isNotEmpty().anyMatch(lost -> lost.contains("of table ticks"));
        assertThat(polls(repaired)).isBetween(POLLS / 2, POLLS - 1);
    }

    @Test
    void a_file_that_lost_its_log_gives_what_was_in_the_file_and_says_so() throws Exception {
        Path copy = folder.resolve("copy.db");
        try (SqliteStore store = SqliteStore.open(file)) {
            store.metrics().append(SmallFleet.poll(POLLS, MINERS));
            Files.copy(file, copy);
            Files.copy(folder.resolve("metrics.db.lock"), folder.resolve("copy.db.lock"));
        }

        SqliteRepairReport report = SqliteFile.of(copy).repairTo(repaired);

        assertThat(report.lost()).singleElement().asString().contains("copy.db-wal is missing");
        assertThat(polls(repaired)).isEqualTo(POLLS);
    }

    @Test
    void what_is_in_the_log_alone_is_recovered_too() throws Exception {
        Path copy = folder.resolve("copy.db");
        try (SqliteStore store = SqliteStore.open(file)) {
            store.metrics().append(SmallFleet.poll(POLLS, MINERS));
            Files.copy(file, copy);
            Files.copy(folder.resolve("metrics.db-wal"), folder.resolve("copy.db-wal"));
        }

        SqliteRepairReport report = SqliteFile.of(copy).repairTo(repaired);

        assertThat(report.lost()).isEmpty();
        assertThat(polls(repaired)).isEqualTo(POLLS + 1);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.contains("damaged"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 21, 44, 56})
    void a_header_is_written_again(int at) throws Exception {
        DamagedPages.write(file, at, new byte[] {0x5a, 0x5a});

        SqliteRepairReport report = SqliteFile.of(file).repairTo(repaired);

        assertThat(report.lost()).isEmpty();
        assertThat(polls(repaired)).isEqualTo(POLLS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rules", "miners", "state", "alerts", "readings", "addresses"})
    void a_damaged_page_of_any_table_leaves_all_others(String table) throws Exception {
        long rows = Sql.number(file, "SELECT COUNT(*) FROM ticks");
        DamagedPages.damage(file, DamagedPages.root(file, table));

        SqliteRepairReport report = SqliteFile.of(file).repairTo(repaired);

        assertThat(report.lost()).isNotEmpty().anyMatch(lost -> lost.contains(table));
        assertThat(report.recovered()).containsEntry("ticks", rows).containsEntry(table, 0L);
        SqliteStore.open(repaired).close();
    }

    @Test
    void a_log_of_another_file_is_left_out_where_more_can_be_read_without_it() throws Exception {
        Path other = folder.resolve("other.db");
        try (SqliteStore store = SqliteStore.open(other)) {
            store.metrics().append(SmallFleet.poll(0, 5));
        }
        Path log = folder.resolve("metrics.db-wal");
        try (SqliteStore store = SqliteStore.open(other)) {
            for (int poll = 1; poll < 12; poll++) {
                store.metrics().append(SmallFleet.poll(poll, 5));
            }
            Files.copy(folder.resolve("other.db-wal"), log);
        }
        byte[] before = Files.readAllBytes(log);

        SqliteRepairReport report = SqliteFile.of(file).repairTo(repaired);

        assertThat(report.lost())
                .singleElement()
                .asString()
                .contains("metrics.db-wal alone, which is damaged or belongs to another file");
        assertThat(polls(repaired)).isEqualTo(POLLS);
        assertThat(log).hasBinaryContent(before);
        assertThat(SqliteFile.of(file).check().isSound()).isFalse();
    }

    @Test
    void a_file_of_another_program_is_not_repaired() throws Exception {
        Path other = folder.resolve("other.db");
        Sql.run(other, "CREATE TABLE notes (text TEXT)");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> SqliteFile.of(other).repairTo(repaired))
                .withMessageContaining("of another program");
        assertThat(repaired).doesNotExist();
    }

    @Test
    void a_file_that_a_store_has_open_is_not_repaired() {
        try (SqliteStore store = SqliteStore.open(file)) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> SqliteFile.of(file).repairTo(repaired))
                    .withMessageContaining("another store has it open");
            store.ping();
        }
        assertThat(repaired).doesNotExist();
    }
}
