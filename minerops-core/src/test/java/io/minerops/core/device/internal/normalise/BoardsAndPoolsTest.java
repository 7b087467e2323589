package io.minerops.core.device.internal.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.reading.Replies;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which hash boards, chips and pools a device is said to have, and which of them work. */
class BoardsAndPoolsTest {
    @ParameterizedTest
    @CsvSource({
        "all boards work, Antminer S19 Pro, 114;114;114, 3, 3, 342, 342",
        "one board has no chips, Antminer S19 Pro, 114;0;114, 2, 3, 228, 342",
        "one board lost some chips, Antminer S19 Pro, 114;100;114, 3, 3, 328, 342",
        "no board at all: it may be asleep, Antminer S19 Pro, 0;0;0, NaN, NaN, NaN, NaN",
        "more boards than the model has, Antminer S19, 76;76;76;76, 4, 4, 304, 304",
        "a model of which nothing is known, Antminer S23 Hyd., 104;104, 2, NaN, 208, NaN",
        "one of four boards in water is gone, Antminer S19 Pro Hyd., 180;180;180, 3, 4, 540, 720",
        "one of three boards in water is gone, Antminer S21+ Hyd, 95;95, 2, 3, 190, 285",
        "no word of chips, Antminer S19, '', NaN, NaN, NaN, NaN",
    })
    void boards_of_an_antminer(
            String what,
            String type,
            String chips,
            double boards,
            double boardsExpected,
            double alive,
            double chipsExpected) {
        StringBuilder fields = new StringBuilder("\"GHS 5s\":90000");
        int chain = 0;
        for (String count : chips.isEmpty() ? new String[0] : chips.split(";", -1)) {
            fields.append(",\"chain_acn").append(++chain).append("\":").append(count);
        }
        MetricSample sample = read(Map.of("stats", Replies.stats(type, fields.toString())));

        assertThat(sample.value(Reading.BOARDS_ALIVE)).as(what).isEqualTo(Double.valueOf(boards));
        assertThat(sample.value(Reading.BOARDS_EXPECTED)).as(what).isEqualTo(Double.valueOf(boardsExpected));
        assertThat(sample.value(Reading.CHIPS_ALIVE)).as(what).isEqualTo(Double.valueOf(alive));
        assertThat(sample.value(Reading.CHIPS_EXPECTED)).as(what).isEqualTo(Double.valueOf(chipsExpected));
    }

    @Test
    void a_firmware_that_names_more_boards_than_the_model_has_is_believed() {
        MetricSample sample = read(Map.of(
                "stats", Replies.stats("Antminer S19", "\"miner_count\":4,\"chain_acn1\":76,\"chain_acn2\":76")));

        assertThat(sample.value(Reading.BOARDS_EXPECTED)).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "detects none, Antminer S17, 0, 2, 0, 0, 3",
        "detects none and its model is not known, Antminer S99, 0, 2, 0, 0, NaN",
        "detects none and gives no mode, Antminer S9, 0, , 0, 0, 3",
        "is asleep, Antminer S17+, 0, 254, 0, NaN, NaN",
        "detects some that say nothing, Antminer S17+, 3, 2, 0, NaN, NaN",
        "detects none and hashes, Antminer S17, 0, 2, 50000, NaN, NaN",
    })
    void an_antminer_without_a_board_that_works(
            String what,
            String type,
            int detected,
            @Nullable Integer mode,
            double ghs,
            double boards,
            double boardsExpected) {
        MetricSample sample = read(Map.of(
                "stats",
                Replies.stats(
                        type,
                        "\"GHS 5s\":" + ghs + ",\"miner_count\":" + detected + (mode == null ? "" : ",\"Mode\":" + mode)
                                + ",\"chain_acn1\":0,\"chain_acn2\":0")));

        assertThat(sample.value(Reading.BOARDS_ALIVE)).as(what).isEqualTo(Double.valueOf(boards));
        assertThat(sample.value(Reading.BOARDS_EXPECTED)).as(what).isEqualTo(Double.valueOf(boardsExpected));
    }

    @ParameterizedTest
    @CsvSource({
        "the one with a connection is in use, a:1|Alive|0|false b:2|Alive|1|true, 2, b:2",
        "without a connection the first by priority, a:1|Alive|1| b:2|Alive|0|, 2, b:2",
        "a dead one is never in use, a:1|Dead|0|true b:2|Alive|1|, 1, b:2",
        "none answers, a:1|Dead|0|false, 0, ''",
        "an empty place is no pool, |Alive|0|, 0, ''",
        "the pool of a firmware's developer is not counted, DevFee|Alive|0|true b:2|Alive|1|true, 1, b:2",
        "a slot without a host is in use but not reported, me:secret@|Alive|0|, 1, ''",
        "no pool is configured, '', 0, ''",
        "case does not matter, a:1|ALIVE|0|TRUE, 1, a:1",
        "what stands before the host may be a password, me:secret@a:1|Alive|0|, 1, a:1",
        "with a scheme too, stratum+tcp://me:x@a:1|Alive|0|, 1, stratum+tcp://a:1",
    })
    void pools_of_a_device(String what, String given, double alive, String inUse) {
        StringBuilder pools = new StringBuilder();
        for (String pool : given.isEmpty() ? new String[0] : given.split(" ", -1)) {
            String[] part = pool.split("\\|", -1);
            pools.append(pools.isEmpty() ? "" : ",")
                    .append("{\"URL\":\"" + part[0] + "\",\"Status\":\"" + part[1] + "\",\"Priority\":" + part[2])
                    .append(part[3].isEmpty() ? "" : ",\"Stratum Active\":\"" + part[3] + "\"")
                    .append(",\"User\":\"w\"}");
        }
        MetricSample sample = read(Map.of(
                "stats", Replies.stats("Antminer S19", "\"GHS 5s\":90000"),
                "pools", Replies.section("POOLS", pools.toString())));

        assertThat(sample.value(Reading.POOLS_ALIVE)).as(what).isEqualTo(alive);
        assertThat(sample.pool()).as(what).isEqualTo(pool(inUse));
    }

    @Test
    void a_device_that_says_nothing_of_its_pools_has_none_that_is_known() {
        MetricSample sample = read(Map.of("stats", Replies.stats("Antminer S19", "\"GHS 5s\":90000")));

        assertThat(sample.reading(Reading.POOLS_ALIVE)).isEmpty();
        assertThat(sample.pool()).isNull();
    }

    private static @Nullable Pool pool(String url) {
        return url.isEmpty() ? null : new Pool(url, "w");
    }

    private static MetricSample read(Map<String, String> replies) {
        return ((MinerReading.Ok) Replies.readSingly(replies)).sample();
    }
}
