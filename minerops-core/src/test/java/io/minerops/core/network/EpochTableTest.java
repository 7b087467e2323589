package io.minerops.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.profit.Epoch;
import io.minerops.api.profit.MarketException;
import io.minerops.core.network.EpochTable.Stretch;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochTableTest {
    private static final EpochTable TABLE = EpochTable.shipped();
    private static final Epoch LAST = TABLE.epochs().get(TABLE.epochs().size() - 1);

    @Nested
    class Shipped {
        @Test
        void is_what_the_generator_makes_of_the_published_figures() throws IOException {
            assertThat(resource()).isEqualTo(PublishedEpochs.table());
        }

        @Test
        void takes_less_than_10_kilobytes() throws IOException {
            assertThat(resource()).hasSizeLessThan(10_000);
        }

        @Test
        void is_refused_when_a_single_bit_differs() throws IOException {
            byte[] damaged = resource();
            damaged[damaged.length / 2] ^= 4;

            assertThatThrownBy(() -> EpochCodec.decode(damaged))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the epoch table is damaged: its checksum does not match");
        }

        @Test
        void has_every_epoch_up_to_height_953568() {
            assertThat(TABLE.epochs())
                    .extracting(Epoch::number)
                    .hasSize(474)
                    .isSorted()
                    .doesNotHaveDuplicates();
            assertThat(LAST.firstHeight()).isEqualTo(953_568);
        }

        @Test
        void has_the_published_difficulty_of_every_epoch() {
            assertThat(PublishedEpochs.lines())
                    .hasSize(474)
                    .allSatisfy(line -> assertThat(difficulty(line.number())).isEqualTo(line.difficulty()));
        }

        @Test
        void has_the_difficulty_of_every_checkpoint_of_bitcoinj_to_1e_12() {
            assertThat(BitcoinjCheckpoints.all()).hasSize(436).allSatisfy(checkpoint -> {
                double theirs = CompactBits.difficulty(checkpoint.bits());
                assertThat(difficulty(number(checkpoint.height()))).isCloseTo(theirs, within(theirs * 1e-12));
            });
        }

        @Test
        void has_the_time_of_every_checkpoint_of_bitcoinj() {
            assertThat(BitcoinjCheckpoints.all()).allSatisfy(checkpoint -> {
                Epoch epoch = TABLE.epoch(number(checkpoint.height())).orElseThrow();
                assertThat(epoch.startedAt().getEpochSecond()).isEqualTo(checkpoint.time());
                assertThat(epoch.timeEstimated()).isFalse();
            });
        }

        @Test
        void says_which_times_are_calculated() {
            assertThat(TABLE.epochs().stream().filter(Epoch::timeEstimated).map(Epoch::number))
                    .hasSize(37)
                    .first()
                    .isEqualTo(437);
        }

        @ParameterizedTest
        @ValueSource(ints = {100, 200, 300, 350, 399})
        void calculates_the_times_of_37_epochs_to_two_hours(int from) {
            List<Epoch> untimed = TABLE.epochs().subList(0, from + 38).stream()
                    .map(epoch -> new Epoch(epoch.number(), epoch.bits(), epoch.startedAt(), epoch.number() > from))
                    .toList();

            EpochTable calculated = EpochCodec.decode(EpochCodec.encode(untimed));

            assertThat(calculated.epochs().get(from + 37).startedAt())
                    .isCloseTo(TABLE.epochs().get(from + 37).startedAt(), within(Duration.ofHours(2)));
        }

        private static byte[] resource() throws IOException {
            try (InputStream in = EpochTable.class.getResourceAsStream("epochs.bin")) {
                return Objects.requireNonNull(in).readAllBytes();
            }
        }

        private static int number(long height) {
            return Math.toIntExact(height / Epoch.BLOCKS);
        }
    }

    @Nested
    class ByTime {
        /** The last difficulty of each month as published on that day by Hashrate Index. */
        @ParameterizedTest
        @CsvSource({
            "2021-08-07T12:00:00Z, 14496442856349.12",
            "2021-10-24T12:00:00Z, 20082460130830.844",
            "2024-09-16T12:00:00Z, 92671576265161.06",
            "2024-10-07T12:00:00Z, 88404402370999.9",
            "2024-11-12T12:00:00Z, 101646843652785.17",
            "2025-03-03T12:00:00Z, 110568428300952.69",
            "2025-11-03T12:00:00Z, 155973032196071.94",
            "2026-01-12T12:00:00Z, 146472570619930.78"
        })
        void has_the_difficulty_of_the_day(Instant at, double difficulty) {
            assertThat(CompactBits.difficulty(TABLE.at(at).orElseThrow().bits()))
                    .isEqualTo(difficulty);
        }

        @Test
        void has_no_difficulty_before_the_first_block() {
            assertThat(TABLE.at(Instant.parse("2009-01-03T18:15:04Z"))).isEmpty();
            assertThat(TABLE.at(Instant.parse("2009-01-03T18:15:05Z"))
                            .orElseThrow()
                            .number())
                    .isZero();
        }

        @Test
        void has_no_difficulty_after_the_two_weeks_of_the_last_epoch() {
            assertThat(TABLE.at(LAST.startedAt().plus(Duration.ofDays(14)).minusMillis(1)))
                    .contains(LAST);
            assertThat(TABLE.at(LAST.startedAt().plus(Duration.ofDays(14)))).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 1, 2_015, 2_016, 210_000, 840_000, 953_567, 953_568, 1_050_000, 2_000_000_000})
        void gives_the_height_at_the_time_of_a_block(long height) {
            Instant time = TABLE.timeOf(height);

            assertThat(TABLE.heightAt(time)).isEqualTo(height);
            assertThat(height == 0 || TABLE.heightAt(time.minusMillis(1)) == height - 1)
                    .isTrue();
        }

        /** Times of the halving blocks by their headers. */
        @ParameterizedTest
        @CsvSource({
            "210000, 2012-11-28T15:24:38Z",
            "420000, 2016-07-09T16:46:13Z",
            "630000, 2020-05-11T19:23:43Z",
            "840000, 2024-04-20T00:09:27Z"
        })
        void has_the_time_of_every_past_halving(long height, Instant time) {
            assertThat(TABLE.timeOf(height)).isEqualTo(time);
            assertThat(TABLE.heightAt(time.minusMillis(1))).isEqualTo(height - 1);
        }

        @Test
        void ascends_from_each_known_block_to_the_next() {
            for (long height = 0; height < 960_000; height += 24) {
                assertThat(TABLE.timeOf(height)).isBefore(TABLE.timeOf(height + 24));
            }
        }

        @Test
        void continues_at_600_s_a_block() {
            assertThat(TABLE.heightAt(LAST.startedAt().plusSeconds(6_000_000))).isEqualTo(953_568 + 10_000);
        }

        @Test
        void has_no_height_before_the_first_block() {
            assertThatThrownBy(() -> TABLE.heightAt(Instant.EPOCH))
                    .isInstanceOf(InvalidArgumentException.class)
                    .hasMessage(
                            "at must not be before the first block (2009-01-03T18:15:05Z), not 1970-01-01T00:00:00Z");
        }
    }

    @Nested
    class InStretches {
        @Test
        void is_cut_where_difficulty_changes_and_where_the_subsidy_halves() {
            Instant from = Instant.parse("2024-03-25T00:00:00Z");
            Instant to = Instant.parse("2024-05-01T00:00:00Z");

            List<Stretch> stretches = TABLE.stretches(from, to);

            assertThat(stretches)
                    .extracting(Stretch::difficulty, Stretch::subsidyBtc)
                    .containsExactly(
                            tuple(difficulty(414), 6.25),
                            tuple(difficulty(415), 6.25),
                            tuple(difficulty(416), 6.25),
                            tuple(difficulty(416), 3.125),
                            tuple(difficulty(417), 3.125));
            assertThat(stretches.get(0).from()).isEqualTo(from);
            assertThat(stretches.get(4).to()).isEqualTo(to);
            for (int i = 1; i < stretches.size(); i++) {
                assertThat(stretches.get(i).from())
                        .isEqualTo(stretches.get(i - 1).to());
            }
        }

        @Test
        void has_no_difficulty_where_the_table_has_none() {
            Instant end = LAST.startedAt().plus(Duration.ofDays(14));

            assertThat(TABLE.stretches(end.minusSeconds(60), end.plusSeconds(60)))
                    .extracting(Stretch::difficulty)
                    .containsExactly(difficulty(473), null);
        }

        @Test
        void handles_the_halving_of_2028() {
            Instant halving = TABLE.timeOf(1_049_999);

            assertThat(TABLE.stretches(halving.minusSeconds(3_600), halving.plusSeconds(3_600)))
                    .extracting(Stretch::to, Stretch::subsidyBtc)
                    .containsExactly(tuple(halving, 3.125), tuple(halving.plusSeconds(3_600), 1.5625));
        }

        @Test
        void is_empty_for_an_empty_period() {
            assertThat(TABLE.stretches(LAST.startedAt(), LAST.startedAt())).isEmpty();
        }

        private static org.assertj.core.groups.Tuple tuple(Object... values) {
            return org.assertj.core.groups.Tuple.tuple(values);
        }
    }

    @Nested
    class Extended {
        private final Epoch next = new Epoch(
                474, CompactBits.ofDifficulty(130e12), LAST.startedAt().plus(Duration.ofDays(14)), false);

        @Test
        void has_the_epoch_that_follows() {
            EpochTable more = TABLE.with(next, "node");

            assertThat(more.at(next.startedAt())).contains(next);
            assertThat(more.epochs()).hasSize(475);
            assertThat(TABLE.epochs()).hasSize(474);
        }

        @Test
        void can_leave_out_epochs_whose_difficulty_stays_unknown() {
            Epoch later = new Epoch(480, next.bits(), LAST.startedAt().plus(Duration.ofDays(98)), false);

            EpochTable more = TABLE.with(later, "node");

            assertThat(more.at(later.startedAt().minusSeconds(1))).isEmpty();
            assertThat(more.at(later.startedAt())).contains(later);
            assertThat(more.heightAt(later.startedAt())).isEqualTo(later.firstHeight());
            assertThat(more.with(next, "node").epochs()).contains(next, later);
        }

        @Test
        void takes_the_known_time_for_the_calculated_one() {
            Epoch known = new Epoch(473, LAST.bits(), LAST.startedAt().plusSeconds(900), false);

            assertThat(TABLE.with(known, "node").epoch(473)).contains(known);
        }

        @Test
        void refuses_another_difficulty_for_a_known_epoch() {
            Epoch wrong = new Epoch(436, LAST.bits(), TABLE.epochs().get(436).startedAt(), false);

            assertThatThrownBy(() -> TABLE.with(wrong, "mempool.space"))
                    .isInstanceOf(MarketException.class)
                    .hasMessage("mempool.space: refused, contradicts the epoch table: difficulty of epoch 436 is"
                            + " 1.1045190737464952E14, not 1.2493286600654816E14");
        }

        @Test
        void refuses_another_time_for_a_known_epoch() {
            Epoch known = TABLE.epochs().get(436);
            Epoch wrong = new Epoch(436, known.bits(), known.startedAt().plusSeconds(1), false);

            assertThatThrownBy(() -> TABLE.with(wrong, "mempool.space"))
                    .isInstanceOf(MarketException.class)
                    .hasMessage("mempool.space: refused, contradicts the epoch table: epoch 436 started at"
                            + " 2025-01-12T20:01:51Z, not 2025-01-12T20:01:52Z");
        }

        @ParameterizedTest
        @CsvSource({"500000000000000, 14", "31000000000000, 14", "130000000000000, 57", "130000000000000, 0"})
        void refuses_what_no_retarget_gives(double difficulty, int days) {
            Epoch wrong = new Epoch(
                    474, CompactBits.ofDifficulty(difficulty), LAST.startedAt().plus(Duration.ofDays(days)), false);

            assertThatThrownBy(() -> TABLE.with(wrong, "mempool.space"))
                    .isInstanceOf(MarketException.class)
                    .hasMessageStartingWith("mempool.space: refused, epoch 474 (difficulty ")
                    .hasMessageContaining("cannot follow epoch 473");
        }
    }

    private static double difficulty(int number) {
        return CompactBits.difficulty(TABLE.epoch(number).orElseThrow().bits());
    }
}
