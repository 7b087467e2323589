package io.minerops.sqlite.internal.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.sqlite.Sql;
import io.minerops.sqlite.SqliteStore;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a process that was killed while it moved the rows of an earlier version leaves behind. {@code -Dminerops.kills=200}
 * makes the long run, and {@code -Dminerops.kills.seed} repeats one.
 */
class KilledWhileMovingTest {
    private static final int KILLS = Integer.getInteger("minerops.kills", 8);
    private static final long SEED = Long.getLong("minerops.kills.seed", System.nanoTime());
    private static final int HOURS = 48;
    private static final int MAX_DELAY_MICROS = 40_000;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private int files;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void leaves_each_sample_as_it_was_and_the_next_start_goes_on() throws Exception {
        int whileMoving = 0;
        Path file = write();
        List<Object> before = read(file);
        for (int kill = 0; kill < KILLS; kill++) {
            long left = Sql.number(file, "SELECT COUNT(*) FROM polls");
            if (left == 0) {
                file = write();
                before = read(file);
            }
            openAndKill(file);
            String when = "seed " + SEED + ", kill " + kill;
            assertThat(Sql.column(file, "PRAGMA integrity_check", 1)).as(when).containsExactly("ok");
            long now = Sql.number(file, "SELECT COUNT(*) FROM polls");
            whileMoving += now > 0 ? 1 : 0;
            assertThat(read(file)).as(when).isEqualTo(before);
        }
        System.out.println(
                KILLS + " kills, " + whileMoving + " of them while rows were moved, " + files + " files, seed " + SEED);
        assertThat(whileMoving).as("kills in the middle").isPositive();
        try (SqliteStore store = SqliteStore.open(file)) {
            while (store.activity().isPresent()) {
                Thread.onSpinWait();
            }
        }
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM samples")).isZero();
        assertThat(read(file)).isEqualTo(before);
    }

    private Path write() throws Exception {
        Path file = folder.resolve("metrics-" + files++ + ".db");
        OldFile.write(file, HOURS, random.nextLong());
        return file;
    }

    /** What is stored, without a store that would move it. */
    private static List<Object> read(Path file) {
        try (OldFile.Opened opened = new OldFile.Opened(file)) {
            return opened.everything();
        }
    }

    private void openAndKill(Path file) throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MovesUntilKilled.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream output = process.getInputStream()) {
            assertThat(output.read())
                    .as("the process goes on until it is killed")
                    .isEqualTo('o');
            long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(random.nextInt(MAX_DELAY_MICROS));
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
