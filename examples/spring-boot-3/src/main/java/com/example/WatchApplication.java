package com.example;

import io.minerops.core.MinerOps;
import io.minerops.core.discovery.MinerRange;
import io.minerops.core.alert.DefaultRules;
import io.minerops.core.health.Health;
import io.minerops.micrometer.MinerOpsMetrics;
import io.minerops.sqlite.SqliteStore;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Monitors the miners of {@code minerops.range}; metrics and health are the actuator's. */
@SpringBootApplication
public class WatchApplication {
    public static void main(String... args) {
        SpringApplication.run(WatchApplication.class, args);
    }

    /** Started with the context, and closed with it: the container calls {@code close()} of such beans. */
    @Bean(initMethod = "start")
    MinerOps minerOps(@Value("${minerops.db}") Path database, @Value("${minerops.range}") String range) {
        return MinerOps.builder()
                .store(SqliteStore.open(database))
                .miners(MinerRange.parse(range))
                .rulesIfNone(DefaultRules.standard())
                .build();
    }

    /** Bound to every registry of the application. */
    @Bean
    MinerOpsMetrics minerOpsMetrics(MinerOps ops) {
        return new MinerOpsMetrics(ops);
    }

    /** The component "minerOps" of the health endpoint, with each part that does not work. */
    @Bean
    HealthIndicator minerOpsHealthIndicator(MinerOps ops) {
        return () -> {
            Health health = ops.health();
            var shown = health.ok()
                    ? org.springframework.boot.actuate.health.Health.up()
                    : org.springframework.boot.actuate.health.Health.down();
            health.components().stream()
                    .filter(part -> !part.ok())
                    .forEach(part -> shown.withDetail(part.name(), String.valueOf(part.error())));
            return shown.build();
        };
    }
}
