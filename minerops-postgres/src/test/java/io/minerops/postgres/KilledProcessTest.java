package io.minerops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.store.PollQuery;
import java.io.InputStream;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a process that was killed in the middle of its work leaves behind; more kills by {@code -Dminerops.kills=200}. */
class KilledProcessTest {
    private static final int KILLS = Integer.getInteger("minerops.kills", 4);
    private static final int SECONDS_BETWEEN = 100_000;

    private final PostgresOptions options = TestServer.empty();
    private final Random random = new Random(17);

    @Test
    @Timeout(1_800)
    void leaves_no_half_step_and_loses_no_reported_one() throws Exception {
        int reported = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            reported += writeAndKill(kill * SECONDS_BETWEEN, 5 + random.nextInt(30));
            check(reported);
        }
    }

    /** Lets another process write, kills it in the round after that many, and says how many rounds it reported. */
    private int writeAndKill(int firstSecond, int rounds) throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WritesUntilKilled.class.getName(),
                        options.url(),
                        options.schema(),
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
            return reported + output.readAllBytes().length;
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private void check(int reported) throws Exception {
        try (PostgresStore store = PostgresStore.open(options)) {
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
            assertThat(store.metrics().latest().size()).isEqualTo(WritesUntilKilled.MINERS);
        }
        assertThat(count("alerts")).isPositive();
        assertThat(count("(SELECT 1 FROM alerts WHERE status IN ('active', 'acknowledged')"
                        + " GROUP BY rule_id, miner HAVING COUNT(*) > 1) AS twice"))
                .isZero();
        assertThat(count("alerts a WHERE (SELECT COUNT(*) FROM outbox o WHERE o.alert_id = a.id)"
                        + " <> CASE a.status WHEN 'active' THEN 1 ELSE 2 END"))
                .isZero();
        assertThat(count("ticks t JOIN blocks b ON b.miner = 0 AND b.hour = t.at / 3600000 * 3600000" + " WHERE t.at < "
                        + hourOfLastTick()))
                .as("hours that are sealed in part")
                .isZero();
    }

    private String hourOfLastTick() throws Exception {
        return TestServer.column(options, "SELECT COALESCE(MAX(at), 0) / 3600000 * 3600000 FROM ticks")
                .get(0);
    }

    private long count(String rows) throws Exception {
        return Long.parseLong(
                TestServer.column(options, "SELECT COUNT(*) FROM " + rows).get(0));
    }
}
