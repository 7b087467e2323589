package io.minerops.core.cgminer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.api.miner.Reading;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CgminerClientTest {
    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    /** How late a loaded machine may be; far less than an ample deadline. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    private static final Map<String, String> ANTMINER = Map.of(
            "version", Replies.version("Antminer S19 Pro"),
            "summary", Replies.summary(110_000),
            "stats", Replies.stats("Antminer S19 Pro", "\"GHS 5s\":110000,\"temp_chip1\":\"60-70\""));

    private final List<AutoCloseable> open = new ArrayList<>();
    private final CgminerClient client = opened(
            CgminerClient.builder().clock(InstantSource.fixed(Replies.NOW)).build());

    private <T extends AutoCloseable> T opened(T closeable) {
        open.add(closeable);
        return closeable;
    }

    private FakeMiner miner(FakeMiner.Script script) {
        return opened(FakeMiner.running(script));
    }

    @AfterEach
    void close_all() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    private static MinerReading read(CgminerClient client, MinerAddress miner, Duration deadline) {
        return client.read(miner, deadline).toCompletableFuture().join();
    }

    private static MinerReading.Ok ok(MinerReading reading) {
        assertThat(reading).isInstanceOf(MinerReading.Ok.class);
        return (MinerReading.Ok) reading;
    }

    @Nested
    class OverOneConnection {
        @Test
        void reads_all_commands_of_a_miner_that_takes_them_together() {
            FakeMiner miner = opened(FakeMiner.answering(ANTMINER, true));
            MinerReading.Ok reading = ok(read(client, miner.address(), AMPLE));

            assertThat(reading.sample().miner()).isEqualTo(miner.address());
            assertThat(reading.sample().readAt()).isEqualTo(Replies.NOW);
            assertThat(reading.sample().value(Reading.HASHRATE_THS)).isEqualTo(110);
            assertThat(reading.identity().model()).isEqualTo("Antminer S19 Pro");
            assertThat(reading.missing()).isEmpty();
            assertThat(miner.commands()).containsExactly("version+summary+stats");
        }

        @Test
        void finds_a_miner_by_its_host_name() {
            FakeMiner miner = opened(FakeMiner.answering(ANTMINER, true));
            MinerAddress named = new MinerAddress("localhost", miner.address().port());

            assertThat(ok(read(client, named, AMPLE)).miner()).isEqualTo(named);
        }

        @Test
        void learns_that_a_miner_takes_commands_only_one_by_one() {
            FakeMiner miner = opened(FakeMiner.answering(ANTMINER, false));
            ok(read(client, miner.address(), AMPLE));
            ok(read(client, miner.address(), AMPLE));

            assertThat(miner.commands())
                    .containsExactly(
                            "version+summary+stats", "version", "summary", "stats", "version", "summary", "stats");
        }

        @Test
        void never_has_two_connections_to_one_miner() {
            AtomicInteger inHand = new AtomicInteger();
            CountDownLatch second = new CountDownLatch(1);
            FakeMiner miner = miner((command, socket, out) -> {
                if (inHand.incrementAndGet() > 1) {
                    second.countDown();
                }
                awaited(second, 50);
                inHand.decrementAndGet();
                out.write(Replies.bytes(Replies.joined(ANTMINER)));
            });
            List<CompletableFuture<MinerReading>> readings = new ArrayList<>();
            for (int count = 0; count < 5; count++) {
                readings.add(client.read(miner.address(), AMPLE).toCompletableFuture());
            }

            readings.forEach(reading -> ok(reading.join()));
            assertThat(second.getCount()).isEqualTo(1);
            assertThat(miner.commands()).hasSize(5);
        }
    }

    @Nested
    class Replying {
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
            byte[] reply = Replies.bytes(Replies.joined(Map.of(
                    "summary", Replies.summary(1000), "version", Replies.section("VERSION", "{\"Type\":\"Bär\"}"))));
            int split = new String(reply, StandardCharsets.ISO_8859_1).indexOf('\u00c3') + 1;
            FakeMiner miner = miner((command, socket, out) -> {
                out.write(reply, 0, split);
                out.flush();
                out.write(reply, split, reply.length - split);
            });

            assertThat(ok(read(client, miner.address(), AMPLE)).identity().model())
                    .isEqualTo("Bär");
        }

        @Test
        void without_closing_the_connection_does_not_wait_for_the_deadline() {
            FakeMiner miner = miner((command, socket, out) -> {
                out.write(Replies.bytes(Replies.joined(ANTMINER)));
                FakeMiner.stayUntilHungUp(socket);
            });
            long start = System.nanoTime();
            ok(read(client, miner.address(), AMPLE));

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
                    Phase.READ);
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

            assertThat(read(small, miner.address(), AMPLE))
                    .isEqualTo(new MinerReading.TooLarge(miner.address(), 10_000));
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
                    CgminerClient tight = CgminerClient.builder()
                            .maxReplyBytes(reply.length - 1)
                            .build()) {
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
            FakeMiner miner =
                    miner((command, socket, out) -> out.write(Replies.bytes("{\"STATUS\":[{\"STATUS\":\"S\"")));

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
        void with_a_reset_is_refused() {
            FakeMiner miner = miner((command, socket, out) -> socket.setSoLinger(true, 0));

            assertThat(read(client, miner.address(), AMPLE)).isInstanceOf(MinerReading.Refused.class);
        }

        @Test
        void not_at_all_because_nobody_listens_is_refused() throws IOException {
            MinerAddress nobody;
            try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                nobody = new MinerAddress("127.0.0.1", gone.getLocalPort());
            }

            assertThat(read(client, nobody, AMPLE)).isInstanceOf(MinerReading.Refused.class);
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

    @Nested
    class Fleet {
        @Test
        void reads_hundreds_at_once_and_the_dead_cost_only_their_own_deadline() {
            List<CompletableFuture<MinerReading>> alive = new ArrayList<>();
            List<CompletableFuture<MinerReading>> dead = new ArrayList<>();
            Duration deadline = Duration.ofSeconds(5);
            long start = System.nanoTime();
            for (int index = 0; index < 200; index++) {
                if (index % 10 == 0) {
                    FakeMiner silent = miner((command, socket, out) -> FakeMiner.stayUntilHungUp(socket));
                    dead.add(client.read(silent.address(), deadline).toCompletableFuture());
                } else {
                    FakeMiner miner = opened(FakeMiner.answering(ANTMINER, true));
                    alive.add(client.read(miner.address(), deadline).toCompletableFuture());
                }
            }

            alive.forEach(reading -> ok(reading.join()));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(deadline);
            dead.forEach(reading -> assertThat(reading.join()).isInstanceOf(MinerReading.TimedOut.class));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(deadline.plus(SLACK));
        }

        @Test
        void waits_for_a_slot_and_says_so_when_none_comes_free() {
            CgminerClient narrow =
                    opened(CgminerClient.builder().maxConnections(1).build());
            FakeMiner silent = miner((command, socket, out) -> FakeMiner.stayUntilHungUp(socket));
            FakeMiner other = opened(FakeMiner.answering(ANTMINER, true));
            CompletableFuture<MinerReading> first =
                    narrow.read(silent.address(), AMPLE).toCompletableFuture();

            assertTimesOut(narrow, other.address(), Phase.QUEUED);
            assertThat(first).isNotDone();
            assertThat(other.commands()).isEmpty();
        }

        @Test
        void reads_more_miners_than_it_has_slots() {
            CgminerClient narrow =
                    opened(CgminerClient.builder().maxConnections(3).build());
            List<CompletableFuture<MinerReading>> readings = new ArrayList<>();
            for (int count = 0; count < 40; count++) {
                FakeMiner miner = opened(FakeMiner.answering(ANTMINER, true));
                readings.add(narrow.read(miner.address(), AMPLE).toCompletableFuture());
            }

            readings.forEach(reading -> ok(reading.join()));
        }

        @Test
        void turns_away_what_the_queue_does_not_hold() {
            CgminerClient narrow = opened(
                    CgminerClient.builder().maxConnections(1).maxQueued(1).build());
            FakeMiner silent = miner((command, socket, out) -> FakeMiner.stayUntilHungUp(socket));
            var unused = List.of(narrow.read(silent.address(), AMPLE), narrow.read(silent.address(), AMPLE));

            assertThat(narrow.read(silent.address(), AMPLE).toCompletableFuture())
                    .isCompletedWithValue(new MinerReading.TimedOut(silent.address(), Phase.QUEUED));
        }
    }

    @Nested
    class Closing {
        @Test
        void ends_what_is_under_way_and_refuses_what_comes_later() {
            FakeMiner silent = miner((command, socket, out) -> FakeMiner.stayUntilHungUp(socket));
            CompletableFuture<MinerReading> underWay =
                    client.read(silent.address(), AMPLE).toCompletableFuture();
            client.close();
            client.close();

            assertThatThrownBy(underWay::join).isInstanceOf(CancellationException.class);
            assertThatThrownBy(() -> read(client, silent.address(), AMPLE)).isInstanceOf(CancellationException.class);
        }

        @Test
        void a_deadline_of_nothing_is_refused() {
            assertThatThrownBy(() -> client.read(Replies.MINER, Duration.ZERO))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("deadline");
        }
    }

    private static void assertTimesOut(CgminerClient client, MinerAddress miner, Phase phase) {
        long start = System.nanoTime();
        MinerReading reading = read(client, miner, SHORT);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        assertThat(reading).isEqualTo(new MinerReading.TimedOut(miner, phase));
        assertThat(took).isBetween(SHORT, SHORT.plus(SLACK));
    }

    private static boolean awaited(CountDownLatch latch, long millis) throws IOException {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the server was stopped", e);
        }
    }
}
