package io.minerops.core.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.api.miner.Reading;
import io.minerops.core.device.internal.reading.Replies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CgminerClientTest extends LoopbackMiners {
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
            assertThat(miner.commands()).containsExactly("version+summary+stats+pools");
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
                            "version+summary+stats+pools",
                            "version",
                            "summary",
                            "stats",
                            "pools",
                            "version",
                            "summary",
                            "stats",
                            "pools");
        }

        @Test
        void never_has_two_connections_to_one_miner() {
            CountDownLatch mayAnswer = new CountDownLatch(1);
            FakeMiner miner = miner((command, socket, out) -> {
                awaited(mayAnswer, AMPLE.toMillis());
                out.write(Replies.bytes(Replies.joined(ANTMINER)));
            });
            FakeMiner other = opened(FakeMiner.answering(ANTMINER, true));
            List<CompletableFuture<MinerReading>> readings = new ArrayList<>();
            for (int count = 0; count < 5; count++) {
                readings.add(client.read(miner.address(), AMPLE).toCompletableFuture());
            }
            // one thread begins readings in their order: it has come past all five when a later one ends
            ok(read(client, other.address(), AMPLE));
            long connections = client.connectionsBegun();
            mayAnswer.countDown();

            readings.forEach(reading -> ok(reading.join()));
            assertThat(connections).as("to the first miner and the other").isEqualTo(2);
            assertThat(miner.commands()).hasSize(5);
        }
    }

    @Nested
    class Fleet {
        @Test
        void reads_hundreds_of_online_miners_while_it_still_waits_for_offline_ones() {
            CgminerClient patient = opened(clientOfLoopback()
                    .firstByteTimeout(Duration.ofMinutes(5))
                    .exchangeTimeout(Duration.ofMinutes(5))
                    .build());
            List<CompletableFuture<MinerReading>> alive = new ArrayList<>();
            List<CompletableFuture<MinerReading>> dead = new ArrayList<>();
            for (int index = 0; index < 200; index++) {
                if (index % 10 == 0) {
                    FakeMiner silent = miner((command, socket, out) -> FakeMiner.stayUntilHungUp(socket));
                    dead.add(patient.read(silent.address(), Duration.ofMinutes(5))
                            .toCompletableFuture());
                } else {
                    FakeMiner miner = opened(FakeMiner.answering(ANTMINER, true));
                    alive.add(
                            patient.read(miner.address(), Duration.ofMinutes(5)).toCompletableFuture());
                }
            }

            alive.forEach(reading -> ok(reading.join()));

            assertThat(dead).noneMatch(CompletableFuture::isDone);
        }

        @Test
        void takes_a_reply_that_came_in_time_although_it_was_held_up_itself() {
            Duration deadline = Duration.ofSeconds(3);
            CountDownLatch queried = new CountDownLatch(1);
            CountDownLatch heldUp = new CountDownLatch(1);
            CountDownLatch answered = new CountDownLatch(1);
            FakeMiner other = miner((command, socket, out) -> {
                queried.countDown();
                awaited(heldUp, AMPLE.toMillis());
                out.write(Replies.bytes(Replies.joined(ANTMINER)));
                out.flush();
                answered.countDown();
            });
            FakeMiner first = miner((command, socket, out) -> {
                awaited(queried, AMPLE.toMillis());
                out.write(Replies.bytes(Replies.joined(ANTMINER)));
            });
            long begun = System.nanoTime();
            CgminerClient slow = opened(clientOfLoopback()
                    .clock(() -> {
                        // the one thread comes here when it has read the first miner
                        heldUp.countDown();
                        long left = begun + deadline.plusMillis(100).toNanos() - System.nanoTime();
                        while (answered.getCount() > 0 || left > 0) {
                            LockSupport.parkNanos(Math.max(left, 1_000_000));
                            left = begun + deadline.plusMillis(100).toNanos() - System.nanoTime();
                        }
                        return Replies.NOW;
                    })
                    .build());

            CompletableFuture<MinerReading> late =
                    slow.read(other.address(), deadline).toCompletableFuture();
            ok(read(slow, first.address(), AMPLE));

            ok(late.join());
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
        void is_not_what_a_fault_in_one_reading_leads_to() {
            AtomicInteger calls = new AtomicInteger();
            CgminerClient faulty = opened(CgminerClient.builder()
                    .clock(() -> {
                        if (calls.incrementAndGet() == 1) {
                            throw new IllegalStateException("the clock broke");
                        }
                        return Replies.NOW;
                    })
                    .build());
            FakeMiner miner = opened(FakeMiner.answering(ANTMINER, true));

            assertThatThrownBy(() -> read(faulty, miner.address(), AMPLE)).hasMessageContaining("the clock broke");
            ok(read(faulty, miner.address(), AMPLE));
        }

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
}
