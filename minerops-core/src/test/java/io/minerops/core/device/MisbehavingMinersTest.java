package io.minerops.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.core.device.internal.reading.Replies;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a reading when a device replies in ways of its own. */
@Timeout(60)
class MisbehavingMinersTest extends LoopbackMiners {
    @Test
    void not_at_all_costs_one_exchange_and_not_the_whole_deadline() {
        FakeMiner miner = miner((command, socket, out) -> FakeMiner.stayUntilHungUp(socket));
        CgminerClient impatient =
                opened(CgminerClient.builder().exchangeTimeout(SHORT).build());
        long start = System.nanoTime();

        // the deadline is longer than the test may take
        MinerReading reading = read(impatient, miner.address(), PATIENCE);

        assertThat(reading).isEqualTo(new MinerReading.TimedOut(miner.address(), Phase.FIRST_BYTE));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, SHORT.plus(SLACK));
    }

    @Test
    void byte_by_byte_is_read_to_the_end() {
        byte[] reply = Replies.bytes(Replies.joined(ANTMINER));
        FakeMiner miner = miner((command, socket, out) -> {
            socket.setTcpNoDelay(true);
            for (byte next : reply) {
                out.write(next);
            }
            FakeMiner.stayUntilHungUp(socket);
        });

        ok(read(client, miner.address(), AMPLE));
    }

    @Test
    void with_a_character_split_over_two_writes_keeps_the_character() {
        byte[] reply = Replies.bytes(Replies.joined(
                Map.of("summary", Replies.summary(1000), "version", Replies.section("VERSION", "{\"Type\":\"Bär\"}"))));
        int split = new String(reply, StandardCharsets.ISO_8859_1).indexOf('\u00c3') + 1;
        FakeMiner miner = miner((command, socket, out) -> {
            out.write(reply, 0, split);
            out.flush();
            out.write(reply, split, reply.length - split);
        });

        assertThat(ok(read(client, miner.address(), AMPLE)).identity().model()).isEqualTo("Bär");
    }

    @Test
    void without_closing_the_connection_does_not_wait_for_the_deadline() {
        FakeMiner miner = miner((command, socket, out) -> {
            out.write(Replies.bytes(Replies.joined(ANTMINER)));
            FakeMiner.stayUntilHungUp(socket);
        });
        long start = System.nanoTime();

        // longer than the test may take
        ok(read(client, miner.address(), PATIENCE));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AMPLE.dividedBy(2));
    }

    @Test
    void with_one_byte_now_and_then_ends_at_the_deadline_and_with_it_the_connection() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        FakeMiner miner = miner((command, socket, out) -> {
            out.write('{');
            while (!awaited(never, 20)) {
                out.write(' ');
            }
        });

        assertTimesOut(client, miner.address(), Phase.READ);
        assertThat(miner.hungUp().await(SLACK.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
    }

    @Test
    void with_silence_ends_at_the_deadline() {
        assertTimesOut(
                client,
                miner((command, socket, out) -> FakeMiner.stayUntilHungUp(socket))
                        .address(),
                Phase.FIRST_BYTE);
    }

    @Test
    void without_end_is_cut_off_at_the_limit() {
        CgminerClient small =
                opened(CgminerClient.builder().maxReplyBytes(10_000).build());
        FakeMiner miner = miner((command, socket, out) -> {
            out.write('[');
            while (true) {
                out.write("{\"a\":1},".repeat(1_000).getBytes(StandardCharsets.US_ASCII));
            }
        });

        assertThat(read(small, miner.address(), AMPLE)).isEqualTo(new MinerReading.TooLarge(miner.address(), 10_000));
    }

    @Test
    void at_the_limit_is_read_and_one_byte_past_it_is_not() {
        byte[] reply = Replies.bytes(Replies.joined(ANTMINER));
        FakeMiner miner = miner((command, socket, out) -> {
            if (command.contains("+")) {
                out.write(reply);
            } else {
                out.write(Replies.bytes(Replies.INVALID));
            }
        });

        try (CgminerClient exact =
                        CgminerClient.builder().maxReplyBytes(reply.length).build();
                CgminerClient tight =
                        CgminerClient.builder().maxReplyBytes(reply.length - 1).build()) {
            ok(read(exact, miner.address(), AMPLE));
            assertThat(read(tight, miner.address(), AMPLE)).isNotInstanceOf(MinerReading.Ok.class);
        }
    }

    @Test
    void with_megabytes_in_the_limit_is_read() {
        FakeMiner miner = miner((command, socket, out) -> out.write(Replies.bytes(
                Replies.joined(ANTMINER).replace(",\"id\":1}}", ",\"id\":1" + " ".repeat(900_000) + "}}"))));

        ok(read(client, miner.address(), AMPLE));
    }

    @Test
    void with_a_cut_reply_is_partial() {
        FakeMiner miner = miner((command, socket, out) -> out.write(Replies.bytes("{\"STATUS\":[{\"STATUS\":\"S\"")));

        assertThat(read(client, miner.address(), AMPLE)).isEqualTo(new MinerReading.Partial(miner.address(), 24));
    }

    @Test
    void as_a_web_server_does_is_no_miner() {
        FakeMiner miner = miner((command, socket, out) -> {
            out.write(Replies.bytes("HTTP/1.1 400 Bad Request\r\n\r\n"));
            FakeMiner.stayUntilHungUp(socket);
        });

        assertThat(read(client, miner.address(), AMPLE)).isInstanceOf(MinerReading.NotAMiner.class);
    }

    @Test
    void with_a_reset_is_disconnected() {
        FakeMiner miner = miner((command, socket, out) -> socket.setSoLinger(true, 0));

        assertThat(read(client, miner.address(), AMPLE))
                .isInstanceOfSatisfying(
                        MinerReading.Disconnected.class,
                        reading -> assertThat(reading.phase()).isEqualTo(Phase.FIRST_BYTE));
    }

    @Test
    void not_at_all_because_the_port_is_closed_is_refused() throws IOException {
        MinerAddress absent;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            absent = new MinerAddress("127.0.0.1", gone.getLocalPort());
        }

        assertThat(read(client, absent, AMPLE)).isInstanceOf(MinerReading.Refused.class);
    }

    @Test
    void not_at_all_because_the_name_is_unknown_is_refused() {
        assertThat(read(client, MinerAddress.of("miner.invalid"), AMPLE)).isInstanceOf(MinerReading.Refused.class);
    }

    @Test
    void by_a_full_backlog_ends_while_connecting() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> crowd = new ArrayList<>();
            MinerAddress address = new MinerAddress("127.0.0.1", full.getLocalPort());
            // a backlog of one takes two; what comes after waits for its handshake
            for (int count = 0; count < 2; count++) {
                crowd.add(opened(new Socket(InetAddress.getLoopbackAddress(), full.getLocalPort())));
            }

            assertThat(crowd).hasSize(2);
            assertTimesOut(client, address, Phase.CONNECT);
        }
    }
}
