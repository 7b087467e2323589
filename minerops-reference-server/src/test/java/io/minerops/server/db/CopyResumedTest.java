package io.minerops.server.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.StoreException;
import io.minerops.blocks.copy.Copy;
import io.minerops.blocks.copy.CopyEnd;
import io.minerops.blocks.copy.CopyKind;
import io.minerops.sqlite.SqliteFile;
import io.minerops.sqlite.SqliteStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy that ends before any of its steps, and another run of it; and that no table is left out. */
class CopyResumedTest {
    /** What is no content: what belongs to a process, is made from other tables, or is brought into others at a start. */
    private static final Set<String> NOT_COPIED = Set.of(
            "schema_version",
            "state",
            "outbox",
            "polls",
            "samples",
            "latest_rows",
            "snapshot_times",
            "sqlite_sequence");

    private static final Copy.Progress SILENT = new Copy.Progress() {
        @Override
        public void copied(CopyKind kind, long done, long total) {
            assertThat(done).isPositive();
        }

        @Override
        public void verified(CopyKind kind, Copy.Sum sum) {
            assertThat(sum.rows()).isNotNegative();
        }
    };

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void fill() {
        file = folder.resolve("metrics.db");
        try (SqliteStore store = SqliteStore.open(file)) {
            FilledStore.fill(store, 20);
        }
    }

    /** A target whose writes fail after so many. */
    private static CopyEnd failing(CopyEnd end, int writes) {
        int[] left = {writes};
        return (CopyEnd) Proxy.newProxyInstance(
                CopyEnd.class.getClassLoader(), new Class<?>[] {CopyEnd.class}, (proxy, method, arguments) -> {
                    if (Set.of("write", "finish").contains(method.getName()) && left[0]-- == 0) {
                        throw new StoreException("the process ends here");
                    }
                    try {
                        return method.invoke(end, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private boolean copies(Path target, int writes) {
        try (CopyEnd source = SqliteFile.of(file).copyEnd();
                CopyEnd end = SqliteFile.of(target).copyEnd()) {
            new Copy(source, failing(end, writes), SILENT).run();
            return true;
        } catch (StoreException e) {
            assertThat(e).hasMessage("the process ends here");
            return false;
        }
    }

    @Test
    void a_copy_that_ends_before_any_step_is_whole_after_the_next_run() throws Exception {
        Map<String, Object> before;
        try (SqliteStore store = SqliteStore.open(file)) {
            before = FilledStore.content(store);
        }
        int writes = 0;
        for (; !copies(folder.resolve("target-" + writes + ".db"), writes); writes++) {
            Path target = folder.resolve("target-" + writes + ".db");
            assertThatThrownBy(() -> SqliteStore.open(target))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("a copy into it is not finished");

            assertThat(copies(target, Integer.MAX_VALUE)).isTrue();

            try (SqliteStore store = SqliteStore.open(target)) {
                assertThat(FilledStore.content(store))
                        .as("after %s writes", writes)
                        .isEqualTo(before);
            }
        }
        assertThat(writes).isGreaterThan(12);
    }

    @Test
    void the_rest_is_never_taken_from_another_source() throws Exception {
        Path target = folder.resolve("target.db");
        assertThat(copies(target, 3)).isFalse();
        file = Files.copy(file, folder.resolve("second.db"));

        assertThatThrownBy(() -> copies(target, Integer.MAX_VALUE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a copy from " + folder.resolve("metrics.db") + " into it is not finished");
    }

    @Test
    void every_table_and_column_is_copied_or_named_here() throws Exception {
        Set<String> left = new TreeSet<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet columns = statement.executeQuery("SELECT t.name, c.name FROM sqlite_schema t"
                        + " JOIN pragma_table_info(t.name) c WHERE t.type = 'table'")) {
            while (columns.next()) {
                String table = columns.getString(1);
                String column = columns.getString(2);
                boolean copied = Arrays.stream(CopyKind.values())
                        .anyMatch(kind ->
                                kind.table().equals(table) && (kind.columns().contains(column) || column.equals("id")));
                if (!copied && !NOT_COPIED.contains(table)) {
                    left.add(table + "." + column);
                }
            }
        }
        // the number of rows of a frame
        assertThat(left).containsExactly("ticks.samples");
    }
}
