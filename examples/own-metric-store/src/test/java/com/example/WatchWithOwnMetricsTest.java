package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.HistoryQuery;
import io.minerops.core.MinerOps;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Trouble;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchWithOwnMetricsTest {
    @TempDir
    private Path folder;

    private MinerOps watch(String range) {
        return WatchWithOwnMetrics.over(
                folder.resolve("minerops.db"), "jdbc:sqlite:" + folder.resolve("samples.db"), range);
    }

    @Test
    void a_simulated_miner_that_overheats_raises_an_alert_and_its_history_outlives_a_restart() {
        try (FleetSimulator fleet = FleetSimulator.builder().miners(2).seed(11).build()) {
            fleet.start();
            fleet.trouble(1, Trouble.HOT);
            MinerAddress hot = fleet.addresses().get(1);
            try (MinerOps ops = watch(fleet.range())) {
                ops.pollNow();

                assertThat(ops.fleet().summary().online()).isEqualTo(2);
                assertThat(ops.checkAlertsNow().raised())
                        .singleElement()
                        .satisfies(alert -> assertThat(alert.miner()).isEqualTo(hot));
            }
            try (MinerOps again = watch(fleet.range())) {
                List<Instant> polls = new ArrayList<>();
                again.fleet()
                        .history(
                                new HistoryQuery(hot, Instant.EPOCH, Instant.now().plusSeconds(1), null, 10),
                                (at, sample) -> polls.add(at));
                assertThat(polls).hasSize(1);
                assertThat(again.fleet().latest().size()).isEqualTo(2);
            }
        }
    }
}
