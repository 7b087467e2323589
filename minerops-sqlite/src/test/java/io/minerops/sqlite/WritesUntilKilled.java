package io.minerops.sqlite;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.store.AlertBatch;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process that appends polls, seals their hours, deletes old ones, raises and clears alerts for ever. It reports to its
 * output, a byte each, what it is about to do and which rounds are done.
 */
final class WritesUntilKilled {
    static final int MINERS = 300;

    /** Several hours in a short time, so that kills hit their sealing too. */
    static final int SECONDS_PER_ROUND = 600;

    static final int SECONDS_KEPT = 12 * 3_600;
    private static final int ROUNDS_PER_PRUNE = 10;

    /** What is reported: the beginning of a step, or the end of a round. */
    enum Report {
        /** The file is opened, repaired from its log and brought up to date: the migration of old rows begins here. */
        OPENING('o'),
        /** The first poll of an hour is stored, and the hour before it is being sealed. */
        SEALING('s'),
        /** Old samples are deleted. */
        RETENTION('p'),
        /** All of a round is stored. */
        ROUND('.');

        final char letter;

        Report(char letter) {
            this.letter = letter;
        }
    }

    private WritesUntilKilled() {}

    /** Whether a miner answered the poll of a second: one in ten did not, each time others. */
    static boolean answers(int number, int second) {
        return (number + second / SECONDS_PER_ROUND) % 10 != 0;
    }

    /** The poll of a second, from those that answered. */
    static Poll poll(int second) {
        List<MetricSample> samples = new ArrayList<>();
        List<MetricSample> all = SmallFleet.poll(second, MINERS).samples();
        for (int number = 1; number <= MINERS; number++) {
            if (answers(number, second)) {
                samples.add(all.get(number - 1));
            }
        }
        return Poll.of(SmallFleet.second(second), samples);
    }

    public static void main(String[] args) throws Exception {
        // a log on the output would be read as reports
        System.setOut(System.err);
        int second = Integer.parseInt(args[1]);
        try (FileOutputStream output = new FileOutputStream(FileDescriptor.out)) {
            report(output, Report.OPENING);
            try (SqliteStore store = SqliteStore.open(Path.of(args[0]))) {
                List<AlertRule> rules = store.rules().all();
                AlertRule rule = rules.isEmpty() ? SmallFleet.rule(store) : rules.get(0);
                while (true) {
                    round(store, rule, second, output);
                    report(output, Report.ROUND);
                    second += SECONDS_PER_ROUND;
                }
            }
        }
    }

    private static void round(SqliteStore store, AlertRule rule, int second, FileOutputStream output) throws Exception {
        store.metrics().append(poll(second));
        if (second % 3_600 < SECONDS_PER_ROUND) {
            report(output, Report.SEALING);
        }
        turn(store, rule, SmallFleet.miner(1 + second % 7), SmallFleet.second(second));
        if (second / SECONDS_PER_ROUND % ROUNDS_PER_PRUNE == 0) {
            report(output, Report.RETENTION);
            Instant before = SmallFleet.second(second - SECONDS_KEPT);
            store.metrics().prune(before);
            store.metrics().pruneHourly(before);
        }
    }

    private static void report(FileOutputStream output, Report what) throws Exception {
        output.write(what.letter);
        output.flush();
    }

    /** Raises the alert where it is not open, ends it where it is. */
    private static void turn(SqliteStore store, AlertRule rule, MinerAddress miner, Instant at) {
        AlertState state = store.alerts().load();
        ConditionKey key = new ConditionKey(rule.id(), miner);
        ConditionState.OpenAlert open =
                state.conditions().getOrDefault(key, ConditionState.NONE).open();
        if (open == null) {
            store.alerts().apply(SmallFleet.raising(state.version(), rule, miner, at));
        } else {
            store.alerts()
                    .apply(new AlertBatch(
                            state.version(),
                            at,
                            List.of(),
                            List.of(SmallFleet.closing(store, open.alertId(), at)),
                            Map.of(key, ConditionState.NONE),
                            Map.of()));
        }
    }
}
