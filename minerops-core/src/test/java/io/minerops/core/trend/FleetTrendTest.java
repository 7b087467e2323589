package io.minerops.core.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FleetTrendTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final MinerAddress ONE = new MinerAddress("10.0.0.1", 4028);
    private static final MinerAddress TWO = new MinerAddress("10.0.0.2", 4028);
    private static final double ABSENT = Double.NaN;

    private final InMemoryStore store = new InMemoryStore();

    private void poll(Instant at, MetricSample... samples) {
        store.metrics().append(Poll.of(at, List.of(samples)));
    }

    private static MetricSample sample(MinerAddress miner, Instant at, double ths) {
        return MetricSample.builder(miner, at).set(Reading.HASHRATE_THS, ths).build();
    }

    private FleetTrend trend(Instant now, int hours) {
        var roster = store.metrics().latest().roster();
        return FleetTrend.read(store.metrics(), roster, Reading.HASHRATE_THS, now, Duration.ofHours(hours), hours);
    }

    @Test
    void a_point_is_the_first_reading_of_its_step() {
        poll(NOON.plusSeconds(30), sample(ONE, NOON, 100));
        poll(NOON.plusSeconds(60), sample(ONE, NOON, 200));
        poll(NOON.plusSeconds(3_600), sample(ONE, NOON, 300));

        FleetTrend trend = trend(NOON.plusSeconds(4_000), 3);

        assertThat(trend.values(0)).containsExactly(ABSENT, 100, 300);
        assertThat(trend.since()).isEqualTo(NOON.minusSeconds(3_600));
        assertThat(trend.step()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void zero_is_a_reading_and_a_miner_that_did_not_answer_has_none() {
        poll(NOON, sample(ONE, NOON, 0), sample(TWO, NOON, 90));
        poll(NOON.plusSeconds(3_600), sample(TWO, NOON, 91));

        FleetTrend trend = trend(NOON.plusSeconds(3_601), 2);

        assertThat(Stream.of(0, 1)
                        .filter(row -> trend.roster().miner(row).address().equals(ONE))
                        .map(trend::values))
                .containsExactly(new double[] {0, ABSENT});
    }

    @Test
    void a_miner_that_answered_too_late_for_a_poll_has_the_reading_of_the_next_one() {
        poll(NOON, sample(ONE, NOON, 100));
        poll(NOON.plusSeconds(30), sample(ONE, NOON, 101), sample(TWO, NOON, 90));

        FleetTrend trend = trend(NOON.plusSeconds(60), 2);

        assertThat(Stream.of(0, 1).map(row -> trend.values(row)[1])).containsExactlyInAnyOrder(100.0, 90.0);
    }

    @Test
    void no_more_than_three_polls_of_a_step_are_looked_at() {
        for (int number = 0; number < 3; number++) {
            poll(NOON.plusSeconds(30L * number), sample(ONE, NOON, 100));
        }
        poll(NOON.plusSeconds(90), sample(ONE, NOON, 100), sample(TWO, NOON, 90));

        FleetTrend trend = trend(NOON.plusSeconds(100), 2);

        assertThat(Stream.of(0, 1).map(row -> trend.values(row)[1])).containsExactlyInAnyOrder(100.0, ABSENT);
    }

    @Test
    void points_stay_what_they_are_while_time_goes_on() {
        poll(NOON.plusSeconds(10), sample(ONE, NOON, 100));
        poll(NOON.plusSeconds(3_610), sample(ONE, NOON, 110));

        assertThat(trend(NOON.plusSeconds(3_620), 2).values(0))
                .isEqualTo(trend(NOON.plusSeconds(7_199), 2).values(0))
                .containsExactly(100, 110);
    }

    @Test
    void a_fleet_without_miners_has_a_trend_without_rows() {
        assertThat(trend(NOON, 2).roster().size()).isZero();
    }

    @Test
    void a_line_needs_two_points_and_a_second_for_each() {
        var metrics = store.metrics();
        var roster = metrics.latest().roster();
        assertThatThrownBy(() -> FleetTrend.read(metrics, roster, Reading.HASHRATE_THS, NOON, Duration.ofHours(1), 1))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("points");
        assertThatThrownBy(
                        () -> FleetTrend.read(metrics, roster, Reading.HASHRATE_THS, NOON, Duration.ofSeconds(9), 10))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("span");
    }
}
