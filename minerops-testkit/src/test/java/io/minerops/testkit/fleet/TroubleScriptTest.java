package io.minerops.testkit.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.testkit.fleet.TroubleScript.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TroubleScriptTest {
    private static Trouble at(TroubleScript script, int miner, long second) {
        return script.troubleAt(miner, Duration.ofSeconds(second));
    }

    @Nested
    class Of {
        private final TroubleScript script = TroubleScript.of(List.of(
                new Step(Duration.ofSeconds(10), Duration.ofSeconds(20), 3, Trouble.HOT),
                new Step(Duration.ofSeconds(15), Duration.ofSeconds(30), 3, Trouble.SLOW)));

        @Test
        void a_step_holds_from_its_beginning_until_before_its_end() {
            assertThat(at(script, 3, 9)).isEqualTo(Trouble.NONE);
            assertThat(at(script, 3, 10)).isEqualTo(Trouble.HOT);
            assertThat(at(script, 3, 29)).isEqualTo(Trouble.SLOW);
            assertThat(at(script, 3, 30)).isEqualTo(Trouble.NONE);
        }

        @Test
        void the_first_of_overlapping_steps_holds() {
            assertThat(at(script, 3, 17)).isEqualTo(Trouble.HOT);
        }

        @Test
        void other_miners_are_well() {
            assertThat(at(script, 2, 17)).isEqualTo(Trouble.NONE);
        }

        @Test
        void a_step_ends_after_it_begins() {
            assertThatThrownBy(() -> new Step(Duration.ofSeconds(5), Duration.ofSeconds(5), 0, Trouble.HOT))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("PT5S");
        }
    }

    @Nested
    class Demo {
        private static final int MINERS = 20;
        private static final long SEED = 11;

        private final TroubleScript script = TroubleScript.demo(MINERS, SEED);

        /** The miner that has each trouble, and for how many seconds, within the two minutes of a round. */
        private Map<Trouble, Map<Integer, Integer>> round(TroubleScript of, int miners, int number) {
            Map<Trouble, Map<Integer, Integer>> seconds = new EnumMap<>(Trouble.class);
            for (int miner = 0; miner < miners; miner++) {
                for (int second = 0; second < 120; second++) {
                    Trouble trouble = at(of, miner, number * 120L + second);
                    if (trouble != Trouble.NONE) {
                        seconds.computeIfAbsent(trouble, key -> new HashMap<>()).merge(miner, 1, Integer::sum);
                    }
                }
            }
            return seconds;
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 500_000})
        void each_kind_comes_within_two_minutes_to_one_miner_of_its_own(int number) {
            Map<Trouble, Map<Integer, Integer>> round = round(script, MINERS, number);
            assertThat(round.keySet()).isEqualTo(EnumSet.copyOf(Trouble.everyday()));
            assertThat(round.values()).allSatisfy(miners -> assertThat(miners).hasSize(1));
            Set<Integer> befallen = new HashSet<>();
            round.values().forEach(miners -> befallen.addAll(miners.keySet()));
            assertThat(befallen).hasSize(Trouble.everyday().size());
        }

        @Test
        void each_lasts_from_30_to_55_seconds_and_a_gone_miner_for_longer_than_40() {
            round(script, MINERS, 0)
                    .forEach((trouble, miners) -> assertThat(miners.values())
                            .allSatisfy(
                                    seconds -> assertThat(seconds).isBetween(trouble == Trouble.GONE ? 41 : 30, 55)));
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 119, 120, 239, 240})
        void all_are_well_where_one_round_ends_and_the_next_begins(long second) {
            for (int miner = 0; miner < MINERS; miner++) {
                assertThat(at(script, miner, second)).isEqualTo(Trouble.NONE);
            }
        }

        @Test
        void the_next_round_befalls_other_miners() {
            assertThat(round(script, MINERS, 1)).isNotEqualTo(round(script, MINERS, 0));
        }

        @Test
        void the_same_seed_gives_the_same_script_whatever_was_queried_before() {
            Map<Trouble, Map<Integer, Integer>> first = round(script, MINERS, 0);
            round(script, MINERS, 9);
            assertThat(round(script, MINERS, 0)).isEqualTo(first);
            assertThat(round(TroubleScript.demo(MINERS, SEED), MINERS, 0)).isEqualTo(first);
            assertThat(round(TroubleScript.demo(MINERS, SEED + 1), MINERS, 0)).isNotEqualTo(first);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 3, 4})
        void over_power_comes_to_a_miner_that_measures_its_power(int number) {
            Set<Integer> befallen = round(script, MINERS, number)
                    .getOrDefault(Trouble.OVER_POWER, Map.of())
                    .keySet();
            assertThat(befallen)
                    .singleElement()
                    .satisfies(miner -> assertThat(
                                    Model.of(Model.all(), SEED, miner).measuresPower())
                            .isTrue());
        }

        @Test
        void a_small_fleet_has_all_kinds_in_the_course_of_some_rounds() {
            TroubleScript small = TroubleScript.demo(3, SEED);
            List<Trouble> seen = new ArrayList<>();
            for (int number = 0; number < 3; number++) {
                Map<Trouble, Map<Integer, Integer>> round = round(small, 3, number);
                assertThat(round).hasSize(3);
                seen.addAll(round.keySet());
            }
            assertThat(seen).containsAll(Trouble.everyday());
        }
    }

    @Nested
    class A_rack {
        private static final int MINERS = 12;
        private static final int RACK = 4;

        private final TroubleScript script = TroubleScript.demo(MINERS, RACK, 11);

        private Set<Trouble> ofTheRack(double second) {
            Set<Trouble> troubles = EnumSet.noneOf(Trouble.class);
            for (int miner = MINERS - RACK; miner < MINERS; miner++) {
                troubles.add(script.troubleAt(miner, Duration.ofMillis(Math.round(second * 1_000))));
            }
            return troubles;
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 500_000})
        void is_gone_together_for_55_seconds_of_each_round(int round) {
            double start = round * 120.0;

            assertThat(ofTheRack(start + 32.4)).containsExactly(Trouble.NONE);
            assertThat(ofTheRack(start + 32.5)).containsExactly(Trouble.GONE);
            assertThat(ofTheRack(start + 87.4)).containsExactly(Trouble.GONE);
            assertThat(ofTheRack(start + 87.5)).containsExactly(Trouble.NONE);
        }

        @Test
        void leaves_the_troubles_of_the_others_as_they_are_without_it() {
            TroubleScript others = TroubleScript.demo(MINERS - RACK, 11);
            for (int miner = 0; miner < MINERS - RACK; miner++) {
                for (int second = 0; second < 240; second++) {
                    assertThat(at(script, miner, second)).isEqualTo(at(others, miner, second));
                }
            }
        }

        @Test
        void cannot_hold_the_whole_fleet() {
            assertThatThrownBy(() -> TroubleScript.demo(4, 4, 11))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessageContaining("rack");
        }
    }
}
