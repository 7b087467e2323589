package io.minerops.postgres;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.AlertState;
import io.minerops.api.alert.ConditionKey;
import io.minerops.api.alert.ConditionState;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.AlertBatch;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A process that appends polls, seals their hours, raises and clears alerts for ever; one byte to its output for each round. */
final class WritesUntilKilled {
    static final int MINERS = 300;

    /** Several hours in a short time, so that kills hit their sealing too. */
    private static final int SECONDS_PER_ROUND = 600;

    private WritesUntilKilled() {}

    public static void main(String[] args) throws Exception {
        // a log to the output would be counted as rounds
        System.setOut(System.err);
        int second = Integer.parseInt(args[2]);
        try (PostgresStore store = PostgresStore.open(TestServer.at(args[0], args[1]));
                FileOutputStream reported = new FileOutputStream(FileDescriptor.out)) {
            List<AlertRule> rules = store.rules().all();
            AlertRule rule = rules.isEmpty() ? SmallFleet.rule(store) : rules.get(0);
            while (true) {
                store.metrics().append(SmallFleet.poll(second, MINERS));
                turn(store, rule, SmallFleet.miner(1 + second % 7), SmallFleet.second(second));
                reported.write('.');
                reported.flush();
                second += SECONDS_PER_ROUND;
            }
        }
    }

    /** Raises the alert where it is not open, ends it where it is. */
    private static void turn(PostgresStore store, AlertRule rule, MinerAddress miner, Instant at) {
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
