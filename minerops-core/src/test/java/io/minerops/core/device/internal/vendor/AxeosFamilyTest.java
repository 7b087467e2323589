package io.minerops.core.device.internal.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.reading.WebReplies;
import io.minerops.core.device.reply.Command;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class AxeosFamilyTest {
    public static final String INFO =
            "{\"ASICModel\":\"BM1370\",\"asicCount\":1,\"boardVersion\":\"601\",\"power\":17.5,"
                    + "\"voltage\":5100,\"current\":3400,\"temp\":58.5,\"vrTemp\":70,\"hashRate\":1180.5,\"fanrpm\":4200,"
                    + "\"fanspeed\":60,\"uptimeSeconds\":900,\"sharesAccepted\":40,\"sharesRejected\":1,\"hostname\":\"bitaxe\","
                    + "\"macAddr\":\"02:00:AA:BB:CC:DD\",\"version\":\"v2.9.0\",\"stratumURL\":\"pool.example\","
                    + "\"stratumPort\":3333,\"stratumUser\":\"farm.7\",\"fallbackStratumURL\":\"backup.example\","
                    + "\"fallbackStratumPort\":4444,\"fallbackStratumUser\":\"farm.8\",\"isUsingFallbackStratum\":0}";

    private static MinerReading.Ok read(String... replacements) {
        String info = INFO;
        for (int index = 0; index < replacements.length; index += 2) {
            assertThat(info).contains(replacements[index]);
            info = info.replace(replacements[index], replacements[index + 1]);
        }
        return WebReplies.read(Map.of(Command.AXEOS_INFO, info));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"deviceModel\":\"NerdQAxe++\"', NerdAxe, NerdQAxe++",
        "'\"minerModel\":\"LV08\"', LuckyMiner, LV08",
        "'\"deviceModel\":\"LuckyMiner LV06\"', LuckyMiner, LuckyMiner LV06",
        "'\"deviceModel\":\"Gamma\"', Bitaxe, Gamma",
        "'\"deviceModel\":\"Antminer\"', Bitaxe, Antminer",
    })
    void has_the_maker_of_the_device_that_it_runs_on(String field, String maker, String model) {
        MinerIdentity identity =
                read("\"asicCount\":1,", "\"asicCount\":1," + field + ",").identity();

        assertThat(identity.vendor()).isEqualTo(maker);
        assertThat(identity.model()).isEqualTo(model);
    }

    @Test
    void gives_every_reading_in_its_unit() {
        MinerReading.Ok ok = read();

        assertThat(ok.sample())
                .isEqualTo(MetricSample.builder(Replies.MINER, Replies.NOW)
                        .set(Reading.HASHRATE_THS, 1.1805)
                        .set(Reading.POWER_W, 17.5)
                        .set(Reading.AVG_TEMP_C, 58.5)
                        .set(Reading.MAX_TEMP_C, 58.5)
                        .set(Reading.AVG_FAN_RPM, 4200)
                        .set(Reading.MIN_FAN_RPM, 4200)
                        .set(Reading.MAX_FAN_RPM, 4200)
                        .set(Reading.ELAPSED_S, 900)
                        .set(Reading.ACCEPTED, 40)
                        .set(Reading.REJECTED, 1)
                        .set(Reading.BOARDS_ALIVE, 1)
                        .set(Reading.BOARDS_EXPECTED, 1)
                        .set(Reading.CHIPS_EXPECTED, 1)
                        .pool(new Pool("stratum+tcp://pool.example:3333", "farm.7"))
                        .faults(List.of())
                        .state(WorkState.MINING)
                        .boards(List.of(HashBoard.builder(0)
                                .set(BoardReading.CHIPS_EXPECTED, 1)
                                .set(BoardReading.RATE_THS, 1.1805)
                                .set(BoardReading.CHIP_TEMP_C, 58.5)
                                .build()))
                        .build());
        assertThat(ok.identity())
                .isEqualTo(
                        new MinerIdentity("Bitaxe", "BM1370 board 601", "v2.9.0", "02:00:aa:bb:cc:dd", "bitaxe", null));
        assertThat(ok.missing()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1", "true", "'\"1\"'"})
    void works_for_its_second_pool_where_it_says_so(String fallback) {
        assertThat(read("\"isUsingFallbackStratum\":0", "\"isUsingFallbackStratum\":" + fallback)
                        .sample()
                        .pool())
                .isEqualTo(new Pool("stratum+tcp://backup.example:4444", "farm.8"));
    }

    @Test
    void that_says_so_is_a_nerdaxe_with_chips_and_errors_reported_one_by_one() {
        MinerReading.Ok ok = read(
                "{\"ASICModel\"",
                "{\"deviceModel\":\"NerdQAxe++\",\"hashrateMonitor\":{\"asics\":[{\"total\":1100,\"errorCount\":2},"
                        + "{\"total\":0,\"errorCount\":5}]},\"isStratumConnected\":true,\"ASICModel\"",
                "\"asicCount\":1",
                "\"asicCount\":2");

        assertThat(ok.identity().vendor()).isEqualTo("NerdAxe");
        assertThat(ok.identity().model()).isEqualTo("NerdQAxe++");
        assertThat(ok.sample().value(Reading.CHIPS_ALIVE)).isEqualTo(1);
        assertThat(ok.sample().value(Reading.CHIPS_EXPECTED)).isEqualTo(2);
        assertThat(ok.sample().value(Reading.HW_ERRORS)).isEqualTo(7);
        assertThat(ok.sample().value(Reading.POOLS_ALIVE)).isEqualTo(1);
    }

    @Test
    void that_has_just_started_is_believed_its_power_whatever_its_rate() {
        MinerReading.Ok ok = read("\"hashRate\":1180.5", "\"hashRate\":12");

        assertThat(ok.sample().value(Reading.POWER_W)).isEqualTo(17.5);
        assertThat(ok.sample().powerEstimated()).isFalse();
        assertThat(ok.implausible()).isEmpty();
    }

    @Test
    void in_milliwatts_is_not_believed_its_power() {
        MinerReading.Ok ok = read("\"power\":17.5", "\"power\":17500");

        assertThat(ok.sample().reading(Reading.POWER_W)).isEmpty();
        assertThat(ok.implausible()).containsExactly("power_w cannot be 17500.0");
    }

    @Test
    void with_a_sensor_at_minus_one_has_none() {
        MinerReading.Ok ok = read("\"temp\":58.5", "\"temp\":-1");

        assertThat(ok.sample().reading(Reading.AVG_TEMP_C)).isEmpty();
        assertThat(ok.implausible()).isEmpty();
    }

    @Test
    void with_a_stopped_fan_that_should_turn_reports_it() {
        assertThat(read("\"fanrpm\":4200", "\"fanrpm\":0").sample().value(Reading.MIN_FAN_RPM))
                .isZero();
        assertThat(read("\"fanrpm\":4200", "\"fanrpm\":0", "\"fanspeed\":60", "\"fanspeed\":0")
                        .sample()
                        .reading(Reading.MIN_FAN_RPM))
                .isEmpty();
    }

    @Test
    void with_a_pool_of_endless_name_is_read_and_the_name_cut() {
        MinerReading.Ok ok = read("\"pool.example\"", "\"" + "p".repeat(400) + "\"");

        assertThat(String.valueOf(ok.sample().pool())).hasSizeBetween(256, 300);
    }
}
