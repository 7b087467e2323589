package io.minerops.core.device.internal.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.reading.Replies;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Difficulty and age of shares, in the ways in which devices write them. */
class SharesTest {
    private static MetricSample read(String summary, String pools) {
        return ((MinerReading.Ok) Replies.readSingly(Map.of(
                        "version", Replies.version("Antminer S19"),
                        "summary", Replies.section("SUMMARY", "{\"Elapsed\":9,\"GHS 5s\":1000," + summary + "}"),
                        "pools", Replies.section("POOLS", pools).replace("\"When\":1", "\"When\":1760242394"))))
                .sample();
    }

    private static String pool(String fields) {
        return "{\"POOL\":0,\"URL\":\"stratum+tcp://a.example:1\",\"Status\":\"Alive\"," + fields + "}";
    }

    @Test
    void are_those_of_the_summary() {
        MetricSample sample = read(
                "\"Accepted\":1823,\"Difficulty Accepted\":163772416.0,\"Difficulty Rejected\":1210112.0,"
                        + "\"Best Share\":169988423",
                pool("\"Accepted\":1823"));

        assertThat(sample.value(Reading.ACCEPTED_DIFFICULTY)).isEqualTo(163_772_416);
        assertThat(sample.value(Reading.REJECTED_DIFFICULTY)).isEqualTo(1_210_112);
        assertThat(sample.value(Reading.BEST_SHARE_DIFFICULTY)).isEqualTo(169_988_423);
    }

    @Test
    void are_added_up_over_the_pools_where_the_summary_has_none() {
        MetricSample sample =
                read("\"Accepted\":5", pool("\"Difficulty Accepted\":1000") + "," + pool("\"Difficulty Accepted\":24"));

        assertThat(sample.value(Reading.ACCEPTED_DIFFICULTY)).isEqualTo(1_024);
    }

    @Test
    void are_unknown_where_a_device_counts_shares_and_not_their_difficulty() {
        MetricSample sample = read(
                "\"Accepted\":5,\"Difficulty Accepted\":0,\"Best Share\":18446744073709551615", pool("\"Accepted\":5"));

        assertThat(sample.reading(Reading.ACCEPTED_DIFFICULTY)).isEmpty();
        assertThat(sample.reading(Reading.BEST_SHARE_DIFFICULTY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'\"0:01:05\"', 65", "1760242391, 3", "'\"1760242391\"', 3", "'\"0\"', NaN", "1760299999, NaN"})
    void the_last_one_was_so_long_ago_or_at_a_time_of_the_devices_own_clock(String time, double age) {
        MetricSample sample =
                read("\"Accepted\":5", pool("\"Last Share Difficulty\":262144,\"Last Share Time\":" + time));

        assertThat(sample.value(Reading.LAST_SHARE_AGE_S)).isEqualTo(Double.valueOf(age));
        assertThat(sample.value(Reading.LAST_SHARE_DIFFICULTY)).isEqualTo(262_144);
    }

    @Test
    void the_last_one_is_that_of_the_pool_that_took_one_last() {
        MetricSample sample = read(
                "\"Accepted\":5",
                pool("\"Last Share Difficulty\":1024,\"Last Share Time\":\"0:10:00\"") + ","
                        + pool("\"Last Share Difficulty\":4096,\"Last Share Time\":\"0:00:02\"") + ","
                        + pool("\"Last Share Difficulty\":0,\"Last Share Time\":\"0:00:01\""));

        assertThat(sample.value(Reading.LAST_SHARE_AGE_S)).isEqualTo(2);
        assertThat(sample.value(Reading.LAST_SHARE_DIFFICULTY)).isEqualTo(4_096);
    }

    @ParameterizedTest
    @CsvSource({"483k, 483000", "4.29G, 4290000000", "56.4 M, 56400000", "12904, 12904", "0, NaN", "best, NaN"})
    void a_difficulty_may_have_a_multiple(String sent, double difficulty) {
        assertThat(Shares.difficulty(sent)).isEqualTo(Double.valueOf(difficulty));
    }
}
