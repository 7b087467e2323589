package io.minerops.core.device.internal.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.reading.Replies;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IceriverFamilyTest {
    @Test
    void gives_everything_but_a_rate() {
        MinerReading reading = Replies.readSingly(Map.of(
                "version", Replies.version("Iceriver KS3M"),
                "summary", Replies.summary(6_000),
                "stats", Replies.stats("Iceriver KS3M", "\"GHS 5s\":6000,\"fan1\":3000,\"fan_num\":1"),
                "devs", Replies.section("DEVS", "{\"Temperature\":55},{\"Temperature\":57}")));

        assertThat(reading).isInstanceOfSatisfying(MinerReading.Ok.class, ok -> {
            assertThat(ok.sample())
                    .isEqualTo(MetricSample.builder(Replies.MINER, Replies.NOW)
                            .set(Reading.AVG_TEMP_C, 56)
                            .set(Reading.MAX_TEMP_C, 57)
                            .set(Reading.AVG_FAN_RPM, 3000)
                            .set(Reading.MIN_FAN_RPM, 3000)
                            .set(Reading.MAX_FAN_RPM, 3000)
                            .set(Reading.ELAPSED_S, 3600)
                            .set(Reading.ACCEPTED, 120)
                            .set(Reading.REJECTED, 3)
                            .set(Reading.HW_ERRORS, 7)
                            .build());
            assertThat(ok.identity())
                    .isEqualTo(new MinerIdentity("Iceriver", "KS3M", "cgminer 1.0.0", null, null, null));
        });
    }
}
