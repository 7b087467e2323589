package io.minerops.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.store.HistoryQuery;
import io.minerops.api.store.MetricRollup;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.RollupQuery;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UptimeTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final MinerAddress ONE = new MinerAddress("10.0.0.1", 4028);
    private static final MinerAddress TWO = new MinerAddress("10.0.0.2", 4028);
    private static final Duration ONLINE_WITHIN = Duration.ofSeconds(100);
    private static final double DAY_S = 86_400;

    @Nested
    class Of_samples {
        private final InMemoryStore store = new InMemoryStore();

        /** A poll each minute: a word is what the miner reports; {@code gone} is no answer, {@code none} is no poll. */
        private Uptime after(String... minutes) {
            Instant at = NOON;
            for (String word : minutes) {
                if (!word.equals("none")) {
                    List<MetricSample> samples = new ArrayList<>(List.of(sample(TWO, at, WorkState.MINING, 100)));
                    if (!word.equals("gone")) {
                        samples.add(sample(
                                ONE,
                                at,
                                WorkState.valueOf(word.toUpperCase(Locale.ROOT)),
                                word.equals("mining") ? 100 : 0));
                    }
                    store.metrics().append(Poll.of(at, samples));
                }
                at = at.plusSeconds(60);
            }
            return read(NOON, at);
        }

        private Uptime read(Instant since, Instant until) {
            return Uptime.read(
                    store.metrics(),
                    Miner.builder(ONE, NOON.minusSeconds(3_600)).build(),
                    since,
                    until,
                    ONLINE_WITHIN);
        }

        @Test
        void counts_the_time_for_which_each_sample_holds() {
            Uptime uptime = after("mining", "mining", "idle", "fault");

            assertThat(uptime).isEqualTo(new Uptime(120, 0, 120, 0, 0, 0, 0));
            assertThat(uptime.uptime()).isEqualTo(0.5);
        }

        @Test
        void leaves_out_time_in_which_it_was_stopped_on_purpose_by_one_definition_only() {
            Uptime uptime = after("mining", "paused", "asleep", "mining");

            assertThat(uptime.uptime()).isEqualTo(1);
            assertThat(uptime.availability()).isEqualTo(0.5);
            assertThat(uptime.stoppedS()).isEqualTo(120);
        }

        @Test
        void is_offline_when_the_sample_is_too_old_to_be_online() {
            Uptime uptime = after("mining", "gone", "gone", "mining");

            assertThat(uptime).isEqualTo(new Uptime(160, 0, 0, 80, 0, 0, 0));
        }

        @Test
        void is_offline_all_the_time_where_a_registered_miner_never_answered() {
            assertThat(after("gone", "gone", "gone").offlineS()).isEqualTo(180);
        }

        @Test
        void knows_nothing_of_time_without_polls() {
            String[] minutes = new String[30];
            Arrays.fill(minutes, "none");
            minutes[0] = "mining";
            minutes[29] = "mining";

            Uptime uptime = after(minutes);

            assertThat(uptime.miningS()).isEqualTo(160);
            assertThat(uptime.unobservedS()).isEqualTo(1_640);
            assertThat(uptime.uptime()).isEqualTo(1);
        }

        @Test
        void takes_what_holds_at_the_beginning_from_the_poll_before_it() {
            after("asleep", "asleep", "mining", "mining");

            assertThat(read(NOON.plusSeconds(90), NOON.plusSeconds(180))).isEqualTo(new Uptime(60, 30, 0, 0, 0, 0, 0));
        }

        @Test
        void knows_nothing_of_a_miner_before_its_registration() {
            after("gone", "gone", "mining", "mining");
            Miner fresh = Miner.builder(ONE, NOON.plusSeconds(120)).build();

            Uptime uptime = Uptime.read(store.metrics(), fresh, NOON, NOON.plusSeconds(240), ONLINE_WITHIN);

            assertThat(uptime).isEqualTo(new Uptime(120, 0, 0, 0, 0, 120, 0));
        }

        @Test
        void is_absent_without_any_poll() {
            Uptime uptime = read(NOON, NOON.plusSeconds(600));

            assertThat(uptime.unobservedS()).isEqualTo(600);
            assertThat(uptime.uptime()).isNaN();
            assertThat(uptime.availability()).isNaN();
        }

        @Test
        void refuses_a_span_that_ends_before_it_begins() {
            assertThatThrownBy(() -> read(NOON, NOON.minusSeconds(600)))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("until");
        }

        @Property(tries = 200)
        void the_parts_are_the_whole_and_spans_add_up(
                @ForAll @Size(min = 2, max = 40) List<@IntRange(min = 0, max = 6) Integer> words,
                @ForAll @IntRange(min = 1, max = 99) int cut) {
            String[] names = {"mining", "idle", "paused", "asleep", "fault", "gone", "none"};
            Of_samples fresh = new Of_samples();
            Uptime whole = fresh.after(words.stream().map(word -> names[word]).toArray(String[]::new));
            Instant until = NOON.plusSeconds(60L * words.size());
            Instant middle = NOON.plusMillis(600L * words.size() * cut);

            assertThat(whole.totalS()).isCloseTo(60.0 * words.size(), within(1e-9));
            if (whole.miningS() > 0) {
                assertThat(whole.availability()).isLessThanOrEqualTo(whole.uptime());
            }
            Uptime first = fresh.read(NOON, middle);
            Uptime second = fresh.read(middle, until);
            assertThat(first.totalS() + second.totalS()).isCloseTo(whole.totalS(), within(1e-9));
            assertThat(first.plus(second).miningS()).isCloseTo(whole.miningS(), within(1e-9));
            assertThat(first.plus(second).stoppedS()).isCloseTo(whole.stoppedS(), within(1e-9));
        }
    }

    @Nested
    class Of_one_sample {
        @ParameterizedTest
        @CsvSource({
            "MINING, 100, MINING",
            "MINING, 0, DOWN",
            "TUNING, 90, MINING",
            "TUNING, 0, DOWN",
            "PAUSED, 0, STOPPED",
            "ASLEEP, 0, STOPPED",
            "IDLE, 0, DOWN",
            "FAULT, 50, DOWN",
            "UNKNOWN, 50, MINING",
            "UNKNOWN, 0, DOWN",
            "UNKNOWN, NaN, UNKNOWN",
        })
        void follows_from_its_state_and_its_rate(WorkState state, double rate, TimeUse use) {
            assertThat(TimeUse.of(state, rate)).isEqualTo(use);
        }
    }

    @Nested
    class Of_days_whose_samples_are_no_longer_stored {
        @Test
        void takes_each_state_as_often_as_it_was_counted() {
            var day = day(Map.of(WorkState.MINING, 50L, WorkState.PAUSED, 25L, WorkState.FAULT, 5L), 80);

            Uptime uptime = TimeUse.ofDay(day, 100);

            assertThat(uptime.miningS()).isCloseTo(DAY_S * 0.5, within(1e-6));
            assertThat(uptime.stoppedS()).isCloseTo(DAY_S * 0.25, within(1e-6));
            assertThat(uptime.downS()).isCloseTo(DAY_S * 0.05, within(1e-6));
            assertThat(uptime.offlineS()).isCloseTo(DAY_S * 0.2, within(1e-6));
            assertThat(uptime.estimatedS()).isEqualTo(DAY_S);
        }

        @Test
        void counts_samples_without_a_state_but_with_a_rate_as_down() {
            Uptime uptime = TimeUse.ofDay(day(Map.of(WorkState.MINING, 50L), 80), 100);

            assertThat(uptime.downS()).isCloseTo(DAY_S * 0.3, within(1e-6));
        }

        @Test
        void judges_days_without_states_by_their_rates() {
            assertThat(TimeUse.ofDay(day(Map.of(), 90, 95, 100), 100).miningS()).isCloseTo(DAY_S, within(1e-6));
            assertThat(TimeUse.ofDay(day(Map.of(), 0, 0, 100), 100).downS()).isCloseTo(DAY_S, within(1e-6));
            assertThat(TimeUse.ofDay(day(Map.of(), 0, 95, 100), 100).unknownS()).isCloseTo(DAY_S, within(1e-6));
        }

        @Test
        void is_offline_on_a_day_of_which_other_miners_have_samples() {
            assertThat(TimeUse.ofDay(null, 100)).isEqualTo(new Uptime(0, 0, 0, DAY_S, 0, 0, DAY_S));
        }

        @Test
        void are_read_from_roll_ups_up_to_the_first_poll_that_is_stored() {
            Instant firstPoll = Instant.parse("2026-03-03T12:00:00Z");
            Instant until = firstPoll.plusSeconds(60);
            Instant since = Instant.parse("2026-02-28T18:00:00Z");
            RolledUp metrics = new RolledUp(firstPoll, day(Map.of(WorkState.MINING, 100L), 100));

            Uptime uptime = Uptime.read(metrics, Miner.builder(ONE, since).build(), since, until, ONLINE_WITHIN);

            // 1 March is rolled up, nothing is known of 2 March, and 3 March has one poll
            assertThat(uptime).isEqualTo(new Uptime(DAY_S + 60, 0, 0, 0, 0, 0.25 * DAY_S + 1.5 * DAY_S, DAY_S));
            assertThat(uptime.totalS())
                    .isEqualTo((double) Duration.between(since, until).toSeconds());
        }

        private MetricRollup day(Map<WorkState, Long> states, long samples) {
            return day(states, 0, 100, samples);
        }

        private MetricRollup day(Map<WorkState, Long> states, double min, double max, long samples) {
            return new MetricRollup(
                    ONE,
                    Instant.parse("2026-03-01T00:00:00Z"),
                    Map.of(Reading.HASHRATE_THS, new MetricRollup.Of(samples, min, (min + max) / 2, max, max)),
                    0,
                    0,
                    false,
                    null,
                    states,
                    ProvenWork.NONE);
        }
    }

    /** One day of roll-ups and one poll. */
    private record RolledUp(Instant poll, MetricRollup day) implements MetricStore {
        @Override
        public void append(Poll added) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FleetSnapshot latest() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void history(HistoryQuery query, BiConsumer<Instant, MetricSample> consumer) {
            consumer.accept(poll, sample(ONE, poll, WorkState.MINING, 100));
        }

        @Override
        public void rollups(RollupQuery query, Predicate<MetricRollup> consumer) {
            assertThat(consumer.test(day)).as("more is wanted").isTrue();
        }

        @Override
        public int prune(Instant before) {
            throw new UnsupportedOperationException();
        }
    }

    private static MetricSample sample(MinerAddress miner, Instant at, WorkState state, double ths) {
        return MetricSample.builder(miner, at)
                .set(Reading.HASHRATE_THS, ths)
                .state(state)
                .build();
    }
}
