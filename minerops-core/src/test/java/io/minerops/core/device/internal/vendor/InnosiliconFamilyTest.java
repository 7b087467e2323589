package io.minerops.core.device.internal.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.internal.reading.Replies;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InnosiliconFamilyTest {
    private static final String BOARDS =
            "{\"STATS\":0,\"Num chips\":66,\"Num active chips\":66,\"Temp max\":71,\"Temp\":62,"
                    + "\"Fan duty\":35,\"MHS av\":9},{\"STATS\":1,\"Num chips\":66,\"Num active chips\":0,\"Temp\":0},"
                    + "{\"STATS\":2,\"Num chips\":66,\"Num active chips\":60,\"Temp max\":69,\"Temp\":60,\"Fan duty\":35},"
                    + "{\"STATS\":3,\"ID\":\"POOL0\"}";

    private static MinerReading.Ok read(String description, String rates, String stats) {
        MinerReading reading = Replies.readSingly(Map.of(
                "summary",
                        Replies.section(
                                        "SUMMARY",
                                        "{\"Elapsed\":48768," + rates
                                                + ",\"Accepted\":5128,\"Rejected\":26,\"Hardware Errors\":806,"
                                                + "\"Device Hardware%\":1584.0000}")
                                .replace("cgminer 1.0.0", description),
                "stats", stats.replace("cgminer 1.0.0", description)));
        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        return (MinerReading.Ok) reading;
    }

    private static MinerReading.Ok read(String description, String rates) {
        return read(description, rates, Replies.section("STATS", BOARDS));
    }

    @Test
    void of_honorknight_has_its_maker_and_the_speeds_of_its_fans() {
        String boards = "{\"STATS\":0,\"ID\":\"IT10\",\"Num chips\":72,\"Num active chips\":72,\"Temp max\":84,"
                + "\"Temp\":72,\"Fan duty\":97,\"Fan0 rpm\":6150,\"Fan1 rpm\":6720},{\"STATS\":1,\"ID\":\"IT11\","
                + "\"Num chips\":72,\"Num active chips\":72,\"Temp max\":83,\"Temp\":70,\"Fan duty\":97,"
                + "\"Fan0 rpm\":6150,\"Fan1 rpm\":6720}";
        MinerReading.Ok ok = read("cgminer 4.10.0", "\"MHS av\":24000000", Replies.section("STATS", boards));

        assertThat(ok.identity().vendor()).isEqualTo("HonorKnight");
        assertThat(ok.sample().value(Reading.MIN_FAN_RPM)).isEqualTo(6150);
        assertThat(ok.sample().value(Reading.MAX_FAN_RPM)).isEqualTo(6720);
        assertThat(ok.sample().value(Reading.MAX_TEMP_C)).isEqualTo(84);
    }

    @Test
    void gives_every_reading_in_its_unit() {
        MetricSample sample = read("innominer t3-1.1.0", "\"MHS av\":43000000,\"MHS 1m\":42000000")
                .sample();

        assertThat(sample)
                .isEqualTo(MetricSample.builder(Replies.MINER, Replies.NOW)
                        .set(Reading.HASHRATE_THS, 42)
                        .set(Reading.HASHRATE_AVG_THS, 43)
                        .set(Reading.POWER_W, 42 * 49)
                        .powerEstimated(true)
                        .set(Reading.AVG_TEMP_C, 61)
                        .set(Reading.MAX_TEMP_C, 71)
                        .set(Reading.ELAPSED_S, 48_768)
                        .set(Reading.ACCEPTED, 5128)
                        .set(Reading.REJECTED, 26)
                        .set(Reading.HW_ERRORS, 806)
                        .set(Reading.BOARDS_ALIVE, 2)
                        .set(Reading.BOARDS_EXPECTED, 3)
                        .set(Reading.CHIPS_ALIVE, 126)
                        .set(Reading.CHIPS_EXPECTED, 198)
                        .state(WorkState.MINING)
                        .build());
    }

    @ParameterizedTest
    @CsvSource({
        "innominer t2thf+-1.0.0, T2THF+, true",
        "innominer t3-1.1.0, T3, true",
        "innominer a9-1.1.0, A9 ZMaster, false",
        "innominer a10-1.1.0, A10, false",
        "innominer d9+-1.0.0, D9+, false",
        "innominer s11-1.0.0, S11, false",
    })
    void counts_for_sha256_where_its_model_computes_that(String description, String model, boolean sha256) {
        MinerReading.Ok ok = read(description, "\"MHS av\":43000000,\"MHS 1m\":42000000");

        assertThat(ok.identity()).isEqualTo(new MinerIdentity("Innosilicon", model, description, null, null, null));
        assertThat(ok.sample().reading(Reading.HASHRATE_THS).isPresent()).isEqualTo(sha256);
        assertThat(ok.sample().reading(Reading.HASHRATE_AVG_THS).isPresent()).isEqualTo(sha256);
    }

    @ParameterizedTest
    @CsvSource({"24000000, true", "3800000, false"})
    void that_does_not_name_its_model_counts_where_no_other_of_the_maker_is_as_fast(double mhs, boolean counts) {
        MetricSample sample = read("sgminer 4.4.2", "\"MHS av\":" + mhs + ",\"MHS 5s\":" + mhs)
                .sample();

        assertThat(sample.reading(Reading.HASHRATE_THS).isPresent()).isEqualTo(counts);
    }

    @Test
    void with_numbered_sections_has_the_same_boards_and_pools() {
        String board = "\":[{\"Num chips\":12,\"Num active chips\":12,\"Fan duty\":100,\"Temp\":47}]";
        MinerReading reading = Replies.readSingly(Map.of(
                "summary", Replies.section("SUMMARY", "{\"MHS av\":51274.6,\"Elapsed\":9}"),
                "stats", "{\"STATUS\":[{\"STATUS\":\"S\"}],\"STATS0" + board + ",\"STATS1" + board + ",\"id\":1}",
                "pools",
                        "{\"STATUS\":[{\"STATUS\":\"S\"}],\"POOL0\":[{\"URL\":\"stratum+tcp://a.example:1\","
                                + "\"Status\":\"Alive\",\"Priority\":0,\"User\":\"w\"}],\"POOL1\":[{\"URL\":"
                                + "\"stratum+tcp://b.example:1\",\"Status\":\"Dead\",\"Priority\":1}],\"id\":1}"));

        assertThat(reading).isInstanceOfSatisfying(MinerReading.Ok.class, ok -> {
            assertThat(ok.sample().value(Reading.CHIPS_ALIVE)).isEqualTo(24);
            assertThat(ok.sample().value(Reading.POOLS_ALIVE)).isEqualTo(1);
            assertThat(ok.sample().pool()).isEqualTo(new Pool("stratum+tcp://a.example:1", "w"));
        });
    }

    @Test
    void draws_what_its_statistics_say() {
        MetricSample sample = read(
                        "innominer t2t-1.0.0",
                        "\"MHS av\":24000000,\"MHS 1m\":24000000",
                        Replies.section("STATS", BOARDS + ",{\"power\":\"1980\"}"))
                .sample();

        assertThat(sample.value(Reading.POWER_W)).isEqualTo(1980, within(1e-9));
        assertThat(sample.powerEstimated()).isFalse();
    }
}
