package io.minerops.server.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.minerops.core.certify.BurnIn;
import io.minerops.core.certify.Certificate;
import io.minerops.core.certify.Certificate.Result;
import io.minerops.core.certify.Certificate.Verdict;
import io.minerops.core.certify.CertificateCriteria;
import io.minerops.core.device.CgminerClient;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Model;
import io.minerops.testkit.fleet.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watches of simulated miners over real sockets, a day of which takes as long as its polls. */
class LiveBurnInTest {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final TestTicks ticks = new TestTicks();
    private final FleetSimulator fleet = FleetSimulator.builder()
            .miners(1)
            .seed(5)
            .models(Model.S21_VNISH)
            .clock(ticks)
            .build();
    private final CgminerClient client = CgminerClient.builder().clock(ticks).build();

    @TempDir
    private Path folder;

    private Path polls;

    @BeforeEach
    void start() {
        fleet.start();
        polls = folder.resolve("unit.polls");
    }

    @AfterEach
    void close() {
        client.close();
        fleet.close();
    }

    private static CertificateCriteria.Builder criteria() {
        return CertificateCriteria.builder(200, "as given", Duration.ofHours(24))
                .nominalJPerTh(17.5);
    }

    private PollFile create(CertificateCriteria criteria) {
        return PollFile.create(polls, fleet.addresses().get(0), criteria);
    }

    private boolean watch(PollFile file) {
        return new LiveBurnIn(client, file, DEADLINE, ticks).run(burnIn -> {});
    }

    private Certificate day(CertificateCriteria criteria) {
        try (PollFile file = create(criteria)) {
            LiveBurnIn watch = new LiveBurnIn(client, file, DEADLINE, ticks);
            assertThat(watch.run(burnIn -> {})).isTrue();
            return watch.burnIn().certificate();
        }
    }

    private Certificate day() {
        return day(criteria().build());
    }

    private static Verdict verdict(Certificate certificate, String key) {
        return certificate.results().stream()
                .filter(result -> result.key().equals(key))
                .map(Result::verdict)
                .findFirst()
                .orElseThrow(() -> new AssertionError(key + " is not judged: " + certificate.notes()));
    }

    @Test
    void a_good_miner_passes() {
        Certificate certificate = day();

        assertThat(certificate.results())
                .allSatisfy(result ->
                        assertThat(result.verdict()).as(result.toString()).isEqualTo(Verdict.PASS));
        assertThat(certificate.results()).extracting(Result::key).contains("efficiency", "boards", "identity");
        assertThat(certificate.watch().polls()).isEqualTo(24 * 60 + 1);
        assertThat(certificate.watch().coveredS()).isEqualTo(86_400);
        assertThat(certificate.boards())
                .extracting(Certificate.Board::serial)
                .containsExactly("SIMB1000000", "SIMB2000000", "SIMB3000000");
        assertThat(ticks.pauses()).isEqualTo(24 * 60);
    }

    @Test
    void a_miner_that_claims_10_percent_more_than_it_works_fails_in_a_day() {
        fleet.trouble(0, Trouble.OVERCLAIM);
        Certificate certificate = day();

        assertThat(verdict(certificate, "claimed_hashrate")).isEqualTo(Verdict.PASS);
        assertThat(verdict(certificate, "claim")).isEqualTo(Verdict.FAIL);
        assertThat(certificate.verdict()).isEqualTo(Verdict.FAIL);
    }

    @Test
    void a_miner_that_is_sold_with_what_it_claims_fails_by_its_shares() {
        fleet.trouble(0, Trouble.OVERCLAIM);

        CertificateCriteria sold = CertificateCriteria.builder(220, "as given", Duration.ofHours(24))
                .build();

        assertThat(verdict(day(sold), "proven_hashrate")).isEqualTo(Verdict.FAIL);
    }

    @Test
    void a_dead_board_fails() {
        fleet.trouble(0, Trouble.DEAD_BOARD);
        Certificate certificate = day();

        assertThat(verdict(certificate, "boards")).isEqualTo(Verdict.FAIL);
        assertThat(certificate.boards().get(1).chipsAlive()).isZero();
        assertThat(certificate.boards().get(0).chipsAlive()).isEqualTo(108);
    }

    @Test
    void a_board_that_is_exchanged_in_the_middle_fails() {
        ticks.between(() -> fleet.trouble(0, ticks.pauses() < 700 ? Trouble.NONE : Trouble.SWAPPED_BOARD));

        assertThat(verdict(day(), "identity")).isEqualTo(Verdict.FAIL);
    }

    @Test
    void a_miner_that_is_gone_for_hours_is_polled_on_and_fails() {
        ticks.between(() -> fleet.trouble(0, ticks.pauses() / 60 == 7 ? Trouble.GONE : Trouble.NONE));
        Certificate certificate = day();

        assertThat(verdict(certificate, "answered")).isEqualTo(Verdict.FAIL);
        assertThat(certificate.watch().answered()).isEqualTo(23 * 60 + 1);
    }

    @Test
    void an_interrupted_watch_goes_on_where_it_was_and_the_gap_is_not_counted() throws IOException {
        ticks.endAfter(600);
        try (PollFile file = create(criteria().build())) {
            assertThat(watch(file)).isFalse();
        }
        assertThat(Files.readAllLines(polls)).hasSize(1 + 600);
        ticks.endAfter(Long.MAX_VALUE / 2).advance(Duration.ofHours(5));

        try (PollFile file = PollFile.resume(polls)) {
            LiveBurnIn resumed = new LiveBurnIn(client, file, DEADLINE, ticks);
            assertThat(file.criteria()).isEqualTo(criteria().build());
            assertThat(resumed.burnIn().covered()).isEqualTo(Duration.ofMinutes(599));
            assertThat(resumed.run(burnIn -> {})).isTrue();

            Certificate.Watch watch = resumed.burnIn().certificate().watch();
            assertThat(watch.coveredS()).isEqualTo(86_400);
            assertThat(watch.gaps()).isEqualTo(1);
            assertThat(Duration.between(watch.from(), watch.until()))
                    .isCloseTo(Duration.ofHours(29), Duration.ofMinutes(2));
            assertThat(resumed.burnIn().certificate().verdict()).isEqualTo(Verdict.PASS);
        }
    }

    @Test
    void what_is_read_of_a_file_comes_to_the_same_certificate() {
        BurnIn live;
        try (PollFile file = create(criteria().maxRestarts(3).boards(3).build())) {
            ticks.endAfter(90);
            LiveBurnIn watch = new LiveBurnIn(client, file, DEADLINE, ticks);
            assertThat(watch.run(burnIn -> {})).isFalse();
            live = watch.burnIn();
        }
        try (PollFile file = PollFile.resume(polls)) {
            assertThat(new LiveBurnIn(client, file, DEADLINE, ticks).burnIn().certificate())
                    .isEqualTo(live.certificate());
        }
    }

    @Test
    void a_line_that_a_crash_cut_off_is_left_out() throws IOException {
        ticks.endAfter(10);
        try (PollFile file = create(criteria().build())) {
            watch(file);
        }
        Files.writeString(polls, "{\"at\":\"2026-11-20T12:10:00Z\",\"contin", StandardOpenOption.APPEND);

        try (PollFile file = PollFile.resume(polls)) {
            assertThat(file.observations()).hasSize(10);
            ticks.endAfter(5);
            watch(file);
        }
        try (PollFile file = PollFile.resume(polls)) {
            assertThat(file.observations()).hasSize(15);
        }
    }

    @Test
    void a_damaged_line_is_named_and_nothing_is_made_of_the_file() throws IOException {
        ticks.endAfter(3);
        try (PollFile file = create(criteria().build())) {
            watch(file);
        }
        List<String> lines = Files.readAllLines(polls);
        lines.set(2, lines.get(2).replace("\"at\"", "\"ta\""));
        Files.write(polls, lines);

        assertThatThrownBy(() -> PollFile.resume(polls).close()).hasMessageContaining("line 3 is damaged");
        Files.writeString(polls, "{}\n");
        assertThatThrownBy(() -> PollFile.resume(polls).close())
                .hasMessageContaining("it is not a file of polls of minerops certify");
        Files.writeString(polls, "{\"minerops_burn_in\":2}\n");
        assertThatThrownBy(() -> PollFile.resume(polls).close())
                .hasMessageContaining("it has version 2, and this program knows version 1");
        assertThatThrownBy(() -> PollFile.resume(folder.resolve("none.polls")).close())
                .hasMessageContaining("there is no such file");
    }

    @Test
    void two_commands_do_not_write_one_file() {
        try (PollFile file = create(criteria().build())) {
            assertThat(file.observations()).isEmpty();
            assertThatThrownBy(() -> PollFile.resume(polls).close())
                    .hasMessageContaining("another certify command uses it");
            assertThatThrownBy(() -> create(criteria().build()).close()).hasMessageContaining("it exists already");
        }
    }

    @Test
    void a_clock_that_is_set_in_the_middle_makes_a_gap_and_no_other_hashrate() {
        ClockThatIsSet set = new ClockThatIsSet(ticks);
        ticks.between(() -> set.ahead = ticks.pauses() > 300 ? Duration.ofSeconds(40) : Duration.ZERO);
        try (PollFile file = create(criteria().build())) {
            LiveBurnIn watch = new LiveBurnIn(client, file, DEADLINE, set);
            assertThat(watch.run(burnIn -> {})).isTrue();

            Certificate certificate = watch.burnIn().certificate();
            assertThat(certificate.watch().gaps()).isEqualTo(1);
            assertThat(certificate.work().provenS()).isCloseTo(86_400, within(61.0));
        }
    }

    /** The machine that polls has its wall clock set; the miners and its steady clock go on. */
    private static final class ClockThatIsSet implements Ticks {
        private final TestTicks ticks;
        private Duration ahead = Duration.ZERO;

        ClockThatIsSet(TestTicks ticks) {
            this.ticks = ticks;
        }

        @Override
        public Instant instant() {
            return ticks.instant().plus(ahead);
        }

        @Override
        public long nanos() {
            return ticks.nanos();
        }

        @Override
        public boolean pause(Duration duration) {
            return ticks.pause(duration);
        }
    }
}
