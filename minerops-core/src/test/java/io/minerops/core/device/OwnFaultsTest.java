package io.minerops.core.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.core.device.family.DeviceFamily;
import io.minerops.core.device.family.Normalised;
import io.minerops.core.device.internal.reading.Replies;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.DeviceReplies;
import java.io.IOException;
import java.nio.channels.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of readings when the client itself, or the machine it is on, fails. */
@Timeout(60)
class OwnFaultsTest extends LoopbackMiners {
    private static final int LONG_REPLY_BYTES = 300_000;

    /** A family whose code fails as that of an embedder may, for the devices that are to be its own. */
    private record Failing(String type, Supplier<Error> fault) implements DeviceFamily {
        @Override
        public boolean recognises(DeviceReplies replies) {
            return type.equals(replies.type());
        }

        @Override
        public List<Command> commands() {
            return List.of(Command.SUMMARY);
        }

        @Override
        public Normalised normalise(DeviceReplies replies, MinerAddress miner, Instant readAt) {
            throw fault.get();
        }
    }

    private static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(NoClassDefFoundError.class, (Supplier<Error>) () -> new NoClassDefFoundError("a/Class")),
                Arguments.of(NoSuchMethodError.class, (Supplier<Error>) () -> new NoSuchMethodError("an old library")),
                Arguments.of(StackOverflowError.class, (Supplier<Error>) StackOverflowError::new),
                Arguments.of(AssertionError.class, (Supplier<Error>) () -> new AssertionError("a bug")));
    }

    private FakeMiner antminer() {
        return opened(FakeMiner.answering(ANTMINER, true));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void an_error_in_one_reading_ends_that_reading_and_no_other(Class<? extends Error> kind, Supplier<Error> fault) {
        FakeMiner theirs = opened(FakeMiner.answering(
                Map.of("version", Replies.version("Strange One"), "summary", Replies.summary(1), "stats", "{}"), true));
        FakeMiner ours = antminer();
        CgminerClient reader = opened(
                clientOfLoopback().family(new Failing("Strange One", fault)).build());

        for (int time = 0; time < 3; time++) {
            assertThatThrownBy(() -> read(reader, theirs.address(), AMPLE)).hasCauseInstanceOf(kind);
            ok(read(reader, ours.address(), AMPLE));
        }
    }

    @Test
    void memory_that_is_short_is_no_outcome_of_the_device() {
        FakeMiner miner = antminer();
        AtomicBoolean isShort = new AtomicBoolean(true);
        CgminerClient reader = opened(clientOfLoopback()
                .clock(() -> {
                    if (isShort.getAndSet(false)) {
                        throw new OutOfMemoryError("Java heap space");
                    }
                    return Replies.NOW;
                })
                .build());

        assertThat(read(reader, miner.address(), AMPLE))
                .isEqualTo(new MinerReading.NotRead(miner.address(), "no memory left"));
        ok(read(reader, miner.address(), AMPLE));
    }

    @Test
    void a_loop_that_fails_ends_its_readings_as_not_read_and_is_started_again() throws Exception {
        List<Selector> selectors = new CopyOnWriteArrayList<>();
        CgminerClient reader = opened(clientOfLoopback()
                .selectors(() -> {
                    Selector selector = Selector.open();
                    selectors.add(selector);
                    return selector;
                })
                .build());
        CountDownLatch queried = new CountDownLatch(2);
        CountDownLatch hungUp = new CountDownLatch(2);
        FakeMiner.Script untilHungUp = (command, socket, out) -> {
            queried.countDown();
            FakeMiner.stayUntilHungUp(socket);
            hungUp.countDown();
        };
        FakeMiner silent = miner(untilHungUp);
        FakeMiner other = miner(untilHungUp);
        List<CompletableFuture<MinerReading>> underWay = List.of(
                reader.read(silent.address(), AMPLE).toCompletableFuture(),
                reader.read(other.address(), AMPLE).toCompletableFuture());
        assertThat(queried.await(20, TimeUnit.SECONDS)).isTrue();

        selectors.get(0).close();

        assertThat(underWay)
                .allSatisfy(reading -> assertThat(reading.join())
                        .isInstanceOfSatisfying(
                                MinerReading.NotRead.class,
                                notRead -> assertThat(notRead.reason()).contains("was started again")));
        assertThat(hungUp.await(20, TimeUnit.SECONDS)).isTrue();
        ok(read(reader, antminer().address(), AMPLE));
        assertThat(selectors).hasSize(2);
    }

    @Test
    void a_loop_that_cannot_be_started_again_is_tried_until_it_can() throws Exception {
        List<Selector> selectors = new CopyOnWriteArrayList<>();
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch tried = new CountDownLatch(1);
        CgminerClient reader = opened(clientOfLoopback()
                .selectors(() -> {
                    if (attempts.incrementAndGet() > 1 && attempts.get() < 4) {
                        tried.countDown();
                        throw new IOException("Too many open files");
                    }
                    selectors.add(Selector.open());
                    return selectors.get(selectors.size() - 1);
                })
                .build());
        FakeMiner miner = antminer();
        ok(read(reader, miner.address(), AMPLE));
        assertThat(reader.fault()).isEmpty();

        selectors.get(0).close();
        assertThat(tried.await(20, TimeUnit.SECONDS)).isTrue();
        Optional<String> fault = reader.fault();

        MinerReading reading = read(reader, miner.address(), AMPLE);
        while (reading instanceof MinerReading.NotRead) {
            reading = read(reader, miner.address(), AMPLE);
        }
        ok(reading);
        assertThat(fault).hasValueSatisfying(text -> assertThat(text).contains("reading miners fails"));
        assertThat(reader.fault()).isEmpty();
        assertThat(attempts).hasValueGreaterThanOrEqualTo(4);
        assertThat(selectors).hasSize(2);
    }

    @Test
    void a_client_that_is_closed_while_its_loop_cannot_start_again_ends_what_is_under_way() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        List<Selector> selectors = new CopyOnWriteArrayList<>();
        CgminerClient reader = opened(clientOfLoopback()
                .selectors(() -> {
                    if (attempts.incrementAndGet() > 1) {
                        throw new IOException("Too many open files");
                    }
                    selectors.add(Selector.open());
                    return selectors.get(0);
                })
                .build());
        selectors.get(0).close();
        CompletableFuture<MinerReading> reading =
                reader.read(antminer().address(), AMPLE).toCompletableFuture();

        reader.close();

        reading.handle((outcome, fault) -> "ended").get(20, TimeUnit.SECONDS);
        assertThat(reading).isDone();
    }

    @Test
    void a_listener_that_lacks_a_class_keeps_no_reading_from_its_end() {
        CgminerClient reader = opened(clientOfLoopback()
                .replyListener((miner, port, commands, reply) -> {
                    throw new NoClassDefFoundError("of/a/Listener");
                })
                .build());

        ok(read(reader, antminer().address(), AMPLE));
        ok(read(reader, antminer().address(), AMPLE));
    }

    @Test
    void more_long_replies_than_there_is_room_for_are_read_one_after_the_other() {
        CgminerClient reader = opened(clientOfLoopback()
                .maxReplyBytes(2 * LONG_REPLY_BYTES)
                .replyMemory(8L * LONG_REPLY_BYTES)
                .build());
        List<CompletableFuture<MinerReading>> readings = new ArrayList<>();
        for (int count = 0; count < 4; count++) {
            FakeMiner miner = miner((command, socket, out) -> out.write(Replies.bytes(Replies.joined(ANTMINER)
                    .replace(",\"id\":1}}", ",\"id\":1" + " ".repeat(LONG_REPLY_BYTES) + "}}"))));
            readings.add(reader.read(miner.address(), AMPLE).toCompletableFuture());
        }

        readings.forEach(reading -> ok(reading.join()));
    }

    @Test
    void replies_that_stay_long_take_no_room_from_usual_ones_and_are_not_read_where_there_was_none() {
        CgminerClient reader = opened(clientOfLoopback()
                .maxReplyBytes(LONG_REPLY_BYTES)
                .replyMemory(4L * LONG_REPLY_BYTES)
                .exchangeTimeout(Duration.ofSeconds(2))
                .build());
        CountDownLatch never = new CountDownLatch(1);
        List<CompletableFuture<MinerReading>> readings = new ArrayList<>();
        for (int count = 0; count < 30; count++) {
            FakeMiner miner = miner((command, socket, out) -> {
                out.write(Replies.bytes("[" + " ".repeat(LONG_REPLY_BYTES - 10)));
                awaited(never, AMPLE.toMillis());
            });
            readings.add(reader.read(miner.address(), Duration.ofSeconds(3)).toCompletableFuture());
        }

        for (int count = 0; count < 20; count++) {
            ok(read(reader, antminer().address(), AMPLE));
        }

        List<MinerReading> outcomes =
                readings.stream().map(CompletableFuture::join).toList();
        assertThat(outcomes).hasAtLeastOneElementOfType(MinerReading.NotRead.class);
        assertThat(outcomes).hasAtLeastOneElementOfType(MinerReading.TimedOut.class);
        assertThat(outcomes)
                .allSatisfy(outcome ->
                        assertThat(outcome).isInstanceOfAny(MinerReading.NotRead.class, MinerReading.TimedOut.class));
        never.countDown();
    }

    @Test
    void room_for_less_than_four_of_the_longest_replies_is_refused() {
        assertThatThrownBy(() -> CgminerClient.builder()
                        .maxReplyBytes(1_000)
                        .replyMemory(3_999)
                        .build())
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("4000")
                .hasMessageContaining("3999");
    }

    @Test
    void waiting_for_a_slot_of_busy_devices_is_no_shortage_of_this_machine() {
        CgminerClient narrow = opened(clientOfLoopback().maxConnections(1).build());
        FakeMiner silent = miner((command, socket, out) -> FakeMiner.stayUntilHungUp(socket));
        var unused = narrow.read(silent.address(), AMPLE);
        MinerAddress other = antminer().address();

        assertThat(read(narrow, other, SHORT)).isEqualTo(new MinerReading.TimedOut(other, Phase.QUEUED));
    }
}
