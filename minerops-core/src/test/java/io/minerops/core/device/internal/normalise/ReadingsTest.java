package io.minerops.core.device.internal.normalise;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.model.AntminerModel;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.wire.DeviceNumber;
import io.minerops.core.device.internal.wire.Reply;
import io.minerops.core.device.internal.wire.ReplyReader;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import io.minerops.core.device.reply.Fields;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From one field of a reply to one quantity with its unit. */
class ReadingsTest {
    private static Fields fields(String json) {
        return Fields.of(((Reply.Value) ReplyReader.read(Replies.bytes("{" + json + "}"))).root());
    }

    @Nested
    class Numbers {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "12.5|12.5",
                    "'  5.0000'|5",
                    "-3|-3",
                    "1,234.5|1234.5",
                    "12,345,678|12345678",
                    "967.50 (AB)|967.5",
                    "58.94W|58.94",
                    "45 %|45",
                    "1.5e3|1500",
                    "62 °C|62",
                    "5400 rpm|5400",
                    "12 W (max 15)|12",
                })
        void are_read_from_text_with_blanks_thousands_and_units(String text, double value) {
            assertThat(DeviceNumber.parse(text)).isEqualTo(value);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "  ",
                    "nan",
                    "NaN",
                    "inf",
                    "-inf",
                    "-",
                    "45-42-45-42",
                    "1.2.3.4",
                    "m-m",
                    "1,2",
                    "1e999",
                    "0x10",
                    "0b11",
                    "12abc",
                    "12abc34",
                    "3.25 kW",
                    "110 TH/s",
                    "1e5e5",
                    "7/8",
                    "270M"
                })
        void are_absent_where_the_text_is_something_else(String text) {
            assertThat(DeviceNumber.parse(text)).isNaN();
        }

        @Test
        void are_absent_under_null_booleans_and_objects() {
            Fields fields = fields("\"a\":null,\"b\":true,\"c\":{},\"d\":1e400");

            assertThat(fields.number("a", "b", "c", "d", "e")).isNaN();
        }

        @Test
        void come_from_the_first_object_that_has_them() {
            Reply.Value value = (Reply.Value) ReplyReader.read(Replies.bytes("{\"s\":[{\"a\":1},{\"a\":2,\"b\":3}]}"));
            Fields fields = Fields.of(value.root().path("s"));

            assertThat(fields.number("a")).isEqualTo(1);
            assertThat(fields.number("b")).isEqualTo(3);
        }
    }

    @Nested
    class Temperature {
        @ParameterizedTest
        @CsvSource({
            "2--1-20-22, 2 -1 20 22",
            "-8--11-10-12, -8 -11 10 12",
            "45-42, 45 42",
            "45.5, 45.5",
            "m-m, ''",
            "m-50, 50",
            "'', ''"
        })
        void of_several_sensors_is_split_with_signs_kept(String text, String values) {
            List<Double> expected = Arrays.stream(values.split(" "))
                    .filter(value -> !value.isEmpty())
                    .map(Double::valueOf)
                    .toList();

            assertThat(Temperatures.split(text)).isEqualTo(expected);
        }

        @Test
        void of_the_chips_comes_before_that_of_the_boards() {
            Temperatures temperatures = Temperatures.ofAntminer(
                    fields("\"temp_chip1\":\"60-70\",\"temp_chip2\":\"0-0\",\"temp_pcb1\":\"40-45\",\"temp1\":45"));

            assertThat(temperatures.values()).containsExactly(60.0, 70.0);
        }

        @Test
        void of_an_older_model_is_under_temp2() {
            Temperatures temperatures = Temperatures.ofAntminer(
                    fields("\"temp6\":55,\"temp7\":56,\"temp2_6\":70,\"temp2_7\":-83,\"temp2_8\":74,\"temp3_6\":0"));

            assertThat(temperatures.mean()).isEqualTo(72);
            assertThat(temperatures.max()).isEqualTo(74);
        }

        @Test
        void of_the_boards_stands_in_where_no_chip_has_one() {
            assertThat(Temperatures.ofAntminer(fields("\"temp1\":54,\"temp2\":58,\"temp3\":0,\"temp_max\":99"))
                            .mean())
                    .isEqualTo(56);
            assertThat(Temperatures.ofAntminer(fields("\"temp_chip1\":\"0-0\",\"temp_pcb1\":\"40-44\""))
                            .mean())
                    .isEqualTo(42);
        }

        @ParameterizedTest
        @CsvSource({"-40, true", "-40.1, false", "150, true", "150.1, false", "0, false", "0.1, true"})
        void counts_where_a_sensor_can_have_it(String celsius, boolean counts) {
            assertThat(Temperatures.ofAntminer(fields("\"temp1\":" + celsius)).values())
                    .hasSize(counts ? 1 : 0);
        }

        @Test
        void is_absent_without_sensors() {
            Temperatures none = Temperatures.ofAntminer(Fields.NONE);

            assertThat(none.mean()).isNaN();
            assertThat(none.max()).isNaN();
        }
    }

    @Nested
    class FanSpeeds {
        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\0',
                value = {
                    "all turn | \"fan_num\":2,\"fan1\":3000,\"fan2\":3100 | false | 3000 3100",
                    "slots not fitted | \"fan_num\":2,\"fan1\":0,\"fan5\":3000,\"fan6\":3100 | false | 3000 3100",
                    "one stands still | \"fan_num\":4,\"fan1\":5000,\"fan2\":0,\"fan3\":5100,\"fan4\":5200 | false | 5000 5100 5200 0",
                    "fan_num counts slots | \"fan_num\":6,\"fan1\":4200,\"fan2\":0,\"fan3\":4080 | false | 4200 4080",
                    "no fan_num | \"fan1\":4200,\"fan2\":0 | false | 4200",
                    "all stand still while hashing | \"fan_num\":2,\"fan1\":0,\"fan2\":0 | false | 0 0",
                    "all stand still at rest | \"fan_num\":2,\"fan1\":0,\"fan2\":0 | true | ",
                    "none fitted | \"fan_num\":0,\"fan1\":0 | false | ",
                    "fan_num without fans | \"fan_num\":4 | false | ",
                    "implausible | \"fan1\":-1,\"fan2\":99999,\"fan3\":900 | false | 900",
                })
        void are_those_of_the_fans_that_are_fitted(String name, String json, boolean atRest, String speeds) {
            List<Double> expected = speeds == null
                    ? List.of()
                    : Arrays.stream(speeds.split(" ")).map(Double::valueOf).toList();

            assertThat(Fans.ofAntminer(fields(json), atRest).rpm()).as(name).isEqualTo(expected);
        }
    }

    @Nested
    class Rates {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\0',
                value = {
                    "\"GHS 5s\":\"13500.5\",\"GHS av\":13400 | 13.5005 | 13.4",
                    "\"MHS 5s\":14274425.3,\"MHS av\":16698158.6 | 14.2744253 | 16.6981586",
                    "\"MHS 1m\":28134394 | 28.134394 | NaN",
                    "\"GHS 5s\":0,\"GHS av\":93556.98 | 0 | 93.55698",
                    "\"GHS 5s\":\"nan\",\"GHS av\":\"\" | NaN | NaN",
                    "\"GHS 5s\":-1 | NaN | NaN",
                    "\"GHS 5s\":100000000,\"GHS av\":100000 | NaN | 100",
                    "\"GHS 5s\":9000000 | NaN | NaN",
                    "\"GHS 5s\":110,\"GHS av\":109,\"rate_unit\":\"TH\" | 110 | 109",
                    "\"GHS 5s\":110,\"rate_unit\":\"kSol\" | NaN | NaN",
                })
        void are_terahashes_whatever_the_field_holds(String json, double now, double average) {
            Reply.Value summary =
                    (Reply.Value) ReplyReader.read(Replies.bytes(Replies.section("SUMMARY", "{" + json.strip() + "}")));
            MetricSample sample = DeviceValues.empty(Replies.MINER, Replies.NOW)
                    .set(Hashrate.of(DeviceReplies.none().with(Command.SUMMARY, summary.root()), ExpectedRate.UNKNOWN))
                    .build(MinerIdentity.UNKNOWN, Normalised::new)
                    .sample();

            assertThat(sample.value(Reading.HASHRATE_THS)).isEqualTo(Double.valueOf(now), within(1e-9));
            assertThat(sample.value(Reading.HASHRATE_AVG_THS)).isEqualTo(Double.valueOf(average), within(1e-9));
        }
    }

    @Nested
    class Watts {
        @ParameterizedTest
        @CsvSource({
            "500, 100, 500",
            "499, 100, NaN",
            "20000, 100, 20000",
            "20001, 100, NaN",
            "0, 100, NaN",
            "-1, 100, NaN",
            "80, 0, 80",
            "80, NaN, 80",
            "20001, 0, NaN",
            "NaN, 100, NaN"
        })
        void count_from_5_to_200_joules_per_terahash(double watts, double ths, double kept) {
            assertThat(Power.given(watts, false, ths).watts()).isEqualTo(Double.valueOf(kept));
        }

        @Test
        void are_estimated_from_the_nominal_efficiency() {
            assertThat(Power.ABSENT.or(Power.nominal(29.5, 100))).isEqualTo(Power.of(2950, true));
            assertThat(Power.of(3000, false).or(Power.nominal(29.5, 100))).isEqualTo(Power.of(3000, false));
        }

        @ParameterizedTest
        @CsvSource({"29.5, 0", "29.5, NaN", "NaN, 100"})
        void are_not_estimated_for_a_miner_at_rest_or_unknown(double joulesPerTh, double ths) {
            assertThat(Power.nominal(joulesPerTh, ths)).isEqualTo(Power.ABSENT);
        }
    }

    @Nested
    class Models {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Antminer S19 Pro|Antminer S19 Pro|true|29.5",
                    "Antminer S21 Pro (Vnish 1.2.7)|Antminer S21 Pro|true|15",
                    "S19-88 v.2.6.0.39 |Antminer S19|true|34.5",
                    "Antminer S9 Hiveon|Antminer S9|true|98",
                    "Bitmain Antminer S9|Antminer S9|true|98",
                    "Antminer T17+|Antminer T17+|true|50",
                    "Antminer S19j Pro+|Antminer S19j Pro+|true|27.5",
                    "Antminer S19k Pro|Antminer S19k Pro|true|23",
                    "antminer s19 XP Hyd.|Antminer S19 XP Hyd|true|20.8",
                    "Antminer S21+ Hydro|Antminer S21+ Hyd|true|15",
                    "Antminer L3+|Antminer L3+|false|NaN",
                    "Antminer KS5 Pro|Antminer KS5 Pro|false|NaN",
                    "Antminer S99|Antminer S99|true|NaN",
                })
        void are_known_by_the_devices_own_words(String type, String name, boolean sha256, double joulesPerTh) {
            AntminerModel model = requireNonNull(AntminerModel.parse(type));

            assertThat(model.name()).isEqualTo(name);
            assertThat(model.sha256()).isEqualTo(sha256);
            assertThat(model.joulesPerTh()).isEqualTo(Double.valueOf(joulesPerTh));
        }

        @Test
        void end_where_the_line_of_the_model_ends() {
            assertThat(AntminerModel.parse("Antminer S9\nV1.3.58")).isEqualTo(AntminerModel.parse("Antminer S9"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "Antminer", "uart_trans.1.3", "\u0007"})
        void are_unknown_where_the_words_name_none(String type) {
            assertThat(AntminerModel.parse(type)).isNull();
        }
    }

    @Nested
    class WhatCannotBe {
        @Test
        void is_left_out_and_reported_and_costs_nothing_else() {
            Normalised normalised = DeviceValues.empty(Replies.MINER, Replies.NOW)
                    .set(Reading.HASHRATE_THS, 90_000)
                    .set(Reading.ELAPSED_S, 3600)
                    .temperatures(-83, 60, 70)
                    .fans(5000, 4_000_000)
                    .set(Power.given(65_535, false, 100).or(Power.nominal(30, 100)))
                    .build(MinerIdentity.UNKNOWN, Normalised::new);

            assertThat(normalised.implausible())
                    .containsExactly(
                            "hashrate_ths cannot be 90000.0",
                            "a temperature cannot be -83.0000",
                            "a fan's speed cannot be 4.00000e+06",
                            "power_w cannot be 65535.0");
            MetricSample sample = normalised.sample();
            assertThat(sample.reading(Reading.HASHRATE_THS)).isEmpty();
            assertThat(sample.value(Reading.ELAPSED_S)).isEqualTo(3600);
            assertThat(sample.value(Reading.MAX_TEMP_C)).isEqualTo(70);
            assertThat(sample.value(Reading.MAX_FAN_RPM)).isEqualTo(5000);
            assertThat(sample.value(Reading.POWER_W)).isEqualTo(3000);
        }

        @Test
        void is_reported_at_a_limited_rate() {
            double[] nonsense = new double[1000];
            Arrays.fill(nonsense, 999);

            assertThat(DeviceValues.empty(Replies.MINER, Replies.NOW)
                            .temperatures(nonsense)
                            .build(MinerIdentity.UNKNOWN, Normalised::new)
                            .implausible())
                    .hasSize(32);
        }
    }
}
