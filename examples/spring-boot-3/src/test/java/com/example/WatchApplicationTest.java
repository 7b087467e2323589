package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.minerops.core.MinerOps;
import io.minerops.testkit.fleet.FleetSimulator;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

class WatchApplicationTest {
    @TempDir
    private Path folder;

    private final FleetSimulator fleet =
            FleetSimulator.builder().miners(2).seed(11).build();
    private ConfigurableApplicationContext context;

    @BeforeEach
    void start() {
        fleet.start();
        context = new SpringApplicationBuilder(WatchApplication.class)
                .properties("minerops.db=" + folder.resolve("metrics.db"), "minerops.range=" + fleet.range())
                .run();
    }

    @AfterEach
    void stop() {
        context.close();
        fleet.close();
    }

    @Test
    void the_meters_of_the_fleet_are_in_the_registry_of_the_application() {
        context.getBean(MinerOps.class).pollNow();

        assertThat(context.getBean(MeterRegistry.class)
                        .get("minerops.last.poll.answered")
                        .gauge()
                        .value())
                .isEqualTo(2);
    }

    @Test
    void the_health_is_that_of_the_library() {
        HealthIndicator health = context.getBean("minerOpsHealthIndicator", HealthIndicator.class);

        assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
    }

    @Test
    void closing_the_context_releases_the_database() {
        context.close();

        try (MinerOps again = new WatchApplication().minerOps(folder.resolve("metrics.db"), fleet.range())) {
            assertThat(again.health().ok()).isTrue();
        }
    }
}
