package io.minerops.core.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.MinerReading;
import io.minerops.api.miner.Reading;
import io.minerops.core.certify.Certificate.Result;
import io.minerops.core.certify.Certificate.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BurnInTest {
    private static final Duration DAY = Duration.ofHours(24);

    private final WatchedMiner miner = new WatchedMiner();
    private BurnIn burnIn = new BurnIn(WatchedMiner.ADDRESS, criteria().build());

    private static CertificateCriteria.Builder criteria() {
        return CertificateCriteria.builder(100, "given", DAY).nominalJPerTh(30.0);
    }

    private Certificate after(Duration time) {
        burnIn.add(miner.answer());
        miner.poll(burnIn, time);
        return burnIn.certificate();
    }

    private static Result result(Certificate certificate, String key) {
        return certificate.results().stream()
                .filter(result -> result.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError(key + " is not judged: " + certificate.notes()));
    }

    private static Verdict verdict(Certificate certificate, String key) {
        return result(certificate, key).verdict();
    }

    @Test
    void a_miner_that_works_as_promised_passes() {
        Certificate certificate = after(DAY);

        assertThat(certificate.results()).extracting(Result::verdict).containsOnly(Verdict.PASS);
        assertThat(certificate.verdict()).isEqualTo(Verdict.PASS);
        assertThat(certificate.results())
                .extracting(Result::key)
                .containsExactly(
                        "proven_hashrate",
                        "claimed_hashrate",
                        "claim",
                        "efficiency",
                        "boards",
                        "chips",
                        "temperature",
                        "restarts",
                        "identity",
                        "answered",
                        "covered");
        assertThat(certificate.notes()).containsExactly("Faults were not judged: the device does not report any.");
        assertThat(certificate.watch().coveredS()).isEqualTo(86_400);
        assertThat(certificate.work().claimedThs()).isCloseTo(100, within(1e-9));
        assertThat(certificate.work().provenThs()).isCloseTo(100, within(2.0));
        assertThat(certificate.work().jPerTh()).isCloseTo(30, within(0.6));
        assertThat(certificate.boards()).extracting(Certificate.Board::serial).containsExactly("A", "B", "C");
    }

    @Test
    void the_bounds_of_the_proven_hashrate_are_those_of_the_count_of_shares() {
        Certificate.Work work = after(DAY).work();

        // 65,536 × 2^32 hashes a share, over a day
        double thsPerShare = 65_536 * 4_294_967_296.0 / 86_400 / 1e12;
        assertThat(work.shares()).isBetween(29_000.0, 32_500.0);
        assertThat(work.provenThs()).isCloseTo(work.shares() * thsPerShare, within(0.05));
        // the normal approximation of the exact bound, which differs by a few shares
        double deviation = 2.3263 * Math.sqrt(work.shares());
        assertThat(work.lowerThs()).isCloseTo((work.shares() - deviation) * thsPerShare, within(0.05));
        assertThat(work.upperThs()).isCloseTo((work.shares() + deviation) * thsPerShare, within(0.05));
    }

    @Nested
    class Hashrate {
        @Test
        void a_miner_that_claims_more_than_it_works_fails_in_a_day() {
            miner.claimsThs = 110;
            Certificate certificate = after(DAY);

            assertThat(verdict(certificate, "claimed_hashrate")).isEqualTo(Verdict.PASS);
            assertThat(verdict(certificate, "claim")).isEqualTo(Verdict.FAIL);
            assertThat(result(certificate, "claim").measured()).isCloseTo(9.1, within(1.5));
            assertThat(certificate.verdict()).isEqualTo(Verdict.FAIL);
        }

        @Test
        void a_miner_that_works_less_than_nominal_fails_whatever_it_claims() {
            miner.worksThs = 90;
            Certificate certificate = after(DAY);

            assertThat(verdict(certificate, "proven_hashrate")).isEqualTo(Verdict.FAIL);
            assertThat(verdict(certificate, "claimed_hashrate")).isEqualTo(Verdict.PASS);
        }

        @Test
        void a_few_minutes_prove_nothing_either_way() {
            miner.worksThs = 97;
            burnIn = new BurnIn(
                    WatchedMiner.ADDRESS,
                    CertificateCriteria.builder(100, "given", Duration.ofMinutes(30))
                            .build());
            Certificate certificate = after(Duration.ofMinutes(30));

            assertThat(verdict(certificate, "covered")).isEqualTo(Verdict.PASS);
            assertThat(verdict(certificate, "proven_hashrate")).isEqualTo(Verdict.NOT_PROVEN);
            assertThat(certificate.verdict()).isEqualTo(Verdict.NOT_PROVEN);
        }

        @Test
        void an_hour_of_a_day_that_was_promised_is_not_enough() {
            Certificate certificate = after(Duration.ofHours(1));

            assertThat(verdict(certificate, "proven_hashrate")).isEqualTo(Verdict.NOT_PROVEN);
            assertThat(verdict(certificate, "covered")).isEqualTo(Verdict.NOT_PROVEN);
        }

        @Test
        void stock_firmware_without_the_difficulty_of_shares_is_not_proven_and_never_passes() {
            miner.reportsDifficulty = false;
            Certificate certificate = after(DAY);

            assertThat(verdict(certificate, "proven_hashrate")).isEqualTo(Verdict.NOT_PROVEN);
            assertThat(result(certificate, "proven_hashrate").finding())
                    .isEqualTo("The device counts accepted shares and does not report their difficulty.");
            assertThat(verdict(certificate, "claim")).isEqualTo(Verdict.NOT_PROVEN);
            assertThat(verdict(certificate, "efficiency")).isEqualTo(Verdict.NOT_PROVEN);
            assertThat(certificate.verdict()).isEqualTo(Verdict.NOT_PROVEN);
            assertThat(certificate.work().provenThs()).isNaN();
        }

        @Test
        void a_miner_that_finds_no_share_at_all_fails_once_chance_cannot_explain_it() {
            miner.worksThs = 0;
            Certificate certificate = after(Duration.ofHours(1));

            assertThat(certificate.work().shares()).isZero();
            assertThat(verdict(certificate, "proven_hashrate")).isEqualTo(Verdict.FAIL);
        }
    }

    @Nested
    class Energy {
        @Test
        void a_nominal_figure_of_the_model_proves_no_efficiency() {
            miner.changed = sample -> sample.powerEstimated(true);

            assertThat(verdict(after(DAY), "efficiency")).isEqualTo(Verdict.NOT_PROVEN);
        }

        @Test
        void too_much_energy_per_work_fails() {
            miner.powerW = 3_600;

            assertThat(verdict(after(DAY), "efficiency")).isEqualTo(Verdict.FAIL);
        }

        @Test
        void without_a_nominal_efficiency_it_is_not_judged_and_a_note_says_so() {
            burnIn = new BurnIn(
                    WatchedMiner.ADDRESS,
                    CertificateCriteria.builder(100, "given", DAY).build());

            assertThat(after(DAY).notes()).contains("Energy per work was not judged: no nominal efficiency was given.");
        }
    }

    @Nested
    class Parts {
        @Test
        void a_dead_board_fails() {
            miner.changed = sample -> sample.set(Reading.BOARDS_ALIVE, 2).set(Reading.CHIPS_ALIVE, 152);
            Certificate certificate = after(DAY);

            assertThat(verdict(certificate, "boards")).isEqualTo(Verdict.FAIL);
            assertThat(verdict(certificate, "chips")).isEqualTo(Verdict.FAIL);
        }

        @Test
        void one_odd_reply_is_no_dead_board() {
            burnIn.add(miner.answer());
            miner.poll(burnIn, DAY.minusHours(1));
            miner.changed = sample -> sample.set(Reading.BOARDS_ALIVE, 2);
            miner.poll(burnIn, Duration.ofMinutes(1));
            miner.changed = sample -> sample;
            miner.poll(burnIn, Duration.ofMinutes(59));

            assertThat(verdict(burnIn.certificate(), "boards")).isEqualTo(Verdict.PASS);
        }

        @Test
        void a_device_that_says_three_boards_fails_where_four_were_promised() {
            burnIn = new BurnIn(WatchedMiner.ADDRESS, criteria().boards(4).build());

            assertThat(verdict(after(DAY), "boards")).isEqualTo(Verdict.FAIL);
        }

        @Test
        void a_hot_minute_fails() {
            burnIn.add(miner.answer());
            miner.changed = sample -> sample.set(Reading.MAX_TEMP_C, 91);
            miner.poll(burnIn, Duration.ofMinutes(1));
            miner.changed = sample -> sample;

            assertThat(verdict(after(DAY), "temperature")).isEqualTo(Verdict.FAIL);
        }

        @Test
        void a_fault_fails_and_is_listed_once() {
            miner.faults = List.of(new DeviceFault("264", "fan lost", null));
            Certificate certificate = after(DAY);

            assertThat(verdict(certificate, "faults")).isEqualTo(Verdict.FAIL);
            assertThat(certificate.faults()).containsExactly(new DeviceFault("264", "fan lost", WatchedMiner.START));
        }

        @Test
        void a_device_that_reports_that_it_has_no_fault_passes() {
            miner.faults = List.of();

            assertThat(verdict(after(DAY), "faults")).isEqualTo(Verdict.PASS);
        }
    }

    @Nested
    class Time {
        @Test
        void a_restart_in_the_middle_fails_and_its_shares_still_count() {
            burnIn.add(miner.answer());
            miner.poll(burnIn, DAY.dividedBy(2)).restart().poll(burnIn, DAY.dividedBy(2));
            Certificate certificate = burnIn.certificate();

            assertThat(verdict(certificate, "restarts")).isEqualTo(Verdict.FAIL);
            assertThat(certificate.watch().restarts()).isEqualTo(1);
            assertThat(verdict(certificate, "proven_hashrate")).isEqualTo(Verdict.PASS);
            assertThat(certificate.work().provenS()).isEqualTo(86_340);
        }

        @Test
        void a_gap_is_not_covered_and_nothing_is_proven_over_it() {
            burnIn.add(miner.answer());
            miner.poll(burnIn, Duration.ofHours(12)).pass(Duration.ofHours(3));
            miner.continuous = false;
            miner.poll(burnIn, Duration.ofHours(9));
            Certificate certificate = burnIn.certificate();

            assertThat(certificate.watch().gaps()).isEqualTo(1);
            assertThat(burnIn.covered()).isBetween(Duration.ofHours(20), Duration.ofHours(21));
            assertThat(certificate.work().provenS())
                    .isEqualTo((double) burnIn.covered().toSeconds());
            assertThat(verdict(certificate, "covered")).isEqualTo(Verdict.NOT_PROVEN);
        }

        @Test
        void a_restart_within_a_gap_is_seen() {
            burnIn.add(miner.answer());
            miner.poll(burnIn, Duration.ofHours(12)).restart();
            miner.continuous = false;
            miner.poll(burnIn, Duration.ofHours(12));

            assertThat(verdict(burnIn.certificate(), "restarts")).isEqualTo(Verdict.FAIL);
        }

        @Test
        void a_clock_that_is_put_back_proves_no_higher_hashrate() {
            burnIn.add(miner.answer());
            for (int time = 0; time < 24; time++) {
                miner.poll(burnIn, Duration.ofHours(1)).clock(Duration.ofSeconds(-45));
            }
            Certificate certificate = burnIn.certificate();

            assertThat(certificate.work().provenThs()).isCloseTo(100, within(2.0));
            assertThat(certificate.watch().gaps()).isEqualTo(23);
        }

        @Test
        void a_clock_that_is_put_forward_proves_no_lower_hashrate() {
            burnIn.add(miner.answer());
            miner.poll(burnIn, Duration.ofHours(12))
                    .clock(Duration.ofMinutes(40))
                    .poll(burnIn, Duration.ofHours(12));
            Certificate certificate = burnIn.certificate();

            assertThat(certificate.work().provenThs()).isCloseTo(100, within(2.0));
            assertThat(certificate.verdict()).isEqualTo(Verdict.PASS);
        }

        @Test
        void a_miner_that_often_does_not_answer_fails_although_all_the_time_is_covered() {
            burnIn.add(miner.answer());
            miner.poll(burnIn, Duration.ofHours(20)).silent(burnIn, Duration.ofHours(4));
            Certificate certificate = burnIn.certificate();

            assertThat(verdict(certificate, "covered")).isEqualTo(Verdict.PASS);
            assertThat(verdict(certificate, "answered")).isEqualTo(Verdict.FAIL);
            assertThat(certificate.watch().answered()).isEqualTo(20 * 60 + 1);
        }

        @Test
        void polls_that_this_machine_could_not_make_say_nothing_of_the_miner() {
            assertThat(Observation.of(
                            WatchedMiner.START, true, new MinerReading.NotRead(WatchedMiner.ADDRESS, "no memory")))
                    .isEmpty();
        }
    }

    @Nested
    class Identity {
        @Test
        void another_mac_in_the_middle_fails_and_the_reason_names_both() {
            burnIn.add(miner.answer());
            miner.poll(burnIn, DAY.dividedBy(2));
            miner.mac = "02:00:00:00:00:99";
            miner.poll(burnIn, DAY.dividedBy(2));
            Certificate certificate = burnIn.certificate();

            assertThat(verdict(certificate, "identity")).isEqualTo(Verdict.FAIL);
            assertThat(result(certificate, "identity").finding())
                    .isEqualTo("MAC changed from 02:00:00:00:00:07 to 02:00:00:00:00:99 at 2026-11-21T00:01:00Z.");
        }

        @Test
        void another_board_in_the_middle_fails() {
            burnIn.add(miner.answer());
            miner.poll(burnIn, DAY.dividedBy(2));
            miner.boards = WatchedMiner.boards("A", "X", "C");
            miner.poll(burnIn, DAY.dividedBy(2));

            assertThat(result(burnIn.certificate(), "identity").finding())
                    .startsWith("Serial number of board 2 changed from B to X at ");
        }

        @Test
        void a_device_without_any_number_is_certified_by_address_only_and_a_note_says_so() {
            miner.mac = "00:00:00:00:00:00";
            miner.boards = List.of();

            assertThat(after(DAY).notes())
                    .contains("The device reports neither a MAC nor a serial number: this certificate is of an address"
                            + " only.");
        }
    }

    @Test
    void a_miner_that_never_answered_has_no_certificate() {
        burnIn.add(Observation.unanswered(WatchedMiner.START, false, "10.0.0.7: Refused"));

        assertThatThrownBy(burnIn::certificate)
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("10.0.0.7 gave no readings, so there is nothing to certify: 10.0.0.7: Refused");
    }

    @Test
    void criteria_out_of_range_are_refused_by_name() {
        assertThatThrownBy(() ->
                        CertificateCriteria.builder(100, "given", Duration.ZERO).build())
                .hasMessageContaining("hours must be longer than 0");
        assertThatThrownBy(() -> CertificateCriteria.builder(0, "given", DAY).build())
                .hasMessageContaining("ths must be above 0, not 0");
        assertThatThrownBy(() ->
                        CertificateCriteria.builder(Double.NaN, "given", DAY).build())
                .hasMessageContaining("ths must be above 0, not NaN");
        assertThatThrownBy(() -> criteria().confidence(1).build()).hasMessageContaining("confidence must be between");
        assertThatThrownBy(() -> criteria().interval(Duration.ofHours(2)).build())
                .hasMessageContaining("interval must be between 1 and 3600");
    }
}
