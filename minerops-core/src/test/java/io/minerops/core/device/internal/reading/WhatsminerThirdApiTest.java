package io.minerops.core.device.internal.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.wire.FakeWhatsminer;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsminerThirdApiTest {
    private static MinerReading.Ok read(Map<String, String> replies) {
        MinerReading reading = Replies.readSingly(replies);
        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        return (MinerReading.Ok) reading;
    }

    private final Map<String, String> replies = FakeWhatsminer.replies();

    @Test
    void gives_every_reading_in_its_unit() {
        MinerReading.Ok ok = read(replies);

        assertThat(ok.sample()).isEqualTo(FakeWhatsminer.sample(Replies.MINER));
        assertThat(ok.missing()).isEmpty();
    }

    @Test
    void says_what_it_is() {
        assertThat(read(replies).identity()).isEqualTo(FakeWhatsminer.IDENTITY);
    }

    @Test
    void that_does_not_work_hashes_zero_though_it_refuses_all_else() {
        replies.computeIfPresent(
                "get.device.info", (command, reply) -> reply.replace("\"working\":\"true\"", "\"working\":\"false\""));
        replies.put("get.miner.status summary", "{\"code\":-1,\"when\":1,\"msg\":\"process is down\",\"desc\":\"\"}");
        MinerReading.Ok ok = read(replies);

        assertThat(ok.sample().value(Reading.HASHRATE_THS)).isZero();
        assertThat(ok.missing()).containsExactly("get.miner.status summary");
    }

    @Test
    void that_works_and_says_nothing_of_it_is_no_reading() {
        MinerReading reading = Replies.readSingly(Map.of("get.device.info", replies.get("get.device.info")));

        assertThat(reading).isInstanceOf(MinerReading.Malformed.class);
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, NaN"})
    void that_has_lost_all_boards_has_none_unless_it_does_not_work(boolean working, double alive) {
        replies.computeIfPresent(
                "get.device.info",
                (command, reply) -> reply.replace("\"working\":\"true\"", "\"working\":\"" + working + "\""));
        replies.put(
                "get.miner.status edevs",
                "{\"code\":0,\"when\":1,\"msg\":{\"edevs\":[{\"status\":\"dead\",\"effective-chips\":0}]}}");

        assertThat(read(replies).sample().value(Reading.BOARDS_ALIVE)).isEqualTo(Double.valueOf(alive));
    }

    @Test
    void counts_a_board_that_is_no_longer_listed_as_lost() {
        replies.put(
                "get.miner.status edevs",
                "{\"code\":0,\"when\":1,\"msg\":{\"edevs\":[{\"status\":\"alive\",\"effective-chips\":75},"
                        + "{\"status\":\"alive\",\"effective-chips\":75}]}}");
        MetricSample sample = read(replies).sample();

        assertThat(sample.value(Reading.BOARDS_ALIVE)).isEqualTo(2);
        assertThat(sample.value(Reading.BOARDS_EXPECTED)).isEqualTo(3);
    }

    @Test
    void that_requires_a_login_is_reported() {
        MinerReading reading = Replies.readSingly(
                Map.of("get.device.info", "{\"code\":-4,\"when\":1,\"msg\":\"no permission\",\"desc\":\"\"}"));

        assertThat(reading).isEqualTo(new MinerReading.AccessDenied(Replies.MINER, "get.device.info"));
    }

    @Test
    void is_requested_nothing_on_the_port_of_the_others() {
        List<Command> queried = new ArrayList<>();
        MinerReading reading = Replies.read(DeviceProfile.UNKNOWN, commands -> {
            queried.addAll(commands);
            String reply = replies.get(commands.get(0).wireName());
            return reply == null
                    ? new Outcome.Unconnected("Connection refused")
                    : Replies.replied(Replies.bytes(reply));
        });

        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        assertThat(queried)
                .filteredOn(command -> command.endpoint() == Endpoint.CGMINER)
                .containsExactlyElementsOf(Command.BASIC);
    }
}
