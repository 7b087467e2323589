package io.minerops.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MinerAddress;
import io.minerops.core.device.CgminerClient;
import io.minerops.testkit.fleet.FleetSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A network of 65,534 addresses with 200 miners in it, over real sockets. */
class LoopbackScanTest {
    private static final int MINERS = 200;

    /** Higher than by default, lest the test take minutes: an address that refuses is tried at three ports. */
    private static final int RATE = 5_000;

    private static final long SECOND = 1_000_000_000;

    /** The time of this machine, which notes when an attempt begins and how many connections there were by then. */
    private static final class Watch implements Ticker {
        private final CgminerClient client;
        private final List<Long> starts = new ArrayList<>();
        private final List<long[]> connections = new ArrayList<>();

        Watch(CgminerClient client) {
            this.client = client;
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public <T> @Nullable T next(BlockingQueue<T> queue, long nanos) throws InterruptedException {
            connections.add(new long[] {System.nanoTime(), client.connectionsBegun()});
            return queue.poll(nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void started() {
            starts.add(System.nanoTime());
        }

        int maxStartsInASecond() {
            int most = 0;
            int first = 0;
            for (int last = 0; last < starts.size(); last++) {
                while (starts.get(last) - starts.get(first) >= SECOND) {
                    first++;
                }
                most = Math.max(most, last - first + 1);
            }
            return most;
        }

        long maxConnectionsInASecond() {
            long most = 0;
            int first = 0;
            for (long[] point : connections) {
                while (point[0] - connections.get(first)[0] >= SECOND) {
                    first++;
                }
                most = Math.max(most, point[1] - connections.get(first)[1]);
            }
            return most;
        }
    }

    @Test
    void every_miner_is_found_once_the_progress_rises_to_the_end_and_the_rate_is_kept() throws InterruptedException {
        BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
        DiscoveryListener listener = new DiscoveryListener() {
            @Override
            public void progress(DiscoveryProgress step) {
                heard.add(step);
            }

            @Override
            public void found(DiscoveredMiner miner) {
                heard.add(miner.address());
            }

            @Override
            public void finished(DiscoveryReport report) {
                heard.add(report);
            }
        };
        List<DiscoveryProgress> progress = new ArrayList<>();
        List<MinerAddress> found = new ArrayList<>();
        try (FleetSimulator low = fleet("127.40.3.77", MINERS / 2);
                FleetSimulator high = fleet("127.40.201.5", MINERS / 2);
                CgminerClient client = CgminerClient.builder().build()) {
            Watch watch = new Watch(client);
            DiscoveryRun run = new Discovery(
                            client, DiscoverySettings.defaults().withConnectionsPerSecond(RATE), watch)
                    .start(MinerRange.parse("127.40.0.0/16"), listener);

            DiscoveryReport report = run.report()
                    .toCompletableFuture()
                    .orTimeout(180, TimeUnit.SECONDS)
                    .join();
            for (Object one = null; !(one instanceof DiscoveryReport); ) {
                one = heard.poll(10, TimeUnit.SECONDS);
                assertThat(one).isNotNull();
                if (one instanceof DiscoveryProgress step) {
                    progress.add(step);
                } else if (one instanceof MinerAddress address) {
                    found.add(address);
                }
            }

            List<MinerAddress> all = new ArrayList<>(low.addresses());
            all.addAll(high.addresses());
            Collections.sort(all);
            assertThat(report.found()).extracting(DiscoveredMiner::address).isEqualTo(all);
            assertThat(found).containsExactlyInAnyOrderElementsOf(all);
            assertThat(report.total()).isEqualTo(65_534);
            assertThat(report.refused()).isEqualTo(65_534 - MINERS);
            assertThat(report.silent()
                            + report.notQueried()
                            + report.unidentified().size())
                    .isZero();
            assertThat(progress)
                    .extracting(DiscoveryProgress::fraction)
                    .isSorted()
                    .last()
                    .isEqualTo(1.0);
            assertThat(progress)
                    .extracting(DiscoveryProgress::queried)
                    .isSorted()
                    .last()
                    .isEqualTo(65_534);
            assertThat(progress).hasSizeGreaterThan(10);
            assertThat(watch.starts).hasSize(65_534 + report.retried());
            assertThat(watch.maxStartsInASecond()).isLessThanOrEqualTo(RATE);
            // what is under way when a slice ends may open its further ports after that
            assertThat(watch.maxConnectionsInASecond()).isLessThanOrEqualTo(RATE + 3L * 256);
            long connections = client.connectionsBegun();
            assertThat(connections).isGreaterThan(3L * 65_000);
            assertThat(report.elapsed()).isGreaterThan(Duration.ofSeconds(connections / RATE - 1));
        }
    }

    private static FleetSimulator fleet(String first, int miners) {
        FleetSimulator fleet = FleetSimulator.builder()
                .miners(miners)
                .onAddresses(first, MinerAddress.DEFAULT_PORT)
                .seed(7)
                .build();
        fleet.start();
        return fleet;
    }
}
