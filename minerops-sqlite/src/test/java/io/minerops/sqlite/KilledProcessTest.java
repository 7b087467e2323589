package io.minerops.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.PollQuery;
import io.minerops.sqlite.WritesUntilKilled.Report;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a process that was killed in the middle of its work leaves behind. {@code -Dminerops.kills=200} makes the long
 * run, and {@code -Dminerops.kills.seed} repeats one.
 */
class KilledProcessTest {
    private static final int KILLS = Integer.getInteger("minerops.kills", 16);
    private static final long SEED = Long.getLong("minerops.kills.seed", System.nanoTime());
    private static final int MAX_DELAY_MICROS = 30_000;
    private static final int SHORT = WritesUntilKilled.SECONDS_PER_ROUND;

    private static final List<Report> REPORTS = List.of(Report.values());

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);

    @SuppressWarnings("NullAway.Init") // set before each use
    private Path file;

    private final Map<Report, Integer> kills = new EnumMap<>(Report.class);
    /** The seconds of the newest poll that was acknowledged and of the one that is written next. */
    private int acknowledged = -SHORT;

    private int next;

    @Test
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    void leaves_no_half_step_and_loses_no_acknowledged_one() throws Exception {
        file = folder.resolve("metrics.db");
        for (int kill = 0; kill < KILLS; kill++) {
            // the first finds no file: each kind of step has its turn
            Report aim = REPORTS.get(kill % REPORTS.size());
            writeAndKill(aim, 3 + random.nextInt(25));
            check("seed " + SEED + ", kill " + kill + " at " + aim);
        }
        System.out.println(
                "killed " + kills + ", seed " + SEED + "; the newest poll is that of second " + acknowledged);
    }

    /** Lets another process write, and kills it at a random moment after it began a step of that kind. */
    private void writeAndKill(Report aim, int rounds) throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WritesUntilKilled.class.getName(),
                        file.toString(),
                        Integer.toString(next))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream output = process.getInputStream()) {
            int done = 0;
            int letter = output.read();
            while (letter >= 0 && !(letter == aim.letter && (aim == Report.OPENING || done >= rounds))) {
                done += letter == Report.ROUND.letter ? 1 : 0;
                letter = output.read();
            }
            assertThat(letter).as("the process goes on until it is killed").isEqualTo(aim.letter);
            done += aim == Report.ROUND ? 1 : 0;
            letRun(aim == Report.OPENING ? 20 * MAX_DELAY_MICROS : MAX_DELAY_MICROS);
            // by its handle: the process itself would close the output that is still to be read
            process.toHandle().destroyForcibly();
            for (byte more : output.readAllBytes()) {
                done += more == Report.ROUND.letter ? 1 : 0;
            }
            acknowledged = next + (done - 1) * SHORT;
            kills.merge(aim, 1, Integer::sum);
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Up to so many microseconds: which instruction is hit is what is random here. */
    private void letRun(int maxMicros) {
        long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(random.nextInt(maxMicros));
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    private void check(String when) throws Exception {
        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(Sql.column(file, "PRAGMA integrity_check", 1)).as(when).containsExactly("ok");
            assertThat(Sql.column(file, "PRAGMA foreign_key_check", 1)).as(when).isEmpty();
            NavigableMap<Integer, Integer> polls = polls(store);
            checkPolls(when, polls);
            checkLatest(when, store.metrics().latest(), polls);
            checkAlerts(when, store);
            next = polls.isEmpty() ? next : polls.lastKey() + SHORT;
        }
    }

    /** How many samples the poll of each second has, whose values are those that were appended. */
    private static NavigableMap<Integer, Integer> polls(SqliteStore store) {
        NavigableMap<Integer, Integer> polls = new TreeMap<>();
        FleetSnapshot latest = store.metrics().latest();
        PollQuery all = new PollQuery(latest.roster(), Instant.EPOCH, Instant.MAX, Set.of(Reading.HASHRATE_THS));
        store.metrics().polls(all, poll -> {
            int second = second(poll.epochMillis());
            polls.put(second, poll.size());
            for (int sample = 0; sample < poll.size(); sample++) {
                int number = number(latest, poll.row(sample));
                assertThat(WritesUntilKilled.answers(number, second)).isTrue();
                assertThat(poll.value(Reading.HASHRATE_THS, sample))
                        .isEqualTo(100.125 + number + second, Offset.offset(0.001));
            }
            return true;
        });
        return polls;
    }

    private void checkPolls(String when, NavigableMap<Integer, Integer> polls) {
        polls.forEach((second, samples) -> assertThat(samples)
                .as("%s: samples of the poll of second %s", when, second)
                .isEqualTo(WritesUntilKilled.poll(second).samples().size()));
        // what the next prune may have deleted already is left out
        for (int second = Math.max(0, acknowledged + 2 * SHORT - WritesUntilKilled.SECONDS_KEPT);
                second <= acknowledged;
                second += SHORT) {
            assertThat(polls).as("%s: acknowledged polls", when).containsKey(second);
        }
    }

    /** The latest of each miner is of the newest poll in which it answered, with that poll's values. */
    private static void checkLatest(String when, FleetSnapshot latest, NavigableMap<Integer, Integer> polls) {
        if (polls.isEmpty()) {
            return;
        }
        assertThat(latest.size()).as(when).isEqualTo(WritesUntilKilled.MINERS);
        for (int row = 0; row < latest.size(); row++) {
            int number = number(latest, row);
            int second = polls.lastKey();
            while (!WritesUntilKilled.answers(number, second)) {
                second -= SHORT;
            }
            if (polls.containsKey(second)) {
                assertThat(second(latest.epochMillis(row)))
                        .as("%s: latest of miner %s", when, number)
                        .isEqualTo(second);
                assertThat(latest.hashrateThs(row)).isEqualTo(100.125 + number + second, Offset.offset(0.001));
            } else {
                assertThat(latest.hasSample(row)).isFalse();
            }
        }
    }

    private void checkAlerts(String when, SqliteStore store) throws Exception {
        if (acknowledged >= 0) {
            assertThat(Sql.number(file, "SELECT COUNT(*) FROM alerts")).isPositive();
        }
        assertNone(
                when,
                "(SELECT 1 FROM alerts WHERE status IN ('active', 'acknowledged')"
                        + " GROUP BY rule_id, miner HAVING COUNT(*) > 1)");
        assertNone(
                when,
                "alerts a WHERE (SELECT COUNT(*) FROM outbox o WHERE o.alert_id = a.id)"
                        + " <> CASE a.status WHEN 'active' THEN 1 ELSE 2 END");
        assertThat(store.outbox().due(SmallFleet.second(100_000_000), 1_000_000))
                .hasSize((int) Sql.number(
                        file, "SELECT COUNT(*) FROM (SELECT DISTINCT alert_id, destination_id FROM outbox)"));
        assertThat(store.outbox()
                        .count()
                        .getOrDefault(OutboxEntry.Status.PENDING, 0L)
                        .longValue())
                .isEqualTo(Sql.number(file, "SELECT COUNT(*) FROM outbox"));
    }

    private static int second(long epochMillis) {
        return (int) ((epochMillis - SmallFleet.START.toEpochMilli()) / 1_000);
    }

    private static int number(FleetSnapshot fleet, int row) {
        String[] parts = fleet.miner(row).address().toString().split("\\.", -1);
        return Integer.parseInt(parts[2]) << 8 | Integer.parseInt(parts[3]);
    }

    private void assertNone(String when, String rows) throws Exception {
        assertThat(Sql.number(file, "SELECT COUNT(*) FROM " + rows))
                .as("%s: %s", when, rows)
                .isZero();
    }
}
