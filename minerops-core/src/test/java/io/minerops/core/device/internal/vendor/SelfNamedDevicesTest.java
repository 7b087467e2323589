package io.minerops.core.device.internal.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerReading;
import io.minerops.core.device.internal.reading.DeviceProfile;
import io.minerops.core.device.internal.reading.Joining;
import io.minerops.core.device.internal.reading.Outcome;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.internal.wire.Reply;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices that say what they are, and their readings elsewhere or not at all. */
class SelfNamedDevicesTest {
    private static final Outcome SHUT = new Outcome.Unconnected("Connection refused");

    private final List<Command> queried = new ArrayList<>();

    private MinerReading read(Map<String, String> cgminer, Outcome web) {
        return Replies.read(DeviceProfile.of(Joining.NEVER, Command.BASIC), commands -> {
            Command command = commands.get(0);
            queried.add(command);
            return command.endpoint() == Endpoint.CGMINER
                    ? Replies.replied(Replies.bytes(cgminer.getOrDefault(command.wireName(), Replies.INVALID)))
                    : command.endpoint() == Endpoint.WEB ? web : SHUT;
        });
    }

    private static Outcome login(@Nullable String realm) {
        return new Outcome.Replied(new Reply.Denied(realm));
    }

    private static String version(String fields) {
        return Replies.section("VERSION", "{\"API\":\"3.7\"," + fields + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"BMMiner\":\"sdminer\",\"Type\":\"SDMiner\" | SDMiner",
                "\"MARAFW\":\"2.1.0\",\"Type\":\"MARAFW S21\" | MARAFW S21",
                "\"CGMiner\":\"4.11.1\",\"Type\":\"Quokka 9\" | Quokka 9",
                "\"Wombat\":\"1\",\"PROD\":\"Wombat Pro\" | Wombat Pro",
                "\"BOSer\":\"boser 0.1.0\" | BOSer boser 0.1.0",
            })
    void that_want_a_login_are_named_and_say_so(String fields, String name) {
        assertThat(read(Map.of("version", version(fields)), login("locked")))
                .isEqualTo(new MinerReading.NoReadings(Replies.MINER, name, "needs a login"));
    }

    @Test
    void that_want_a_login_are_described_in_one_sentence() {
        assertThat(read(Map.of("version", version("\"Type\":\"SDMiner\"")), login(null))
                        .describe())
                .isEqualTo("192.0.2.10: SDMiner: needs a login");
    }

    @Test
    void that_answer_no_more_than_a_part_are_named_with_that_part() {
        MinerReading reading =
                read(Map.of("version", version("\"Type\":\"Quokka 9\""), "pools", Replies.pools()), SHUT);

        assertThat(reading)
                .isEqualTo(new MinerReading.NoReadings(Replies.MINER, "Quokka 9", "answers only pools, version"));
    }

    @Test
    void of_a_model_that_needs_no_login_are_not_requested_one() {
        MinerReading reading =
                read(Map.of("version", Replies.version("Antminer S19")), login("antMiner Configuration"));

        assertThat(reading)
                .isEqualTo(new MinerReading.NoReadings(Replies.MINER, "Antminer S19", "answers only version"));
        assertThat(queried).noneMatch(command -> command.endpoint() == Endpoint.WEB);
    }

    @Test
    void are_named_by_their_web_server_where_nothing_else_answers() {
        MinerReading reading = Replies.read(
                DeviceProfile.UNKNOWN,
                commands -> commands.get(0).endpoint() == Endpoint.WEB ? login("antMiner Configuration") : SHUT);

        assertThat(reading)
                .isEqualTo(new MinerReading.NoReadings(Replies.MINER, "antMiner Configuration", "needs a login"));
    }

    @Test
    void are_no_miners_where_their_web_server_has_another_name() {
        MinerReading reading = Replies.read(
                DeviceProfile.UNKNOWN, commands -> commands.get(0).endpoint() == Endpoint.WEB ? login("Router") : SHUT);

        assertThat(reading).isInstanceOf(MinerReading.Refused.class);
    }

    @Test
    void have_names_that_are_cut_and_free_of_control_characters() {
        MinerReading reading =
                read(Map.of("version", version("\"Type\":\"SD\\u001bMiner" + "x".repeat(400) + "\"")), login(null));

        assertThat(reading).isInstanceOfSatisfying(MinerReading.NoReadings.class, named -> {
            assertThat(named.device()).startsWith("SD Miner").hasSizeLessThanOrEqualTo(DeviceText.MAX_CHARACTERS);
        });
    }

    @Test
    void are_queried_once_in_a_reading_whether_they_want_a_login() {
        read(
                Map.of("version", version("\"Type\":\"SDMiner\"")),
                new Outcome.Replied(new Reply.Unknown("HTTP status 404")));

        assertThat(queried).doesNotHaveDuplicates().contains(Command.SDMINER_OVERVIEW);
    }
}
