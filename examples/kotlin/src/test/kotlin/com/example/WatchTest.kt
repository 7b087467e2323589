package com.example

import io.minerops.testkit.fleet.FleetSimulator
import java.nio.file.Path
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

class WatchTest {
    @Test
    fun `a fleet is polled and what is not there yet is null`(@TempDir folder: Path) {
        FleetSimulator.builder().miners(2).seed(11L).build().use { fleet ->
            fleet.start()
            watch(folder.resolve("metrics.db"), fleet.range()).use { ops ->
                assertThat(lastPoll(ops)).isNull()
                ops.pollNow()
                assertThat(lastPoll(ops)).isNotNull()
                assertThat(ops.fleet().summary().online()).isEqualTo(2)
            }
        }
    }
}
