package io.minerops.core.device.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.reading.DeviceProfile;
import io.minerops.core.device.internal.reading.Outcome;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.reading.WebReplies;
import io.minerops.core.device.internal.vendor.AxeosFamilyTest;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.Endpoint;
import io.minerops.core.device.reply.Fields;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Firmwares spell the same key or sensor in their own ways, and each is read. */
class SpellingTest {
    private static Fields fields(String json) {
        return Fields.of(((Reply.Value) ReplyReader.read(Replies.bytes(json))).root());
    }

    private static MinerReading.Ok axeos(String replaced, String by) {
        assertThat(AxeosFamilyTest.INFO).contains(replaced);
        return WebReplies.read(Map.of(Command.AXEOS_INFO, AxeosFamilyTest.INFO.replace(replaced, by)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Max Chip", "MAX_CHIP", "max-chip", "maxChip", "MaxChip"})
    void a_key_is_found_in_any_spelling(String spelling) {
        assertThat(fields("{\"other\":1,\"" + spelling + "\":75}").number("Max Chip"))
                .isEqualTo(75);
    }

    @Test
    void numbers_that_a_separator_parts_stay_apart() {
        assertThat(fields("{\"temp1_1\":75}").number("temp11", "temp_11")).isNaN();
    }

    @Test
    void a_key_as_it_is_goes_before_other_spellings() {
        assertThat(fields("{\"TEMP\":1,\"temp\":2}").number("temp")).isEqualTo(2);
    }

    /** A device that answers these commands at its CGMiner port, and these at its web server. */
    private static MinerReading braiins(Map<String, String> cgminer, Map<Command, String> web) {
        return Replies.read(
                DeviceProfile.UNKNOWN,
                commands -> commands.get(0).endpoint() == Endpoint.WEB
                        ? WebReplies.answer(web, commands.get(0))
                        : new Outcome.Replied(ReplyReader.read(Replies.bytes(
                                cgminer.getOrDefault(commands.get(0).wireName(), Replies.INVALID)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Chip", "Max Chip", "MAX_CHIP", "chip_max"})
    void a_chips_sensor_of_braiins_is_known_in_any_spelling(String name) {
        MinerReading.Ok ok = WebReplies.ok(braiins(
                Map.of("version", Replies.section("VERSION", "{\"API\":\"3.7\",\"BOSer\":\"boser 0.1.0\"}")),
                Map.of(
                        Command.BRAIINS_GRAPHQL,
                        "{\"data\":{\"bosminer\":{\"info\":{\"workSolver\":{\"realHashrate\":{\"mhs5S\":90000000},"
                                + "\"childSolvers\":[{\"temperatures\":[{\"name\":\"MAX_BOARD\",\"degreesC\":61},"
                                + "{\"name\":\"" + name + "\",\"degreesC\":76}]}]}}}}}")));

        assertThat(ok.sample().value(Reading.MAX_TEMP_C)).isEqualTo(76);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"fanrpm\":4200,\"fan2rpm\":3100 | 3100 | 4200",
                "\"fanrpm\":4200,\"fanrpm2\":3100,\"fanspeed2\":40,\"fanCount\":2 | 3100 | 4200",
                "\"fanrpm\":4200,\"fanrpm2\":0,\"fanspeed2\":40,\"fanCount\":2 | 0 | 4200",
                "\"fanrpm\":4200,\"fanrpm2\":0 | 4200 | 4200",
                "\"fans\":[{\"rpm\":2600,\"speed\":50},{\"rpm\":2500,\"speed\":50}] | 2500 | 2600",
                "\"fans\":[{\"rpm\":2600,\"speed\":50},{\"rpm\":0,\"speed\":0}] | 2600 | 2600",
                "\"fans\":[2600,2500] | 2500 | 2600",
            })
    void fans_of_axeos_are_numbered_or_listed(String fans, double min, double max) {
        MinerReading.Ok ok = axeos("\"fanrpm\":4200", fans.strip());

        assertThat(ok.sample().value(Reading.MIN_FAN_RPM)).isEqualTo(min);
        assertThat(ok.sample().value(Reading.MAX_FAN_RPM)).isEqualTo(max);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"stratum\":{\"usingFallback\":true}", "\"stratum\":{\"usingFallback\":1}"})
    void axeos_says_within_its_pools_that_it_works_for_the_second(String field) {
        assertThat(axeos("\"isUsingFallbackStratum\":0", field).sample().pool())
                .isEqualTo(new Pool("stratum+tcp://backup.example:4444", "farm.8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Fan[4100]", "Fan1[4100]", "Fan[4100] FanR[38%]"})
    void an_avalons_fan_has_a_number_or_none(String fan) {
        MinerReading reading = Replies.readSingly(Map.of(
                "stats",
                Replies.section(
                        "STATS", "{\"ID\":\"AV70\",\"MM ID1\":\"Ver[7411706-aaaaaaa] TMax[80] " + fan + "\"}")));

        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        assertThat(((MinerReading.Ok) reading).sample().value(Reading.MAX_FAN_RPM))
                .isEqualTo(4100);
    }

    @ParameterizedTest
    @CsvSource({
        "S19-88 v.2.6.0.39, MSKMiner 2.6.0.39",
        "Antminer S19 (v5.1), MSKMiner 5.1",
        "Antminer S19j Pro (V5.2.1), MSKMiner 5.2.1"
    })
    void mskminers_version_is_read_in_any_spelling(String type, String firmware) {
        MinerReading reading = Replies.readSingly(Map.of(
                "version",
                Replies.section("VERSION", "{\"CGMiner\":\"4.11.1 rwglr\",\"Type\":\"" + type + "\"}"),
                "summary",
                Replies.summary(95_000)));

        assertThat(((MinerReading.Ok) reading).identity().firmwareVersion()).isEqualTo(firmware);
    }

    @Test
    void what_looks_like_a_number_and_is_none_is_absent_and_reported() {
        MinerReading reading = Replies.readSingly(Map.of(
                "version",
                Replies.version("Antminer S19"),
                "summary",
                Replies.section("SUMMARY", "{\"GHS 5s\":\"0x10\",\"GHS av\":95000,\"Accepted\":\"12abc\"}")));

        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        MinerReading.Ok ok = (MinerReading.Ok) reading;
        assertThat(ok.sample().reading(Reading.HASHRATE_THS)).isEmpty();
        assertThat(ok.sample().reading(Reading.ACCEPTED)).isEmpty();
        assertThat(ok.implausible())
                .contains("\"GHS 5s\" is not a number: \"0x10\"", "\"Accepted\" is not a number: \"12abc\"");
    }
}
