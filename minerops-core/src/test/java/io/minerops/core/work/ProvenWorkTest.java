package io.minerops.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.miner.ProvenWork;
import io.minerops.api.miner.ShareCounters;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProvenWorkTest {
    private static final double TERA_PER_DIFFICULTY = (1L << 32) / 1e12;
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    @Nested
    class Figures {
        private final ProvenWork hour = new ProvenWork(3_600, 100_000, 100_000.0 * 1_000, 125);

        @Test
        void are_difficulty_times_2_to_the_32_over_time() {
            assertThat(hour.provenThs()).isCloseTo(100_000 * TERA_PER_DIFFICULTY / 3_600, within(1e-12));
        }

        @Test
        void have_a_deviation_of_one_over_the_root_of_equal_shares() {
            assertThat(hour.relativeDeviation()).isCloseTo(0.1, within(1e-12));
            assertThat(hour.intervalThs(2)).isCloseTo(hour.provenThs() * 0.2, within(1e-9));
        }

        @Test
        void say_which_part_of_the_claim_is_not_proven() {
            assertThat(hour.unprovenShare()).isCloseTo(1 - hour.provenThs() / 125, within(1e-12));
        }

        @Test
        void are_absent_without_time_or_share() {
            ProvenWork noShare = new ProvenWork(60, 0, 0, 100);

            assertThat(ProvenWork.NONE.provenThs()).isNaN();
            assertThat(noShare.provenThs()).isZero();
            assertThat(noShare.relativeDeviation()).isNaN();
            assertThat(noShare.deviationsBelowClaim()).isNaN();
        }

        @Test
        void compare_with_no_claim_where_none_was_made() {
            ProvenWork unclaimed = new ProvenWork(60, 100, 100, Double.NaN);

            assertThat(unclaimed.unprovenShare()).isNaN();
            assertThat(unclaimed.deviationsBelowClaim()).isNaN();
        }

        @Property
        void add_up(
                @ForAll @DoubleRange(min = 1, max = 1e5) double seconds,
                @ForAll @DoubleRange(min = 1, max = 1e9) double difficulty) {
            ProvenWork one = new ProvenWork(seconds, difficulty, difficulty * 8, 100);
            ProvenWork other = new ProvenWork(3_600, 5e5, 5e5 * 64, 200);

            ProvenWork both = one.plus(other);

            double weighted = (one.provenThs() * seconds + other.provenThs() * 3_600) / (seconds + 3_600);
            assertThat(both.provenThs()).isCloseTo(weighted, within(weighted * 1e-12));
            assertThat(both).isEqualTo(other.plus(one));
            assertThat(both.plus(ProvenWork.NONE)).isEqualTo(both);
            assertThat(ProvenWork.NONE.plus(both)).isEqualTo(both);
        }
    }

    @Nested
    class Between_two_readings {
        private final ShareCounters before = new ShareCounters(START, 1_000, 5e6, 500, 100);

        @Test
        void is_the_difference_of_the_counters() {
            ProvenWork work = after(60, 1_060, 5.01e6, 501, 110).since(before);

            assertThat(work.difficultySum()).isCloseTo(1e4, within(1e-6));
            assertThat(work.difficultySquareSum()).isCloseTo(1e8, within(1.0));
            assertThat(work.seconds()).isEqualTo(60);
            assertThat(work.claimedThs()).isEqualTo(105);
        }

        @Test
        void without_a_share_is_time_without_work() {
            assertThat(after(60, 1_060, 5e6, 500, 100).since(before)).isEqualTo(new ProvenWork(60, 0, 0, 100));
        }

        @Test
        void is_nothing_after_a_restart() {
            assertThat(after(60, 20, 1e4, 1, 100).since(before)).isEqualTo(ProvenWork.NONE);
            assertThat(after(60, 20, 6e6, 600, 100).since(before)).isEqualTo(ProvenWork.NONE);
        }

        @Test
        void is_nothing_where_the_firmware_does_not_count_difficulty() {
            ShareCounters zero = new ShareCounters(START, 1_000, 0, 500, 100);

            assertThat(after(60, 1_060, 0, 510, 100).since(zero)).isEqualTo(ProvenWork.NONE);
        }

        @Test
        void is_nothing_where_a_counter_or_the_claim_is_absent() {
            assertThat(after(60, 1_060, Double.NaN, 510, 100).since(before)).isEqualTo(ProvenWork.NONE);
            assertThat(after(60, 1_060, 6e6, Double.NaN, 100).since(before)).isEqualTo(ProvenWork.NONE);
            assertThat(after(60, 1_060, 6e6, 510, Double.NaN).since(before)).isEqualTo(ProvenWork.NONE);
        }

        @Test
        void is_nothing_after_more_than_an_hour() {
            assertThat(after(3_601, 4_601, 6e6, 510, 100).since(before)).isEqualTo(ProvenWork.NONE);
        }

        @Test
        void does_not_need_the_running_time() {
            assertThat(after(60, Double.NaN, 6e6, 510, 100).since(before).seconds())
                    .isEqualTo(60);
        }

        private ShareCounters after(int seconds, double elapsed, double difficulty, double accepted, double claimed) {
            return new ShareCounters(START.plusSeconds(seconds), elapsed, difficulty, accepted, claimed);
        }
    }

    @Nested
    class Of_many_simulated_days {
        private static final int DAYS = 2_000;
        private static final double SHARE = 65_536;

        @Test
        void deviates_from_an_honest_claim_as_a_normal_variable_does() {
            double[] deviations = deviations(1.0);

            assertThat(mean(deviations)).isCloseTo(0, within(0.1));
            assertThat(share(deviations, 2)).isBetween(0.01, 0.04);
            assertThat(share(deviations, 4)).isZero();
        }

        @Test
        void finds_a_claim_of_10_percent_more_than_the_work() {
            assertThat(share(deviations(1.1), 3)).isGreaterThan(0.99);
        }

        private double[] deviations(double claim) {
            double ths = 100;
            double sharesADay = ths * 86_400 / TERA_PER_DIFFICULTY / SHARE;
            Random random = new Random(20_261_128);
            return IntStream.range(0, DAYS)
                    .mapToDouble(day -> {
                        long shares = Math.round(sharesADay + Math.sqrt(sharesADay) * random.nextGaussian());
                        return new ProvenWork(86_400, shares * SHARE, shares * SHARE * SHARE, ths * claim)
                                .deviationsBelowClaim();
                    })
                    .toArray();
        }

        private double mean(double[] values) {
            return Arrays.stream(values).average().orElseThrow();
        }

        private double share(double[] values, double above) {
            return Arrays.stream(values).filter(value -> value > above).count() / (double) values.length;
        }
    }
}
