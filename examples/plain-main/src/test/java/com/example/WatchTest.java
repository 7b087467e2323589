package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.core.MinerOps;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Trouble;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    @TempDir
    private Path folder;

    @Test
    void a_simulated_miner_that_overheats_raises_an_alert() {
        try (FleetSimulator fleet = FleetSimulator.builder().miners(2).seed(11).build()) {
            fleet.start();
            fleet.trouble(1, Trouble.HOT);
            try (MinerOps ops = Watch.over(folder.resolve("metrics.db"), fleet.range())) {
                ops.pollNow();

                assertThat(ops.fleet().summary().online()).isEqualTo(2);
                assertThat(ops.checkAlertsNow().raised())
                        .singleElement()
                        .satisfies(alert -> assertThat(alert.miner())
                                .isEqualTo(fleet.addresses().get(1)));
            }
        }
    }
}
