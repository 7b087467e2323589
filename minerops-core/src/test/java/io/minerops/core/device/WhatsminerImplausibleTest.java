package io.minerops.core.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.reading.Replies;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Whatsminer says that cannot be: units that are not what they should be, and sentinels. */
class WhatsminerImplausibleTest {
    private static MinerReading.Ok read(Map<String, String> replies) {
        MinerReading reading = Replies.readSingly(replies);
        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        return (MinerReading.Ok) reading;
    }

    private static MetricSample sampleOf(String summary) {
        return read(Map.of("summary", Replies.section("SUMMARY", summary))).sample();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "MH/s as reported | \"Factory GHS\":126000,\"HS RT\":124500000,\"MHS av\":125000000 | 124.5 | 125",
                "TH/s, as some firmwares have it | \"Factory GHS\":126000,\"HS RT\":124.5,\"MHS av\":125000000 | 124.5 | 125",
                "TH/s against the average | \"HS RT\":124.5,\"MHS av\":125000000 | 124.5 | 125",
                "GH/s | \"Factory GHS\":126000,\"HS RT\":124500,\"MHS 1m\":123000000,\"MHS av\":125000000 | 123 | 125",
                "H/s | \"Factory GHS\":126000,\"HS RT\":124500000000000,\"MHS av\":125000000 | NaN | 125",
                "no other window | \"Factory GHS\":126000,\"HS RT\":124500,\"MHS av\":125000000 | NaN | 125",
                "an average in GH/s | \"Factory GHS\":126000,\"HS RT\":124500000,\"MHS av\":125000 | 124.5 | NaN",
                "nothing promised | \"Factory GHS\":0,\"HS RT\":124500000,\"MHS av\":125000000 | 124.5 | 125",
                "-1 says nothing | \"HS RT\":-1,\"MHS 1m\":90000000,\"MHS av\":-1 | 90 | NaN",
                "it hardly hashes | \"Factory GHS\":126000,\"HS RT\":5000000,\"MHS av\":120000000 | 5 | 120",
                "it has stopped | \"Factory GHS\":126000,\"HS RT\":0,\"MHS av\":120000000 | 0 | 120",
            })
    void a_rate_is_held_against_the_others(String what, String fields, double now, double average) {
        MetricSample sample = sampleOf("{\"Fan Speed In\":5000," + fields.strip() + "}");

        assertThat(sample.value(Reading.HASHRATE_THS)).as(what).isEqualTo(Double.valueOf(now), within(1e-9));
        assertThat(sample.value(Reading.HASHRATE_AVG_THS)).as(what).isEqualTo(Double.valueOf(average), within(1e-9));
    }

    @Test
    void implausible_values_are_reported() {
        MinerReading.Ok ok = read(Map.of(
                "summary",
                Replies.section(
                        "SUMMARY",
                        "{\"Factory GHS\":126000,\"HS RT\":124500,\"MHS 1m\":125000000,\"Power\":65535,"
                                + "\"Fan Speed In\":5000,\"Fan Speed Out\":-1,\"Chip Temp Max\":-273}")));

        assertThat(ok.implausible())
                .containsExactlyInAnyOrder(
                        "hashrate_ths cannot be 0.124500",
                        "power_w cannot be 65535.0",
                        "a temperature cannot be -273.000");
        assertThat(ok.sample().value(Reading.MIN_FAN_RPM)).isEqualTo(5000);
    }

    @Test
    void power_that_is_not_known_gives_way_to_the_other_figure() {
        assertThat(sampleOf("{\"HS RT\":100000000,\"Power\":-1,\"Power_RT\":3100}")
                        .value(Reading.POWER_W))
                .isEqualTo(3100);
    }

    @Test
    void fans_that_a_liquid_stands_in_for_are_left_out() {
        String stand = ",\"Fan Speed In\":0,\"Fan Speed Out\":0}";

        assertThat(sampleOf("{\"HS RT\":100000000,\"Liquid Cooling\":true" + stand)
                        .reading(Reading.MIN_FAN_RPM))
                .isEmpty();
        assertThat(sampleOf("{\"HS RT\":100000000,\"Liquid Cooling\":false" + stand)
                        .value(Reading.MIN_FAN_RPM))
                .isZero();
    }
}
