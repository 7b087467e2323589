package io.minerops.core.device.internal.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.reading.WebReplies;
import io.minerops.core.device.reply.Command;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What devices report of each hash board, and what follows for the whole of them. */
class HashBoardsOfDevicesTest {
    private static MetricSample read(Map<String, String> replies) {
        return ((MinerReading.Ok) Replies.readSingly(replies)).sample();
    }

    private static List<HashBoard> boards(MetricSample sample) {
        return Objects.requireNonNull(sample.boards(), "boards");
    }

    private static MetricSample antminer(String type, String fields) {
        return read(Map.of("version", Replies.version(type), "stats", Replies.stats(type, fields)));
    }

    @Test
    void an_antminer_numbers_its_boards_from_one_and_a_board_without_chips_is_there() {
        MetricSample sample = antminer(
                "Antminer S19",
                "\"GHS 5s\":60000,\"rate_unit\":\"GH\",\"chain_acn1\":76,\"chain_acn2\":0,\"chain_acn3\":75,"
                        + "\"chain_rate1\":\"31000.5\",\"chain_rate2\":\"\",\"chain_rate3\":\"29000\","
                        + "\"chain_rateideal1\":32000,\"chain_sn1\":\"JYZZYRSBDJEBI06Z5\",\"chain_sn2\":\"unknow\","
                        + "\"temp_pcb1\":\"47-34-34-48\",\"temp_chip1\":\"57-54-0-58\",\"freq_avg1\":495,"
                        + "\"chain_vol1\":13000,\"chain_hw1\":29");

        assertThat(boards(sample)).extracting(HashBoard::slot).containsExactly(1, 2, 3);
        HashBoard first = boards(sample).get(0);
        assertThat(first.serial()).isEqualTo("JYZZYRSBDJEBI06Z5");
        assertThat(first.value(BoardReading.CHIPS_ALIVE)).isEqualTo(76);
        assertThat(first.value(BoardReading.CHIPS_EXPECTED)).isEqualTo(76);
        assertThat(first.value(BoardReading.RATE_THS)).isEqualTo(31.0005, within(1e-9));
        assertThat(first.value(BoardReading.EXPECTED_THS)).isEqualTo(32);
        assertThat(first.value(BoardReading.BOARD_TEMP_C)).isEqualTo(48);
        assertThat(first.value(BoardReading.CHIP_TEMP_C)).isEqualTo(58);
        assertThat(first.value(BoardReading.FREQUENCY_MHZ)).isEqualTo(495);
        assertThat(first.value(BoardReading.VOLTAGE_V)).isEqualTo(13);
        assertThat(first.value(BoardReading.HW_ERRORS)).isEqualTo(29);
        assertThat(boards(sample).get(1).serial()).isNull();
        assertThat(boards(sample).get(1).value(BoardReading.CHIPS_ALIVE)).isZero();
        assertThat(boards(sample).get(1).reading(BoardReading.RATE_THS)).isEmpty();
    }

    @Test
    void an_antminer_that_reports_no_board_does_not_report_them_one_by_one() {
        assertThat(antminer("Antminer S19", "\"GHS 5s\":0,\"Mode\":254,\"chain_acn1\":0,\"chain_acn2\":0")
                        .boards())
                .isNull();
    }

    @Test
    void the_frequency_the_voltage_and_the_hottest_board_of_a_device_are_those_of_its_boards() {
        MetricSample sample = antminer(
                "Antminer S19 (Vnish 1.2.7)",
                "\"GHS 5s\":60000,\"chain_acn1\":76,\"chain_acn2\":76,\"chain_acn3\":76,\"freq_avg1\":490,"
                        + "\"freq_avg2\":500,\"freq_avg3\":510,\"chain_vol1\":13000,\"chain_vol2\":13200,"
                        + "\"temp_pcb1\":\"40-41-42-43\",\"temp_pcb3\":\"50-51-52-53\",\"total_rateideal\":66000");

        assertThat(sample.value(Reading.FREQUENCY_MHZ)).isEqualTo(500);
        assertThat(sample.value(Reading.VOLTAGE_V)).isEqualTo(13.1, within(1e-9));
        assertThat(sample.value(Reading.BOARD_TEMP_C)).isEqualTo(53);
        assertThat(sample.value(Reading.EXPECTED_THS)).isEqualTo(66);
    }

    @Test
    void a_whatsminer_gives_serial_rate_and_limits() {
        MetricSample sample = read(Map.of(
                "summary",
                Replies.section(
                        "SUMMARY",
                        "{\"Elapsed\":9,\"HS RT\":82000000,\"Factory GHS\":84000,\"Power Limit\":3300,\"Env Temp\":28.5}"),
                "devs",
                Replies.section(
                        "DEVS",
                        "{\"ASC\":0,\"Slot\":0,\"PCB SN\":\"BHM5CSD1302803K30001\",\"Effective Chips\":135,"
                                + "\"MHS av\":41500000,\"Factory GHS\":42000,\"Temperature\":65,\"Chip Temp Max\":80,"
                                + "\"Chip Frequency\":600,\"Status\":\"Alive\"},{\"ASC\":1,\"Slot\":1,"
                                + "\"Effective Chips\":135,\"MHS av\":0,\"Status\":\"Dead\"}")));

        assertThat(boards(sample)).hasSize(2);
        HashBoard first = boards(sample).get(0);
        assertThat(first.serial()).isEqualTo("BHM5CSD1302803K30001");
        assertThat(first.value(BoardReading.RATE_THS)).isEqualTo(41.5);
        assertThat(first.value(BoardReading.EXPECTED_THS)).isEqualTo(42);
        assertThat(first.value(BoardReading.FREQUENCY_MHZ)).isEqualTo(600);
        assertThat(boards(sample).get(1).value(BoardReading.CHIPS_ALIVE)).isZero();
        assertThat(sample.value(Reading.POWER_LIMIT_W)).isEqualTo(3_300);
        assertThat(sample.value(Reading.AMBIENT_TEMP_C)).isEqualTo(28.5);
        assertThat(sample.value(Reading.EXPECTED_THS)).isEqualTo(84);
    }

    @Test
    void braiins_os_gives_everything_of_a_board() {
        MetricSample sample = WebReplies.read(Map.of(
                        Command.BRAIINS_DETAILS,
                        "{\"bos_version\":{\"current\":\"x\"},\"status\":2}",
                        Command.BRAIINS_STATS,
                        "{\"miner_stats\":{\"real_hashrate\":{\"last_5s\":{\"gigahash_per_second\":48000}}},"
                                + "\"pool_stats\":{\"best_share\":776342690,\"last_difficulty\":262144,"
                                + "\"last_share_time\":{\"seconds\":"
                                + (Replies.NOW.getEpochSecond() - 7) + "}}}",
                        Command.BRAIINS_BOARDS,
                        "{\"hashboards\":[{\"id\":\"1\",\"serial_number\":\"NGSBYPDBCJBAG8562\",\"enabled\":true,"
                                + "\"chips_count\":110,\"board_temp\":{\"degree_c\":55.5},\"highest_chip_temp\":"
                                + "{\"temperature\":{\"degree_c\":70.5}},\"current_frequency\":{\"hertz\":486000000},"
                                + "\"current_voltage\":{\"volt\":12.9},\"stats\":{\"nominal_hashrate\":"
                                + "{\"gigahash_per_second\":48000},\"real_hashrate\":{\"last_1m\":"
                                + "{\"gigahash_per_second\":47500}}}}]}"))
                .sample();

        assertThat(boards(sample))
                .containsExactly(HashBoard.builder(1)
                        .serial("NGSBYPDBCJBAG8562")
                        .set(BoardReading.CHIPS_ALIVE, 110)
                        .set(BoardReading.RATE_THS, 47.5)
                        .set(BoardReading.EXPECTED_THS, 48)
                        .set(BoardReading.BOARD_TEMP_C, 55.5)
                        .set(BoardReading.CHIP_TEMP_C, 70.5)
                        .set(BoardReading.FREQUENCY_MHZ, 486)
                        .set(BoardReading.VOLTAGE_V, 12.9)
                        .build());
        assertThat(sample.value(Reading.BEST_SHARE_DIFFICULTY)).isEqualTo(776_342_690);
        assertThat(sample.value(Reading.LAST_SHARE_DIFFICULTY)).isEqualTo(262_144);
        assertThat(sample.value(Reading.LAST_SHARE_AGE_S)).isEqualTo(7);
    }

    @Test
    void a_slot_number_that_no_device_has_is_no_board() {
        MetricSample sample = WebReplies.readHere(Map.of(
                        Command.EPIC_SUMMARY,
                        "{\"Software\":\"PowerPlay\",\"HBs\":[{\"Index\":1e9,\"Hashrate\":[50000000,100]},"
                                + "{\"Index\":-1,\"Temperature\":60}]}"))
                .sample();

        assertThat(sample.boards()).isNull();
    }
}
