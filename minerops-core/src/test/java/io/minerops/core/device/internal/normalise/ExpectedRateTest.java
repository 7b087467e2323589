package io.minerops.core.device.internal.normalise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.reading.WebReplies;
import io.minerops.core.device.internal.vendor.AxeosFamilyTest;
import io.minerops.core.device.reply.Command;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rate that contradicts what the device itself expects, or what its model can do. */
class ExpectedRateTest {
    private static MinerReading.Ok ok(MinerReading reading) {
        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        return (MinerReading.Ok) reading;
    }

    private static void assertLeftOut(MinerReading.Ok ok) {
        assertThat(ok.sample().reading(Reading.HASHRATE_THS)).isEmpty();
        assertThat(ok.implausible()).anySatisfy(text -> assertThat(text).startsWith("hashrate_ths cannot be "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"hashRate\":1180.5 | \"hashRate\":88000,\"expectedHashrate\":1200",
                "\"hashRate\":1180.5 | \"hashRate\":88000,\"frequency\":525,\"smallCoreCount\":2040",
                "\"hashRate\":1180.5 | \"hashRate\":88000",
                "\"hashRate\":1180.5 | \"hashRate\":1.2,\"expectedHashrate\":1200",
            })
    void is_left_out_and_reported_of_axeos(String from, String to) {
        assertLeftOut(ok(
                WebReplies.read(Map.of(Command.AXEOS_INFO, AxeosFamilyTest.INFO.replace(from.strip(), to.strip())))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "Antminer S19 Pro | 1100000 | ,\"total_rateideal\":110000,\"rate_unit\":\"GH\"",
                "Antminer S19 Pro | 1100000 | ,\"total_rateideal\":\"110000.00\"",
                "Antminer S19 Pro | 1100 | ,\"total_rateideal\":1.1,\"rate_unit\":\"TH\"",
                "Antminer S19 Pro | 1100000 | ",
                "Antminer S21 | 900000 | ",
                "Antminer S19 Pro | 110 | ,\"total_rateideal\":110000",
            })
    void is_left_out_and_reported_of_an_antminer(String type, double ghs, String fields) {
        String more = fields == null ? "" : fields.strip();
        assertLeftOut(ok(Replies.readSingly(Map.of(
                "version",
                Replies.version(type.strip()),
                "summary",
                Replies.section("SUMMARY", "{\"Elapsed\":1}"),
                "stats",
                Replies.stats(type.strip(), "\"GHS 5s\":" + ghs + ",\"GHS av\":" + ghs + more)))));
    }

    @Test
    void of_a_known_model_may_be_another_variants() {
        MinerReading.Ok hydro = ok(Replies.readSingly(Map.of(
                "version",
                Replies.version("Antminer S21 XP Hyd"),
                "stats",
                Replies.stats("Antminer S21 XP Hyd", "\"GHS 5s\":473000,\"total_rateideal\":110000"))));

        assertThat(hydro.sample().value(Reading.HASHRATE_THS)).isEqualTo(473, within(1e-9));
    }

    @Property
    void lets_every_rate_through_that_settings_can_reach_and_none_far_above(
            @ForAll @DoubleRange(min = 0.1, max = 500) double expected,
            @ForAll @DoubleRange(min = 0.01, max = 50) double factor) {
        ExpectedRate rate = ExpectedRate.of(expected);

        Statistics.label("factor")
                .collect(factor > 3 ? "contradicts" : "possible")
                .coverage(coverage -> {
                    coverage.check("contradicts").percentage(share -> share > 20);
                    coverage.check("possible").percentage(share -> share > 2);
                });
        assertThat(rate.allows(expected * factor)).isEqualTo(factor <= 3);
        assertThat(rate.allows(0)).isTrue();
        assertThat(rate.allows(expected / 1000)).isFalse();
    }
}
