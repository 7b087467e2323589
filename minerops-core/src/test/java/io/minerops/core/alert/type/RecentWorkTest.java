package io.minerops.core.alert.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.ShareCounters;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecentWorkTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final long NOON_MS = NOON.toEpochMilli();
    private static final long HOUR_MS = RecentWork.HOUR_MS;

    private final MinerIndex one = roster("10.0.0.1");
    private final RecentWork work = new RecentWork(one, 3);

    private static MinerIndex roster(String... hosts) {
        List<Miner> miners = Stream.of(hosts)
                .map(host -> Miner.builder(new MinerAddress(host, 4028), NOON).build())
                .toList();
        return MinerIndex.of(miners);
    }

    private static ShareCounters counters(int minute, double difficulty) {
        return new ShareCounters(
                NOON.plusSeconds(minute * 60L), 1_000 + minute * 60, difficulty, difficulty / 1_000, 100);
    }

    private ProvenWork hours(int from, int to) {
        return work.between(0, NOON_MS + from * HOUR_MS, NOON_MS + to * HOUR_MS);
    }

    @Test
    void adds_what_counters_prove_to_the_hour_of_the_later_sample() {
        work.add(0, counters(0, 10_000));
        work.add(0, counters(30, 20_000));
        work.add(0, counters(70, 30_000));

        assertThat(hours(0, 1)).isEqualTo(new ProvenWork(1_800, 10_000, 1e7, 100));
        assertThat(hours(1, 2)).isEqualTo(new ProvenWork(2_400, 10_000, 1e7, 100));
        assertThat(hours(0, 2)).isEqualTo(new ProvenWork(4_200, 20_000, 2e7, 100));
    }

    @Test
    void forgets_hours_when_newer_ones_take_their_place() {
        ProvenWork hour = new ProvenWork(3_600, 1_000, 1_000, 100);
        for (int number = 0; number < 4; number++) {
            work.add(0, NOON_MS + number * HOUR_MS, hour);
        }

        assertThat(hours(0, 1)).isEqualTo(ProvenWork.NONE);
        assertThat(hours(0, 4).seconds()).isEqualTo(3 * 3_600);
        work.add(0, NOON_MS, hour);
        assertThat(hours(0, 4).seconds()).isEqualTo(3 * 3_600);
    }

    @Test
    void goes_over_to_another_roster_with_the_counters_of_each_miner() {
        work.add(0, counters(0, 10_000));
        work.add(0, counters(10, 12_000));

        RecentWork moved = work.over(roster("10.0.0.0", "10.0.0.1"));
        moved.add(1, counters(20, 13_000));

        assertThat(moved.between(0, NOON_MS, NOON_MS + HOUR_MS)).isEqualTo(ProvenWork.NONE);
        assertThat(moved.between(1, NOON_MS, NOON_MS + HOUR_MS).difficultySum()).isEqualTo(3_000);
    }
}
