package io.minerops.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.internal.wire.FakeWhatsminer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Whatsminer's third API, read over real sockets. */
@Timeout(60)
class WhatsminerOverSocketsTest extends LoopbackMiners {
    /** Port 1 is closed. */
    private static final MinerAddress SHUT = new MinerAddress("127.0.0.1", 1);

    private MinerReading.Ok read(FakeWhatsminer whatsminer, MinerAddress address) {
        CgminerClient own =
                opened(clientOfLoopback().whatsminerPort(whatsminer.port()).build());
        return ok(read(own, address, AMPLE));
    }

    @Test
    void is_found_where_the_port_of_the_others_is_shut() {
        FakeWhatsminer whatsminer = opened(FakeWhatsminer.answering(FakeWhatsminer.replies()));
        MinerReading.Ok reading = read(whatsminer, SHUT);

        assertThat(reading.sample()).isEqualTo(FakeWhatsminer.sample(SHUT));
        assertThat(reading.identity()).isEqualTo(FakeWhatsminer.IDENTITY);
        assertThat(whatsminer.queried())
                .containsExactly(
                        "get.device.info",
                        "get.miner.status summary",
                        "get.miner.status edevs",
                        "get.miner.status pools");
    }

    @Test
    void is_found_where_every_command_on_the_port_of_the_others_is_refused() {
        FakeWhatsminer whatsminer = opened(FakeWhatsminer.answering(FakeWhatsminer.replies()));
        FakeMiner refusing = miner((command, socket, out) -> out.write(Replies.bytes(Replies.INVALID + "\0")));

        assertThat(read(whatsminer, refusing.address()).sample()).isEqualTo(FakeWhatsminer.sample(refusing.address()));
    }

    @Test
    void is_not_queried_of_a_whatsminer_that_answers_on_the_port_of_the_others() {
        FakeWhatsminer whatsminer = opened(FakeWhatsminer.answering(FakeWhatsminer.replies()));
        FakeMiner miner = opened(FakeMiner.answering(
                Map.of("summary", Replies.section("SUMMARY", "{\"HS RT\":100000000,\"Elapsed\":9}")), true));

        assertThat(read(whatsminer, miner.address()).identity().vendor()).isEqualTo("MicroBT");
        assertThat(whatsminer.queried()).isEmpty();
    }
}
