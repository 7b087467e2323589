package io.minerops.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.MinerReading.Phase;
import io.minerops.core.discovery.DiscoveryReport.UnidentifiedHost;
import io.minerops.core.discovery.VirtualNetwork.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A discovery in a time of its own: nothing here waits. */
class DiscoveryTest {
    private static final MinerAddress SEVEN = MinerAddress.of("10.0.0.7");
    private static final long SECOND = 1_000_000_000;

    private final VirtualNetwork network = new VirtualNetwork();
    private DiscoverySettings settings = DiscoverySettings.defaults();
    private final List<DiscoveryProgress> progress = new ArrayList<>();

    private DiscoveryRun run(String range) {
        return new DiscoveryRun(
                MinerRange.parse(range).addresses(),
                network,
                settings,
                network,
                network::connectionsBegun,
                DiscoveryListener.NONE);
    }

    private DiscoveryReport discover(String range) {
        DiscoveryRun run = run(range);
        run.run();
        progress.add(run.progress());
        return run.report().toCompletableFuture().join();
    }

    @Nested
    class Who_is_there {
        @Test
        void every_address_is_counted_once() {
            network.miner("10.0.0.7")
                    .answering("10.0.0.8", new MinerReading.Refused(SEVEN, "Connection refused"))
                    .answering("10.0.0.9", new MinerReading.NotAMiner(SEVEN, "a web server answers"));

            DiscoveryReport report = discover("10.0.0.1-20");

            assertThat(report.total()).isEqualTo(20);
            assertThat(report.found()).extracting(DiscoveredMiner::address).containsExactly(SEVEN);
            assertThat(report.unidentified())
                    .containsExactly(new UnidentifiedHost(MinerAddress.of("10.0.0.9"), "a web server answers"));
            assertThat(report.refused()).isEqualTo(1);
            assertThat(report.silent()).isEqualTo(17);
            assertThat(report.notQueried()).isZero();
            assertThat(report.vacant()).hasSize(18).doesNotContain(SEVEN, MinerAddress.of("10.0.0.9"));
        }

        @Test
        void a_range_without_addresses_is_done_at_once() {
            DiscoveryRun run = new DiscoveryRun(
                    List.of(), network, settings, network, network::connectionsBegun, DiscoveryListener.NONE);

            run.run();

            assertThat(run.progress().fraction()).isEqualTo(1);
            assertThat(run.report().toCompletableFuture().join().total()).isZero();
        }

        @Test
        void the_found_are_ordered_by_address() {
            network.miner("10.0.0.7").miner("10.0.0.100").miner("10.0.0.20");

            assertThat(discover("10.0.0.0/24").found())
                    .extracting(miner -> miner.address().toString())
                    .containsExactly("10.0.0.7", "10.0.0.20", "10.0.0.100");
        }

        @Test
        void an_unreachable_address_is_silent_and_has_refused_nothing() {
            network.answering("10.0.0.7", new MinerReading.Refused(SEVEN, "No route to host"));

            DiscoveryReport report = discover("10.0.0.7");

            assertThat(report.silent()).isEqualTo(1);
            assertThat(report.refused()).isZero();
            assertThat(report.retried()).isEqualTo(1);
        }
    }

    @Nested
    class Second_tries {
        @Test
        void a_miner_whose_first_packet_was_lost_is_found() {
            network.host(
                    "10.0.0.7",
                    (time, self, deadline) -> time == 1
                            ? new Answer(deadline, VirtualNetwork.silence(self), 1)
                            : new Answer(Duration.ofMillis(50), VirtualNetwork.ok(self), 1));

            assertThat(discover("10.0.0.0/24").found())
                    .extracting(DiscoveredMiner::address)
                    .containsExactly(SEVEN);
        }

        @Test
        void unresponsive_hosts_are_queried_again_after_all_others() {
            network.miner("10.0.0.7");

            discover("10.0.0.0/24");

            assertThat(network.queried).hasSize(254 + 253);
            assertThat(new HashSet<>(network.queried.subList(0, 254))).hasSize(254);
            assertThat(new HashSet<>(network.queried.subList(254, network.queried.size())))
                    .hasSize(253)
                    .doesNotContain(SEVEN);
        }

        @Test
        void a_slow_device_gets_more_time_and_a_silent_one_does_not() {
            network.answering("10.0.0.7", new MinerReading.TimedOut(SEVEN, Phase.FIRST_BYTE));

            DiscoveryReport report = discover("10.0.0.7-8");

            assertThat(network.deadlines.subList(2, 4))
                    .containsExactlyInAnyOrder(settings.timeouts(), settings.deadline());
            assertThat(report.unidentified())
                    .extracting(UnidentifiedHost::reason)
                    .containsExactly("accepts connections and gives no whole answer in time");
        }

        @Test
        void who_refused_or_is_no_miner_is_left_in_peace() {
            network.answering("10.0.0.7", new MinerReading.Refused(SEVEN, "Connection refused"))
                    .answering("10.0.0.8", new MinerReading.NotAMiner(SEVEN, "a web server answers"));

            discover("10.0.0.7-8");

            assertThat(network.queried).hasSize(2);
        }

        @Test
        void an_address_that_the_client_had_no_room_for_was_not_queried() {
            network.answering("10.0.0.7", new MinerReading.TimedOut(SEVEN, Phase.QUEUED));

            DiscoveryReport report = discover("10.0.0.7");

            assertThat(report.notQueried()).isEqualTo(1);
            assertThat(report.vacant()).isEmpty();
            assertThat(network.queried).hasSize(2);
        }
    }

    @Nested
    class Pace_and_order {
        private int maxWithin(List<Long> times, long window) {
            int most = 0;
            int first = 0;
            for (int last = 0; last < times.size(); last++) {
                while (times.get(last) - times.get(first) >= window) {
                    first++;
                }
                most = Math.max(most, last - first + 1);
            }
            return most;
        }

        @Test
        void no_second_sees_more_starts_than_the_rate() {
            settings = settings.withConnectionsPerSecond(100).withMaxInFlight(4_096);

            DiscoveryReport report = discover("10.0.0.0/23");

            assertThat(maxWithin(network.starts, SECOND)).isEqualTo(100);
            assertThat(report.elapsed()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(14));
        }

        @Test
        void connections_to_further_ports_count_too() {
            settings = settings.withConnectionsPerSecond(100).withMaxInFlight(64);
            for (int host = 1; host <= 254; host++) {
                network.host(
                        "10.0.0." + host,
                        (time, self, deadline) -> new Answer(
                                Duration.ofMillis(1), new MinerReading.Refused(self, "Connection refused"), 3));
            }

            DiscoveryReport report = discover("10.0.0.0/24");

            assertThat(network.connections).hasSize(3 * 254);
            // those of one attempt fall together: a slice's starts more at the most
            assertThat(maxWithin(network.connections, SECOND)).isLessThanOrEqualTo(100 + 3 * 5);
            assertThat(report.elapsed()).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
        }

        @Test
        void a_client_that_counts_no_connections_is_paced_by_starts() {
            network.withoutCounting();
            settings = settings.withConnectionsPerSecond(100);

            discover("10.0.0.0/24");

            assertThat(maxWithin(network.starts, SECOND)).isEqualTo(100);
        }

        @Test
        void no_more_addresses_than_configured_are_queried_at_a_time() {
            settings = settings.withMaxInFlight(10);

            discover("10.0.0.0/24");

            assertThat(network.maxUnderWay).isEqualTo(10);
        }

        @Test
        void one_seed_gives_one_order_and_another_seed_another() {
            discover("10.0.0.0/24");
            List<MinerAddress> first = List.copyOf(network.queried.subList(0, 254));
            network.queried.clear();
            discover("10.0.0.0/24");
            List<MinerAddress> again = List.copyOf(network.queried.subList(0, 254));
            network.queried.clear();
            settings = settings.withSeed(8);
            discover("10.0.0.0/24");

            assertThat(again).isEqualTo(first);
            assertThat(network.queried.subList(0, 254)).isNotEqualTo(first);
            assertThat(first).isNotEqualTo(MinerRange.parse("10.0.0.0/24").addresses());
        }
    }

    @Nested
    class Progress {
        @Test
        void it_never_goes_down_and_ends_at_all() {
            network.miner("10.0.0.7");
            DiscoveryRun run = run("10.0.0.0/23");
            List<DiscoveryProgress> seen = new ArrayList<>();
            network.host("10.0.0.100", (time, self, deadline) -> {
                seen.add(run.progress());
                return new Answer(deadline, VirtualNetwork.silence(self), 1);
            });
            for (int host = 1; host < 250; host++) {
                network.host("10.0.1." + host, (time, self, deadline) -> {
                    seen.add(run.progress());
                    return new Answer(deadline, VirtualNetwork.silence(self), 1);
                });
            }

            run.run();
            seen.add(run.progress());

            assertThat(seen)
                    .extracting(DiscoveryProgress::fraction)
                    .isSorted()
                    .last()
                    .isEqualTo(1.0);
            assertThat(seen)
                    .extracting(DiscoveryProgress::queried)
                    .isSorted()
                    .last()
                    .isEqualTo(510);
            DiscoveryProgress last = seen.get(seen.size() - 1);
            assertThat(last.eta()).isEqualTo(Duration.ZERO);
            assertThat(last.found()).isEqualTo(1);
        }

        @Test
        void the_time_left_foretells_the_second_tries_too() {
            settings = settings.withConnectionsPerSecond(100).withMaxInFlight(4_096);
            DiscoveryRun run = run("10.0.0.0/22");
            List<DiscoveryProgress> seen = new ArrayList<>();
            for (int host = 1; host < 255; host++) {
                network.host("10.0.2." + host, (time, self, deadline) -> {
                    seen.add(run.progress());
                    return new Answer(deadline, VirtualNetwork.silence(self), 1);
                });
            }

            run.run();

            Duration whole = run.report().toCompletableFuture().join().elapsed();
            DiscoveryProgress early =
                    seen.stream().filter(one -> one.queried() > 300).findFirst().orElseThrow();
            assertThat(early.eta()).isNotNull();
            assertThat(early.elapsed().plus(early.eta()).toMillis())
                    .isBetween(whole.toMillis() * 3 / 4, whole.toMillis() * 3 / 2);
        }

        @Test
        void a_listener_that_blocks_delays_nothing() throws InterruptedException {
            network.miner("10.0.0.7").miner("10.0.0.8");
            CountDownLatch release = new CountDownLatch(1);
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            DiscoveryRun run = new DiscoveryRun(
                    MinerRange.parse("10.0.0.0/24").addresses(),
                    network,
                    settings,
                    network,
                    network::connectionsBegun,
                    new DiscoveryListener() {
                        @Override
                        public void progress(DiscoveryProgress step) {
                            try {
                                release.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            heard.add("progress " + step.fraction());
                        }

                        @Override
                        public void found(DiscoveredMiner miner) {
                            heard.add("found " + miner.address());
                            throw new IllegalStateException("a listener with a fault");
                        }

                        @Override
                        public void finished(DiscoveryReport report) {
                            heard.add("finished");
                        }
                    });

            run.run();
            assertThat(run.report().toCompletableFuture()).isCompleted();
            release.countDown();

            List<String> all = new ArrayList<>();
            for (String one = ""; !one.equals("finished"); ) {
                one = heard.poll(10, TimeUnit.SECONDS);
                assertThat(one).isNotNull();
                all.add(one);
            }
            assertThat(all).contains("progress 1.0").containsOnlyOnce("found 10.0.0.7", "found 10.0.0.8");
            assertThat(all).filteredOn(one -> one.startsWith("progress")).hasSizeLessThanOrEqualTo(3);
        }
    }

    @Nested
    class The_end {
        @Test
        void cancelling_ends_it_at_once_and_what_was_found_stays() {
            network.miner("10.0.0.7");
            DiscoveryRun run = run("10.0.0.0/24");
            network.host("10.0.0.200", (time, self, deadline) -> {
                if (time == 2) {
                    run.cancel();
                }
                return new Answer(deadline, VirtualNetwork.silence(self), 1);
            });

            run.run();

            DiscoveryReport report = run.report().toCompletableFuture().join();
            assertThat(report.cancelled()).isTrue();
            assertThat(report.found()).hasSize(1);
            assertThat(report.notQueried()).isPositive();
            assertThat(report.found().size() + report.silent() + report.notQueried())
                    .isEqualTo(254);
            assertThat(run.progress().fraction()).isLessThan(1);
        }

        @Test
        void one_runs_at_a_time() {
            CompletableFuture<MinerReading> answer = new CompletableFuture<>();
            Discovery discovery = new Discovery(new OneAnswer(answer), settings);
            MinerRange range = MinerRange.parse("10.0.0.7");
            DiscoveryRun first = discovery.start(range, DiscoveryListener.NONE);

            assertThatExceptionOfType(DiscoveryRunningException.class)
                    .isThrownBy(() -> discovery.start(range, DiscoveryListener.NONE));

            answer.complete(VirtualNetwork.ok(SEVEN));
            assertThat(first.report()
                            .toCompletableFuture()
                            .orTimeout(10, TimeUnit.SECONDS)
                            .join()
                            .found())
                    .hasSize(1);
            assertThat(discovery
                            .start(range, DiscoveryListener.NONE)
                            .report()
                            .toCompletableFuture()
                            .orTimeout(10, TimeUnit.SECONDS)
                            .join()
                            .found())
                    .hasSize(1);
        }

        @Test
        void a_client_that_is_closed_ends_it_with_a_failure() {
            CompletableFuture<MinerReading> answer = new CompletableFuture<>();
            DiscoveryRun run = new Discovery(new OneAnswer(answer), settings)
                    .start(MinerRange.parse("10.0.0.7"), DiscoveryListener.NONE);

            answer.completeExceptionally(new CancellationException("the client is closed"));

            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> run.report()
                            .toCompletableFuture()
                            .orTimeout(10, TimeUnit.SECONDS)
                            .thenApply(report -> report)
                            .join())
                    .withCauseInstanceOf(CancellationException.class);
        }

        @Test
        void a_fault_of_the_client_costs_one_address_only() {
            network.miner("10.0.0.7").host("10.0.0.8", (time, self, deadline) -> {
                throw new IllegalStateException("a client with a fault");
            });

            DiscoveryReport report = discover("10.0.0.7-8");

            assertThat(report.found()).hasSize(1);
            assertThat(report.notQueried()).isEqualTo(1);
        }
    }
}
