package io.minerops.core.device.internal.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvalonFamilyTest {
    /** Two boards of four chips, of which one on the second says nothing. */
    private static final String MODULE = "Ver[1246-80-22010101_aaaaaaa_bbbbbbb] DNA[0201000012345678]"
            + " SYSTEMSTATU[Work: In Work, Hash Board: 2 ] Elapsed[3610] HW[12] DH[1.5%] Temp[30] TMax[80] TAvg[70]"
            + " Fan1[5000] Fan2[5200] FanR[70%] PS[0 1210 1300 200 2600 1310 2800] GHSspd[80000.00] GHSavg[79000.00]"
            + " MGHS[40000.00 40000.00] MTmax[80 79] MTavg[70 69] TA[8] PVT_T0[ 70  71  72  73] PVT_T1[ 70  0  72  73]";

    private static final String SUMMARY = Replies.section(
            "SUMMARY",
            "{\"Elapsed\":3600,\"MHS av\":78000000.0,\"MHS 1m\":81000000.0,\"Accepted\":100,\"Rejected\":2,"
                    + "\"Hardware Errors\":0}");

    private static String stats(String module) {
        return Replies.section(
                "STATS", "{\"STATS\":0,\"ID\":\"AVA100\",\"Elapsed\":3600,\"MM ID0\":\"" + module + "\"}");
    }

    private static Map<String, String> replies(String module) {
        Map<String, String> replies = new HashMap<>();
        replies.put("summary", SUMMARY);
        replies.put("stats", stats(module));
        return replies;
    }

    private static MetricSample read(String module) {
        return WebReplies.ok(Replies.readSingly(replies(module))).sample();
    }

    @Test
    void gives_every_reading_in_its_unit() {
        Map<String, String> replies = replies(MODULE);
        replies.put("pools", Replies.pools());

        assertThat(WebReplies.ok(Replies.readSingly(replies)).sample())
                .isEqualTo(MetricSample.builder(Replies.MINER, Replies.NOW)
                        .set(Reading.HASHRATE_THS, 80)
                        .set(Reading.HASHRATE_AVG_THS, 79)
                        .set(Reading.POWER_W, 2800)
                        .set(Reading.AVG_TEMP_C, 70)
                        .set(Reading.MAX_TEMP_C, 80)
                        .set(Reading.INLET_TEMP_C, 30)
                        .set(Reading.AVG_FAN_RPM, 5100)
                        .set(Reading.MIN_FAN_RPM, 5000)
                        .set(Reading.MAX_FAN_RPM, 5200)
                        .set(Reading.ELAPSED_S, 3610)
                        .set(Reading.ACCEPTED, 100)
                        .set(Reading.REJECTED, 2)
                        .set(Reading.HW_ERRORS, 12)
                        .set(Reading.BOARDS_ALIVE, 2)
                        .set(Reading.BOARDS_EXPECTED, 2)
                        .set(Reading.CHIPS_ALIVE, 7)
                        .set(Reading.CHIPS_EXPECTED, 8)
                        .set(Reading.POOLS_ALIVE, 2)
                        .pool(new Pool("stratum+tcp://pool.example:3333", "farm.7"))
                        .faults(List.of())
                        .state(WorkState.MINING)
                        .boards(List.of(
                                HashBoard.builder(0)
                                        .set(BoardReading.CHIPS_ALIVE, 4)
                                        .set(BoardReading.CHIPS_EXPECTED, 4)
                                        .set(BoardReading.RATE_THS, 40)
                                        .set(BoardReading.CHIP_TEMP_C, 80)
                                        .build(),
                                HashBoard.builder(1)
                                        .set(BoardReading.CHIPS_ALIVE, 3)
                                        .set(BoardReading.CHIPS_EXPECTED, 4)
                                        .set(BoardReading.RATE_THS, 40)
                                        .set(BoardReading.CHIP_TEMP_C, 79)
                                        .build()))
                        .build());
    }

    @ParameterizedTest
    @CsvSource({
        "the supply's input, 1246, 80000, PS[0 1210 1300 200 2600 1310 2800], 2800, false",
        "its output where the input cannot be, 1246, 80000, PS[0 1210 1300 200 2600 1310 9000], 2600, false",
        "its output where there is no input, 1246, 80000, PS[0 1210 1300 200 2600 1310], 2600, false",
        "what is measured at the wall, 15-194, 190000, PS[0 1 1 1 3500 1 3600] WALLPOWER[3700], 3700, false",
        "the sixth field of a Nano 3, nano3, 2600, PS[0 0 0 3 2800 90 330], 90, false",
        "the seventh of a Nano 3s, Nano3s, 6500, PS[0 0 27500 4 0 3700 130], 130, false",
        "a nominal figure where a model does not measure, 1047, 30000, PS[0 0 0 0 0 0], 1920, true",
    })
    void power_is(String what, String model, double ghs, String supply, double watts, boolean estimated) {
        MetricSample sample = read("Ver[" + model + "-22010101_aaaaaaa] " + supply + " GHSspd[" + ghs + "]");

        assertThat(sample.value(Reading.POWER_W)).as(what).isEqualTo(watts, within(1e-9));
        assertThat(sample.powerEstimated()).as(what).isEqualTo(estimated);
    }

    @Test
    void a_desk_miner_that_has_just_started_is_believed_its_power() {
        MinerReading.Ok ok = WebReplies.ok(Replies.readSingly(
                replies("Ver[nano3-22010101_aaaaaaa] PS[0 0 0 3 2800 90 330] GHSspd[20.00] TAvg[40] TMax[41]")));

        assertThat(ok.sample().value(Reading.POWER_W)).isEqualTo(90);
        assertThat(ok.implausible()).isEmpty();
    }

    @Test
    void at_rest_hashes_zero_although_its_average_stays_high_and_has_neither_fans_nor_temperatures_nor_power() {
        MinerReading.Ok ok = WebReplies.ok(Replies.readSingly(replies("Ver[Q-22010101_aaaaaaa]"
                + " SYSTEMSTATU[Work: In Idle, Hash Board: 1] Elapsed[9000] ITemp[26] TMax[0] TAvg[0] Fan1[0] Fan2[0]"
                + " PS[0 1200 5 0 0 2200 140] GHSspd[0.00] GHSavg[44000.00]")));

        assertThat(ok.sample().value(Reading.HASHRATE_THS)).isZero();
        assertThat(ok.sample().value(Reading.HASHRATE_AVG_THS)).isEqualTo(44);
        for (Reading absent : List.of(Reading.AVG_TEMP_C, Reading.MAX_TEMP_C, Reading.MIN_FAN_RPM, Reading.POWER_W)) {
            assertThat(ok.sample().reading(absent)).as(absent.key()).isEmpty();
        }
        assertThat(ok.implausible()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "ITemp[26] OTemp[41] Temp[55] | 26 | 41",
                "Temp[38] OTemp[41]           | 38 | 41",
                "ITemp[-273] OTemp[-273]      | -  | -",
                "TMax[80]                     | -  | -",
            })
    void the_air_that_enters_and_leaves_is(String module, @Nullable Double inlet, @Nullable Double outlet) {
        MetricSample sample = read("GHSspd[80000] " + module);

        assertThat(sample.value(Reading.INLET_TEMP_C)).isEqualTo(Double.valueOf(inlet == null ? Double.NaN : inlet));
        assertThat(sample.value(Reading.OUTLET_TEMP_C)).isEqualTo(Double.valueOf(outlet == null ? Double.NaN : outlet));
    }

    @Test
    void a_fan_that_stands_while_it_hashes_is_reported() {
        assertThat(read("Fan1[0] Fan2[5000] GHSspd[80000]").value(Reading.MIN_FAN_RPM))
                .isZero();
    }

    @Test
    void a_sensor_that_is_not_fitted_is_absent_and_no_fault() {
        MinerReading.Ok ok = WebReplies.ok(
                Replies.readSingly(replies("GHSspd[80000] TMax[-273] TAvg[-273] MTmax[-1 77] MTavg[0 65]")));

        assertThat(ok.sample().value(Reading.MAX_TEMP_C)).isEqualTo(77);
        assertThat(ok.sample().value(Reading.AVG_TEMP_C)).isEqualTo(65);
        assertThat(ok.implausible()).isEmpty();
    }

    @Test
    void an_implausible_value_is_absent_and_reported() {
        MinerReading.Ok ok = WebReplies.ok(
                Replies.readSingly(replies("GHSspd[80000000] TMax[300] Fan1[99999] PS[0 0 0 0 19 0 20]")));

        assertThat(ok.sample().reading(Reading.HASHRATE_THS)).isEmpty();
        assertThat(ok.sample().reading(Reading.MAX_TEMP_C)).isEmpty();
        assertThat(ok.implausible())
                .containsExactlyInAnyOrder(
                        "hashrate_ths cannot be 80000.0",
                        "max_temp_c cannot be 300.000",
                        "a fan's speed cannot be 99999.0");
    }

    @Test
    void boards_of_an_older_one_work_that_have_done_work() {
        MetricSample sample = read("Ver[7411706-3162860] MW[1289 0 1302 1245] ECHU[16 0 512 0] TA[88] GHSmm[6836.48]");

        assertThat(sample.value(Reading.BOARDS_ALIVE)).isEqualTo(3);
        assertThat(sample.value(Reading.BOARDS_EXPECTED)).isEqualTo(4);
        assertThat(sample.reading(Reading.CHIPS_ALIVE)).isEmpty();
        assertThat(sample.value(Reading.CHIPS_EXPECTED)).isEqualTo(88);
    }

    @Test
    void several_modules_behind_one_controller_are_one_device() {
        String two = Replies.section(
                "STATS",
                "{\"STATS\":0,\"MM ID1\":\"GHSspd[7000] TMax[70] TAvg[60] Fan1[3000]\","
                        + "\"MM ID2\":\"GHSspd[7300] TMax[75] TAvg[64] Fan1[3300]\"}");
        MetricSample sample = WebReplies.ok(Replies.readSingly(Map.of("summary", SUMMARY, "stats", two)))
                .sample();

        assertThat(sample.value(Reading.HASHRATE_THS)).isEqualTo(14.3, within(1e-9));
        assertThat(sample.value(Reading.MAX_TEMP_C)).isEqualTo(75);
        assertThat(sample.value(Reading.AVG_TEMP_C)).isEqualTo(62);
        assertThat(sample.value(Reading.MAX_FAN_RPM)).isEqualTo(3300);
    }

    @ParameterizedTest
    @CsvSource({
        "AvalonMiner 15-194, 15-194, AvalonMiner 15-194",
        "Avalonnano, nano3, Avalon Nano 3",
        "Avalon Nano3s, Nano3s, Avalon Nano 3s",
        "Avalon Mini3, Mini3, Avalon Mini 3",
        "Avalon Q, Q, Avalon Q",
    })
    void is_named_by_its_version(String product, String model, String name) {
        Map<String, String> replies = replies("GHSspd[1000]");
        replies.put(
                "version",
                Replies.section(
                        "VERSION",
                        "{\"CGMiner\":\"4.11.1\",\"PROD\":\"" + product + "\",\"MODEL\":\"" + model
                                + "\",\"LVERSION\":\"22010101_aaaaaaa\",\"DNA\":\"0201000087654321\","
                                + "\"MAC\":\"0200AABBCCDD\"}"));

        assertThat(WebReplies.ok(Replies.readSingly(replies)).identity())
                .isEqualTo(new MinerIdentity(
                        "Canaan", name, "22010101_aaaaaaa", "02:00:aa:bb:cc:dd", null, "0201000087654321"));
    }

    @ParameterizedTest
    @CsvSource({
        "1246-80-22010101_aaaaaaa, Avalon 1246",
        "15-194-22010101_aaaaaaa, Avalon 15-194",
        "nano3-22010101_aaaaaaa, Avalon Nano 3",
        "Q-22010101_aaaaaaa, Avalon Q",
        "7411706-3162860, Avalon 741",
        "8521803-aaaaaaa, Avalon 852",
        "9211809-b4b3d00, Avalon 921",
        "10411907-aaaaaaa, Avalon 1041",
    })
    void is_named_by_its_firmware_where_it_does_not_answer_version(String firmware, String name) {
        MinerIdentity identity = WebReplies.ok(Replies.readSingly(
                        replies("Ver[" + firmware + "] DNA[0000000000000000] HDNA[0201000012345678] GHSspd[1000]")))
                .identity();

        assertThat(identity).isEqualTo(new MinerIdentity("Canaan", name, firmware, null, null, "0201000012345678"));
    }

    @Test
    void is_requested_its_other_statistics_only_where_the_usual_ones_say_nothing_of_its_modules() {
        Map<String, String> replies = replies(MODULE);
        assertThat(WebReplies.ok(Replies.readSingly(replies)).missing()).containsExactlyInAnyOrder("version", "pools");

        replies.put("estats", replies.remove("stats"));
        replies.put("version", Replies.section("VERSION", "{\"PROD\":\"AvalonMiner 1246\",\"MODEL\":\"1246\"}"));
        MinerReading.Ok ok = WebReplies.ok(Replies.readSingly(replies));
        assertThat(ok.sample().value(Reading.HASHRATE_THS)).isEqualTo(80);
    }

    @Test
    void in_the_text_form_of_the_protocol_says_the_same() {
        Map<String, String> text = Map.of(
                "summary",
                "STATUS=S,When=1,Code=11,Msg=Summary,Description=cgminer 4.11.1|SUMMARY,Elapsed=3600,Accepted=100,"
                        + "Rejected=2,Hardware Errors=0|",
                "stats",
                "STATUS=S,When=1,Code=70,Msg=CGMiner stats,Description=cgminer 4.11.1|STATS=0,ID=AVA100,Elapsed=3600,"
                        + "MM ID0=" + MODULE + ",MM Count=1|",
                "pools",
                "STATUS=S,When=1,Code=7,Msg=1 Pool(s),Description=cgminer 4.11.1|POOL=0,"
                        + "URL=stratum+tcp://pool.example:3333,Status=Alive,Priority=0,User=farm.7,"
                        + "Stratum Active=true|");
        Map<String, String> json = replies(MODULE);
        json.put(
                "pools",
                Replies.section(
                        "POOLS",
                        "{\"POOL\":0,\"URL\":\"stratum+tcp://pool.example:3333\",\"Status\":\"Alive\",\"Priority\":0,"
                                + "\"User\":\"farm.7\",\"Stratum Active\":true}"));

        assertThat(WebReplies.ok(Replies.readSingly(text)).sample())
                .isEqualTo(WebReplies.ok(Replies.readSingly(json)).sample());
    }
}
