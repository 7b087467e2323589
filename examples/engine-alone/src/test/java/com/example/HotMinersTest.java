package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HotMinersTest {
    @Test
    void a_hot_miner_raises_an_alert_and_a_cool_one_none() {
        var temperatures = Map.of(MinerAddress.parse("10.0.0.1"), 91.0, MinerAddress.parse("10.0.0.2"), 60.0);

        assertThat(HotMiners.raised(temperatures, Instant.parse("2026-11-20T12:00:00Z")))
                .singleElement()
                .asString()
                .contains("91");
    }

    @Test
    void the_engine_needs_neither_a_database_nor_mail() {
        assertThat(System.getProperty("java.class.path")).doesNotContain("sqlite", "mail", "jetty", "micrometer");
    }
}
