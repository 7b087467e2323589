package io.minerops.core.device.internal.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.reading.WebReplies;
import io.minerops.core.device.reply.Command;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

public class ProtoFamilyTest {
    public static final Map<Command, String> RIG = Map.of(
            Command.PROTO_SYSTEM,
            "{\"system-info\":{\"manufacturer\":\"Proto\",\"product_name\":\"Proto Rig\",\"model\":\"Rig\","
                    + "\"cb_sn\":\"CB-7\",\"os\":{\"version\":\"1.8.0\"}}}",
            Command.PROTO_MINING,
            "{\"mining-status\":{\"average_asic_temp_c\":71.5,\"average_hashrate_ghs\":140000,"
                    + "\"average_hb_temp_c\":55,\"hashboards_installed\":2,\"hashboards_mining\":1,"
                    + "\"hashrate_ghs\":141000,\"hw_errors\":4,\"mining_uptime_s\":28,\"power_usage_watts\":3400.5,"
                    + "\"status\":\"Mining\"}}",
            Command.PROTO_COOLING,
            "{\"cooling-status\":{\"fans\":[{\"rpm\":4300,\"slot\":1},{\"rpm\":4500,\"slot\":2}]}}",
            Command.PROTO_HARDWARE,
            "{\"hardware-info\":{\"hashboards-info\":[{\"mining_asic_count\":120},{\"mining_asic_count\":120}]}}",
            Command.PROTO_POOLS,
            "{\"pools\":[{\"accepted\":7,\"rejected\":1,\"priority\":1,\"status\":\"Idle\","
                    + "\"url\":\"stratum+tcp://backup.example:3333\",\"user\":\"farm.8\"},{\"accepted\":100,"
                    + "\"rejected\":2,\"priority\":0,\"status\":\"Active\",\"url\":\"stratum+tcp://pool.example:3333\","
                    + "\"user\":\"farm.7\"},{\"priority\":2,\"status\":\"Dead\",\"url\":\"stratum+tcp://x.example:1\"}]}",
            Command.PROTO_NETWORK,
            "{\"network-info\":{\"hostname\":\"rig-7\",\"mac\":\"02:00:AA:BB:CC:DD\"}}");

    @Test
    void gives_every_reading_in_its_unit() {
        MinerReading.Ok ok = WebReplies.read(RIG);

        assertThat(ok.sample())
                .isEqualTo(MetricSample.builder(Replies.MINER, Replies.NOW)
                        .set(Reading.HASHRATE_THS, 141)
                        .set(Reading.HASHRATE_AVG_THS, 140)
                        .set(Reading.POWER_W, 3400.5)
                        .set(Reading.AVG_TEMP_C, 71.5)
                        .set(Reading.AVG_FAN_RPM, 4400)
                        .set(Reading.MIN_FAN_RPM, 4300)
                        .set(Reading.MAX_FAN_RPM, 4500)
                        .set(Reading.ELAPSED_S, 28)
                        .set(Reading.ACCEPTED, 107)
                        .set(Reading.REJECTED, 3)
                        .set(Reading.HW_ERRORS, 4)
                        .set(Reading.BOARDS_ALIVE, 1)
                        .set(Reading.BOARDS_EXPECTED, 2)
                        .set(Reading.CHIPS_EXPECTED, 240)
                        .set(Reading.POOLS_ALIVE, 2)
                        .pool(new Pool("stratum+tcp://pool.example:3333", "farm.7"))
                        .state(WorkState.MINING)
                        .build());
        assertThat(ok.identity())
                .isEqualTo(new MinerIdentity("Proto", "Proto Rig", "1.8.0", "02:00:aa:bb:cc:dd", "rig-7", "CB-7"));
        assertThat(ok.missing()).isEmpty();
    }

    @Test
    void without_one_of_its_parts_is_read_and_the_part_named() {
        Map<Command, String> replies = new HashMap<>(RIG);
        replies.remove(Command.PROTO_COOLING);
        MinerReading.Ok ok = WebReplies.read(replies);

        assertThat(ok.sample().reading(Reading.AVG_FAN_RPM)).isEmpty();
        assertThat(ok.sample().value(Reading.HASHRATE_THS)).isEqualTo(141);
        assertThat(ok.missing()).containsExactly("/api/v1/cooling");
    }

    @Test
    void at_rest_has_neither_fans_that_failed_nor_a_temperature_of_zero() {
        Map<Command, String> replies = new HashMap<>(RIG);
        replies.put(
                Command.PROTO_MINING,
                "{\"mining-status\":{\"average_asic_temp_c\":0,\"average_hb_temp_c\":0,\"hashrate_ghs\":0,"
                        + "\"hashboards_mining\":0,\"hashboards_installed\":2,\"power_usage_watts\":0}}");
        replies.put(Command.PROTO_COOLING, "{\"cooling-status\":{\"fans\":[{\"rpm\":0},{\"rpm\":0}]}}");
        MetricSample sample = WebReplies.read(replies).sample();

        assertThat(sample.value(Reading.HASHRATE_THS)).isZero();
        assertThat(sample.reading(Reading.MIN_FAN_RPM)).isEmpty();
        assertThat(sample.reading(Reading.AVG_TEMP_C)).isEmpty();
        assertThat(sample.reading(Reading.BOARDS_ALIVE)).isEmpty();
    }
}
