package io.minerops.core.device.internal.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.reading.WebReplies;
import io.minerops.core.device.internal.vendor.AxeosFamilyTest;
import io.minerops.core.device.reply.Command;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A rate counts of what is known to compute SHA-256; of anything else it is left out. */
class AlgorithmTest {
    private static MinerReading.Ok read(String description, String name) {
        String summary = "{\"Elapsed\":9,\"MHS 5s\":10600000,\"MHS av\":10600000,\"Accepted\":1}";
        MinerReading reading = Replies.readSingly(Map.of(
                "version",
                Replies.section("VERSION", "{\"CGMiner\":\"4.10.0\",\"Type\":\"" + name + "\"}")
                        .replace("cgminer 1.0.0", description),
                "summary",
                Replies.section("SUMMARY", summary).replace("cgminer 1.0.0", description)));
        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        return (MinerReading.Ok) reading;
    }

    @ParameterizedTest
    @CsvSource({
        "cgminer 5.4.8, BM-N1Max",
        "cgminer 5.4.8, BM-K3",
        "cgminer 4.9.0, Hammer D10",
        "sgminer 5.1, Spondoolies SPx36 X11",
        "cgminer 4.9.0, VolcMiner D1",
        "cgminer 4.9.0, Innosilicon A9 ZMaster",
    })
    void is_left_out_of_a_machine_for_another_algorithm(String description, String name) {
        MinerReading.Ok ok = read(description, name);

        assertThat(ok.sample().reading(Reading.HASHRATE_THS)).isEmpty();
        assertThat(ok.sample().reading(Reading.HASHRATE_AVG_THS)).isEmpty();
        assertThat(ok.sample().reading(Reading.POWER_W)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Fastminer 3000", "Z15", "X44"})
    void is_left_out_and_reported_of_a_machine_that_is_not_known(String name) {
        MinerReading.Ok ok = read("cgminer 4.10.0", name);

        assertThat(ok.sample().reading(Reading.HASHRATE_THS)).isEmpty();
        assertThat(ok.implausible()).contains(Sha256.UNKNOWN_ALGORITHM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ebit E12", "MV8", "DragonMint T1", "HonorKnight", "Miner-Va MV7", "SHA-256"})
    void counts_of_a_machine_for_sha256(String name) {
        assertThat(read("cgminer 4.10.0", name).sample().value(Reading.HASHRATE_THS))
                .isEqualTo(10.6);
    }

    @ParameterizedTest
    @CsvSource({"BM1370, true", "BM1366, true", "BM1485, false", "BM1489, false", "BM1760, false", "XX1, false"})
    void of_axeos_counts_by_the_chip(String chip, boolean counts) {
        MinerReading.Ok ok = WebReplies.read(Map.of(Command.AXEOS_INFO, AxeosFamilyTest.INFO.replace("BM1370", chip)));

        assertThat(ok.sample().reading(Reading.HASHRATE_THS).isPresent()).isEqualTo(counts);
    }
}
