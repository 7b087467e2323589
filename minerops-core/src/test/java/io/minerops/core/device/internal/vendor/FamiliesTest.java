package io.minerops.core.device.internal.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.device.internal.normalise.Sha256;
import io.minerops.core.device.internal.reading.Replies;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamiliesTest {
    private static MinerReading.Ok read(Map<String, String> replies) {
        MinerReading reading = Replies.readSingly(replies);
        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        return (MinerReading.Ok) reading;
    }

    private static MinerReading.Ok antminer(String type, double ghs, String fields) {
        return read(Map.of(
                "version", Replies.version(type),
                "summary", Replies.summary(ghs),
                "stats", Replies.stats(type, "\"GHS 5s\":\"" + ghs + "\",\"GHS av\":" + ghs + fields)));
    }

    @Nested
    class Antminer {
        @Test
        void gives_every_reading_in_its_unit() {
            MetricSample sample = antminer(
                            "Antminer S19 Pro",
                            110_000,
                            ",\"fan_num\":2,\"fan1\":5000,\"fan2\":5200,\"temp_chip1\":\"60-70\"")
                    .sample();

            assertThat(sample)
                    .isEqualTo(MetricSample.builder(Replies.MINER, Replies.NOW)
                            .set(Reading.HASHRATE_THS, 110)
                            .set(Reading.HASHRATE_AVG_THS, 110)
                            .set(Reading.POWER_W, 110 * 29.5)
                            .powerEstimated(true)
                            .set(Reading.AVG_TEMP_C, 65)
                            .set(Reading.MAX_TEMP_C, 70)
                            .set(Reading.AVG_FAN_RPM, 5100)
                            .set(Reading.MIN_FAN_RPM, 5000)
                            .set(Reading.MAX_FAN_RPM, 5200)
                            .set(Reading.ELAPSED_S, 3600)
                            .set(Reading.ACCEPTED, 120)
                            .set(Reading.REJECTED, 3)
                            .set(Reading.HW_ERRORS, 7)
                            .state(WorkState.MINING)
                            .build());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\0',
                value = {
                    "Antminer S21 Pro (Vnish 1.2.7) | 170000 | ,\"chain_consumption1\":860,\"chain_consumption2\":870 | 1730 | false",
                    "Antminer S19 XP (Vnish 1.2.0) | 140000 | ,\"chain_consumption1\":0,\"chain_consumption2\":0 | 3010 | true",
                    "Antminer S9 Hiveon | 12000 | ,\"chain_power\":\"967.50 (AB)\" | 967.5 | false",
                    "Antminer S9 Hiveon | 12000 | ,\"chain_power\":\"12.00 (AB)\" | 1176 | true",
                    "S19-88 v.2.6.0.39 | 100000 | ,\"total_power\":3358 | 3358 | false",
                    "Antminer S19 | 100000 | | 3450 | true",
                })
        void distinguishes_measured_and_estimated_power(
                String type, double ghs, String fields, double watts, boolean estimated) {
            MetricSample sample =
                    antminer(type.strip(), ghs, fields == null ? "" : fields).sample();

            assertThat(sample.value(Reading.POWER_W)).isEqualTo(watts, within(1e-9));
            assertThat(sample.powerEstimated()).isEqualTo(estimated);
        }

        @Test
        void gives_no_power_that_nothing_speaks_for() {
            MetricSample sample = antminer("Antminer S99", 100_000, "").sample();

            assertThat(sample.reading(Reading.POWER_W)).isEmpty();
            assertThat(sample.powerEstimated()).isFalse();
        }

        @Test
        void that_stopped_for_heat_hashes_zero_and_is_not_absent() {
            MetricSample sample = antminer(
                            "Antminer S19 Pro", 0, ",\"temp_chip1\":\"60-96\",\"fan_num\":4,\"fan1\":6000,\"fan2\":0")
                    .sample();

            assertThat(sample.value(Reading.HASHRATE_THS)).isZero();
            assertThat(sample.value(Reading.MAX_TEMP_C)).isEqualTo(96);
            assertThat(sample.value(Reading.MIN_FAN_RPM)).isZero();
            assertThat(sample.reading(Reading.POWER_W)).isEmpty();
        }

        @Test
        void cooled_by_a_liquid_has_no_fans_that_could_fail() {
            String noneTurns = ",\"fan_num\":4,\"fan1\":0,\"fan2\":0,\"fan3\":0,\"fan4\":0";

            assertThat(antminer("Antminer S21 Hyd.", 300_000, noneTurns)
                            .sample()
                            .reading(Reading.MIN_FAN_RPM))
                    .isEmpty();
            assertThat(antminer("Antminer S21", 200_000, noneTurns).sample().value(Reading.MIN_FAN_RPM))
                    .isZero();
        }

        @Test
        void of_another_algorithm_gives_no_hashrate_but_the_rest() {
            MetricSample sample = antminer("Antminer L7", 9_500, ",\"temp2_1\":60,\"fan_num\":1,\"fan1\":5000")
                    .sample();

            assertThat(sample.reading(Reading.HASHRATE_THS)).isEmpty();
            assertThat(sample.reading(Reading.HASHRATE_AVG_THS)).isEmpty();
            assertThat(sample.reading(Reading.POWER_W)).isEmpty();
            assertThat(sample.value(Reading.AVG_TEMP_C)).isEqualTo(60);
            assertThat(sample.value(Reading.ACCEPTED)).isEqualTo(120);
        }

        @Test
        void is_named_by_its_statistics_rather_than_its_version() {
            MinerReading.Ok ok = read(Map.of(
                    "version", Replies.version("Antminer S17"),
                    "summary", Replies.summary(50_000),
                    "stats", Replies.stats("Antminer S17 Pro", "\"GHS 5s\":50000")));

            assertThat(ok.identity())
                    .isEqualTo(new MinerIdentity("Bitmain", "Antminer S17 Pro", "49.0.1.3", null, null, null));
        }

        @ParameterizedTest
        @CsvSource({"8060350c2b10481c, 8060350c2b10481c", "0000000000000000, ", "dcc9a2, ", "' ', "})
        void is_distinguished_by_the_number_in_its_chip(String number, @Nullable String serial) {
            assertThat(antminer("Antminer S19", 90_000, ",\"miner_id\":\"" + number + "\"")
                            .identity()
                            .serial())
                    .isEqualTo(serial);
        }

        @Test
        void is_read_where_it_refuses_version() {
            MinerReading.Ok ok = read(Map.of(
                    "summary", Replies.summary(170_000),
                    "stats", Replies.stats("Antminer S21 (Vnish 1.2.7)", "\"GHS 5s\":\"170000\"")));

            assertThat(ok.missing()).containsExactlyInAnyOrder("version", "pools");
            assertThat(ok.identity().firmwareVersion()).isEqualTo("VNish 1.2.7");
        }

        @Test
        void counts_hardware_errors_by_chain_where_there_is_no_summary() {
            MinerReading.Ok ok = read(
                    Map.of("stats", Replies.stats("Antminer S9", "\"GHS 5s\":13000,\"chain_hw6\":5,\"chain_hw7\":6")));

            assertThat(ok.sample().value(Reading.HW_ERRORS)).isEqualTo(11);
            assertThat(ok.missing()).containsExactlyInAnyOrder("version", "summary", "pools");
        }

        @Test
        void with_hostile_words_gives_short_and_harmless_ones() {
            MinerReading.Ok ok = read(Map.of(
                    "version", Replies.version("x"),
                    "stats",
                            Replies.stats("Antminer S9", "\"GHS 5s\":13000")
                                    .replace("49.0.1.3", "\\u001b[31m" + "y".repeat(5_000))));

            assertThat(ok.identity().firmwareVersion()).hasSize(255).doesNotContain("\u001b");
        }
    }

    @Nested
    class Luxos {
        private final Map<String, String> replies = Map.of(
                "version",
                        Replies.section(
                                "VERSION", "{\"API\":\"3.7\",\"LUXminer\":\"2026.1\",\"Type\":\"Antminer S19k Pro\"}"),
                "summary", Replies.summary(100_000),
                "stats", Replies.stats("Antminer S19k Pro", "\"GHS 5s\":100000,\"temp_chip1\":\"47-34\""));

        @ParameterizedTest
        @CsvSource({"true, false", "false, true"})
        void measures_power_where_its_supply_can(boolean psu, boolean estimated) {
            MetricSample sample = read(with("power", Replies.section("POWER", "{\"PSU\":" + psu + ",\"Watts\":2300}")))
                    .sample();

            assertThat(sample.value(Reading.POWER_W)).isEqualTo(2300);
            assertThat(sample.powerEstimated()).isEqualTo(estimated);
        }

        @Test
        void says_which_device_it_is() {
            assertThat(read(with(
                                    "config",
                                    Replies.section(
                                            "CONFIG",
                                            "{\"MACAddr\":\"02:00:5E:00:53:0E\",\"Hostname\":\"rack-9\","
                                                    + "\"SerialNumber\":\"JYZX1\"}")))
                            .identity())
                    .isEqualTo(new MinerIdentity(
                            "Bitmain", "Antminer S19k Pro", "LUXminer 2026.1", "02:00:5e:00:53:0e", "rack-9", "JYZX1"));
        }

        @Test
        void is_estimated_where_it_does_not_say() {
            MinerReading.Ok ok = read(replies);

            assertThat(ok.sample().value(Reading.POWER_W)).isEqualTo(2300);
            assertThat(ok.sample().powerEstimated()).isTrue();
            assertThat(ok.missing()).containsExactlyInAnyOrder("power", "pools", "config");
            assertThat(ok.identity().firmwareVersion()).isEqualTo("LUXminer 2026.1");
        }

        private Map<String, String> with(String command, String reply) {
            Map<String, String> more = new java.util.HashMap<>(replies);
            more.put(command, reply);
            return more;
        }
    }

    @Nested
    class Braiins {
        @Test
        void is_read_from_commands_of_its_own() {
            MinerReading.Ok ok = read(Map.of(
                    "version", Replies.section("VERSION", "{\"API\":\"3.7\",\"BOSminer+\":\"0.9.0\"}"),
                    "summary",
                            Replies.section("SUMMARY", "{\"MHS 5s\":14000000.0,\"MHS av\":13900000.0,\"Elapsed\":92}"),
                    "temps", Replies.section("TEMPS", "{\"Board\":53.0,\"Chip\":0.0},{\"Board\":55.0,\"Chip\":0.0}"),
                    "fans", Replies.section("FANS", "{\"RPM\":1560},{\"RPM\":1600},{\"RPM\":0}"),
                    "tunerstatus", Replies.section("TUNERSTATUS", "{\"ApproximateMinerPowerConsumption\":1400}"),
                    "devdetails",
                            Replies.section(
                                    "DEVDETAILS",
                                    "{\"Model\":\"Antminer S9\",\"Chips\":63},{\"Model\":\"Antminer S9\",\"Chips\":60}"),
                    "pools", Replies.pools()));

            assertThat(ok.sample())
                    .isEqualTo(MetricSample.builder(Replies.MINER, Replies.NOW)
                            .set(Reading.HASHRATE_THS, 14)
                            .set(Reading.HASHRATE_AVG_THS, 13.9)
                            .set(Reading.POWER_W, 1400)
                            .powerEstimated(true)
                            .set(Reading.AVG_TEMP_C, 54)
                            .set(Reading.MAX_TEMP_C, 55)
                            .set(Reading.AVG_FAN_RPM, 1580)
                            .set(Reading.MIN_FAN_RPM, 1560)
                            .set(Reading.MAX_FAN_RPM, 1600)
                            .set(Reading.ELAPSED_S, 92)
                            .set(Reading.BOARDS_ALIVE, 2)
                            .set(Reading.BOARDS_EXPECTED, 3)
                            .set(Reading.CHIPS_ALIVE, 123)
                            .set(Reading.CHIPS_EXPECTED, 189)
                            .set(Reading.POOLS_ALIVE, 2)
                            .pool(new Pool("stratum+tcp://pool.example:3333", "farm.7"))
                            .state(WorkState.MINING)
                            .build());
            assertThat(ok.identity())
                    .isEqualTo(new MinerIdentity("Bitmain", "Antminer S9", "BOSminer+ 0.9.0", null, null, null));
            assertThat(ok.missing()).isEmpty();
        }
    }

    @Nested
    class Unknown {
        @Test
        void gives_what_a_summary_says_everywhere() {
            MinerReading.Ok ok = read(Map.of(
                    "summary",
                    Replies.section(
                            "SUMMARY", "{\"Elapsed\":10,\"MHS 5s\":90000000.0,\"Accepted\":5,\"Rejected\":1}")));

            assertThat(ok.sample())
                    .isEqualTo(MetricSample.builder(Replies.MINER, Replies.NOW)
                            .set(Reading.ELAPSED_S, 10)
                            .set(Reading.ACCEPTED, 5)
                            .set(Reading.REJECTED, 1)
                            .build());
            assertThat(ok.implausible()).containsExactly(Sha256.UNKNOWN_ALGORITHM);
            assertThat(ok.identity().vendor()).isNull();
        }

        @Test
        void gives_what_the_statistics_of_its_boards_hold() {
            String board = ",\"Name\":\"C12\",\"Enabled\":\"Y\",\"Status\":\"%s\",\"Chip Count\":102,"
                    + "\"Temp Avg\":%s,\"Temp Max\":%s,\"Fan0 Speed\":3100,\"Fan1 Speed\":3340}";
            MinerReading.Ok ok = read(Map.of(
                    "summary",
                    Replies.section("SUMMARY", "{\"Elapsed\":10,\"MHS 5s\":90000000.0,\"Accepted\":5}"),
                    "stats",
                    Replies.section(
                            "STATS",
                            "{\"STATS\":0" + String.format(board, "Alive", "84", "91") + ",{\"STATS\":1"
                                    + String.format(board, "Dead", "0", "0") + ",{\"STATS\":2"
                                    + String.format(board, "Alive", "86", "90")
                                    + ",{\"STATS\":3,\"ID\":\"POOL0\"}")));

            assertThat(ok.sample().value(Reading.BOARDS_ALIVE)).isEqualTo(2);
            assertThat(ok.sample().value(Reading.BOARDS_EXPECTED)).isEqualTo(3);
            assertThat(ok.sample().value(Reading.CHIPS_ALIVE)).isEqualTo(204);
            assertThat(ok.sample().value(Reading.AVG_TEMP_C)).isEqualTo(85);
            assertThat(ok.sample().value(Reading.MAX_TEMP_C)).isEqualTo(91);
            assertThat(ok.sample().value(Reading.MIN_FAN_RPM)).isEqualTo(3100);
            assertThat(ok.sample().value(Reading.MAX_FAN_RPM)).isEqualTo(3340);
            assertThat(ok.identity().vendor()).isEqualTo("Miner-Va");
            assertThat(ok.identity().model()).isEqualTo("MV8");
        }

        @ParameterizedTest
        @CsvSource({"true, 3400, false", "false, 3300, true"})
        void gives_its_model_address_and_power(boolean valid, double watts, boolean estimated) {
            MinerReading.Ok ok = read(Map.of(
                    "version",
                    Replies.section(
                            "VERSION", "{\"Firmware\":\"Nonce\",\"Model\":\"ANTMINER S21+\",\"CGMiner\":\"4.13.7\"}"),
                    "summary",
                    Replies.section("SUMMARY", "{\"Elapsed\":10,\"MHS 5s\":200000000.0}"),
                    "stats",
                    Replies.section(
                            "STATS",
                            "{\"ID\":\"S21+0\",\"PSU Power Valid\":" + valid
                                    + ",\"PSU Power W\":3400.0,\"MAC\":\"02:00:00:00:77:01\"}")));

            assertThat(ok.identity())
                    .isEqualTo(new MinerIdentity(
                            "Bitmain", "Antminer S21+", "Nonce (4.13.7)", "02:00:00:00:77:01", null, null));
            assertThat(ok.sample().value(Reading.POWER_W)).isEqualTo(watts, within(1e-9));
            assertThat(ok.sample().powerEstimated()).isEqualTo(estimated);
        }

        @ParameterizedTest
        @CsvSource({"sc, false", "btc, true"})
        void of_another_coin_gives_no_hashrate(String coin, boolean counts) {
            MinerReading.Ok ok = read(Map.of(
                    "summary", Replies.section("SUMMARY", "{\"MHS 5s\":6000000.0,\"Miner type\":\"" + coin + "\"}")));

            assertThat(ok.sample().reading(Reading.HASHRATE_THS).isPresent()).isEqualTo(counts);
        }
    }
}
