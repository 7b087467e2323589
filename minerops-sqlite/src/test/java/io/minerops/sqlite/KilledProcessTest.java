package io.minerops.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.store.PollQuery;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a process that was killed in the middle of its work leaves behind. */
class KilledProcessTest {
    private static final int KILLS = 5;

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void leaves_no_half_step_and_loses_no_reported_one() throws Exception {
        Path file = folder.resolve("metrics.db");
        int reported = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            reported += writeAndKill(file, kill * 100_000, 5 + 7 * kill);
            check(file, reported);
        }
    }

    /** Lets another process write, kills it after that many rounds, and says how many rounds it reported. */
    private static int writeAndKill(Path file, int firstSecond, int rounds) throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WritesUntilKilled.class.getName(),
                        file.toString(),
                        Integer.toString(firstSecond))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream output = process.getInputStream()) {
            int reported = 0;
            while (reported < rounds && output.read() >= 0) {
                reported++;
            }
            assertThat(reported).as("rounds before the kill").isEqualTo(rounds);
            // by its handle: the process itself would close the output that is still to be read
            process.toHandle().destroyForcibly();
            reported += output.readAllBytes().length;
            return reported;
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void check(Path file, int reported) throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(Sql.column(file, "PRAGMA integrity_check", 1)).containsExactly("ok");
            assertThat(Sql.column(file, "PRAGMA foreign_key_check", 1)).isEmpty();
            long[] polls = new long[2];
            store.metrics()
                    .polls(
                            new PollQuery(store.metrics().latest().roster(), Instant.EPOCH, Instant.MAX, Set.of()),
                            poll -> {
                                polls[0]++;
                                polls[1] += poll.size();
                                return true;
                            });
            assertThat(polls[0]).isGreaterThanOrEqualTo(reported);
            assertThat(polls[1]).isEqualTo(polls[0] * WritesUntilKilled.MINERS);
            assertThat(Sql.number(file, "SELECT COUNT(*) FROM alerts")).isPositive();
            assertNone(
                    file,
                    "(SELECT 1 FROM alerts WHERE status IN ('active', 'acknowledged')"
                            + " GROUP BY rule_id, miner HAVING COUNT(*) > 1)");
            assertNone(
                    file,
                    "alerts a WHERE (SELECT COUNT(*) FROM outbox o WHERE o.alert_id = a.id)"
                            + " <> CASE a.status WHEN 'active' THEN 1 ELSE 2 END");
            assertThat(store.outbox().due(SmallFleet.second(10_000_000), 1_000_000))
                    .hasSize((int) Sql.number(
                            file, "SELECT COUNT(*) FROM (SELECT DISTINCT alert_id, destination_id FROM outbox)"));
            assertThat(store.outbox().count().get(OutboxEntry.Status.PENDING))
                    .isEqualTo(Sql.number(file, "SELECT COUNT(*) FROM outbox"));
            assertThat(store.metrics().latest().size()).isEqualTo(WritesUntilKilled.MINERS);
        }
    }

    private static void assertNone(Path file, String rows) throws Exception {
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM " + rows)).as(rows).isZero();
    }
}
