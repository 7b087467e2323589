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

public class EpicFamilyTest {
    public static final String SUMMARY =
            "{\"Fans Rpm\":{\"Fans Speed 1\":6000,\"Fans Speed 2\":0,\"Fans Speed 3\":null},"
                    + "\"HBStatus\":[{\"Detected\":true,\"Enabled\":true,\"Index\":0}],\"HBs\":[{\"Hashrate\":[50000000.0,103.1,0.8],"
                    + "\"Index\":0,\"Temperature\":66.0},{\"Hashrate\":[49000000.0,103.1,0.8],\"Index\":1,\"Temperature\":62.0}],"
                    + "\"Hostname\":\"cell-7\",\"Mining\":{\"Algorithm\":\"SHA-256\",\"Coin\":\"BTC\"},\"OS Type\":\"umcOS\","
                    + "\"Power Supply Stats\":{\"Input Power\":2150.5},\"Session\":{\"Accepted\":1800,\"Active HBs\":2,"
                    + "\"Average MHs\":90000000.0,\"Rejected\":3,\"Uptime\":23000},\"Software\":\"PowerPlay-BMS v1.5.0\","
                    + "\"Status\":{\"Operating State\":\"Mining\"},\"Stratum\":{\"Current Pool\":\"pool.example:3333\","
                    + "\"Current User\":\"farm.7\",\"IsPoolConnected\":true},\"StratumConfigs\":[{\"login\":\"farm.7\","
                    + "\"password\":\"secret\",\"pool\":\"stratum+tcp://pool.example:3333\"}]}";
    public static final String CAPABILITIES =
            "{\"Control Board Version\":{\"cpuSerial\":\"0011002200330044\"},\"Max HBs\":3,"
                    + "\"Model\":\"AntMiner S19 XP\",\"Performance Estimator\":{\"Chip Count\":110}}";
    public static final String NETWORK = "{\"dhcp\":{\"address\":\"192.0.2.7\",\"mac_address\":\"02:00:AA:BB:CC:DD\"}}";

    private static MinerReading.Ok read(String summary) {
        return WebReplies.readHere(Map.of(
                Command.EPIC_SUMMARY, summary, Command.EPIC_CAPABILITIES, CAPABILITIES, Command.EPIC_NETWORK, NETWORK));
    }

    @Test
    void gives_every_reading_in_its_unit() {
        MinerReading.Ok ok = read(SUMMARY);

        assertThat(ok.sample())
                .isEqualTo(MetricSample.builder(Replies.MINER, Replies.NOW)
                        .set(Reading.HASHRATE_THS, 99)
                        .set(Reading.HASHRATE_AVG_THS, 90)
                        .set(Reading.POWER_W, 2150.5)
                        .set(Reading.AVG_TEMP_C, 64)
                        .set(Reading.MAX_TEMP_C, 66)
                        .set(Reading.AVG_FAN_RPM, 3000)
                        .set(Reading.MIN_FAN_RPM, 0)
                        .set(Reading.MAX_FAN_RPM, 6000)
                        .set(Reading.ELAPSED_S, 23_000)
                        .set(Reading.ACCEPTED, 1800)
                        .set(Reading.REJECTED, 3)
                        .set(Reading.BOARDS_ALIVE, 2)
                        .set(Reading.BOARDS_EXPECTED, 3)
                        .set(Reading.CHIPS_EXPECTED, 330)
                        .set(Reading.POOLS_ALIVE, 1)
                        .pool(new Pool("stratum+tcp://pool.example:3333", "farm.7"))
                        .faults(List.of())
                        .set(Reading.BOARD_TEMP_C, 66)
                        .state(WorkState.MINING)
                        .boards(List.of(
                                HashBoard.builder(0)
                                        .set(BoardReading.CHIPS_EXPECTED, 110)
                                        .set(BoardReading.RATE_THS, 50)
                                        .set(BoardReading.EXPECTED_THS, 48.49660523763337)
                                        .set(BoardReading.BOARD_TEMP_C, 66)
                                        .build(),
                                HashBoard.builder(1)
                                        .set(BoardReading.CHIPS_EXPECTED, 110)
                                        .set(BoardReading.RATE_THS, 49)
                                        .set(BoardReading.EXPECTED_THS, 47.5266731328807)
                                        .set(BoardReading.BOARD_TEMP_C, 62)
                                        .build()))
                        .build());
        assertThat(ok.identity())
                .isEqualTo(new MinerIdentity(
                        "Bitmain",
                        "Antminer S19 XP",
                        "PowerPlay-BMS v1.5.0",
                        "02:00:aa:bb:cc:dd",
                        "cell-7",
                        "0011002200330044"));
    }

    @Test
    void that_idles_without_boards_hashes_zero() {
        MetricSample sample = read(SUMMARY.replaceAll("\"HBs\":\\[.*?\\}\\],", "\"HBs\":[],")
                        .replace("\"Operating State\":\"Mining\"", "\"Operating State\":\"Idling\""))
                .sample();

        assertThat(sample.value(Reading.HASHRATE_THS)).isZero();
        assertThat(sample.reading(Reading.BOARDS_ALIVE)).isEmpty();
    }

    @Test
    void of_another_algorithm_gives_no_hashrate() {
        MetricSample sample = read(SUMMARY.replace("SHA-256", "Blake2b")).sample();

        assertThat(sample.reading(Reading.HASHRATE_THS)).isEmpty();
        assertThat(sample.reading(Reading.HASHRATE_AVG_THS)).isEmpty();
    }

    @Test
    void without_a_connection_works_for_no_pool() {
        MetricSample sample = read(SUMMARY.replace("\"IsPoolConnected\":true", "\"IsPoolConnected\":false"))
                .sample();

        assertThat(sample.value(Reading.POOLS_ALIVE)).isZero();
        assertThat(sample.pool()).isNull();
    }

    @Test
    void with_a_supply_that_does_not_measure_has_no_power() {
        assertThat(read(SUMMARY.replace("2150.5", "0.0")).sample().reading(Reading.POWER_W))
                .isEmpty();
    }
}
