package io.minerops.server.certify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.server.MainRun;
import io.minerops.sqlite.SqliteStore;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Model;
import io.minerops.testkit.fleet.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code minerops certify}, as it is typed. */
class CertifyCommandTest {
    @TempDir
    private Path folder;

    private MainRun main = new MainRun();
    private Path key;
    private Path out;

    @BeforeEach
    void paths() {
        key = folder.resolve("certificate.key");
        out = folder.resolve("unit");
    }

    private int run(String... arguments) {
        main = new MainRun();
        List<String> all = new ArrayList<>(List.of("certify"));
        all.addAll(List.of(arguments));
        if (!arguments[0].equals("verify")) {
            all.addAll(List.of("--signing-key", key.toString()));
        }
        return main.run(all.toArray(String[]::new));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(main.out());
    }

    @Nested
    class Live {
        private int certify(Trouble trouble, String... more) {
            try (FleetSimulator fleet =
                    FleetSimulator.builder().miners(1).models(Model.S21_VNISH).build()) {
                fleet.start();
                fleet.trouble(0, trouble);
                List<String> arguments =
                        new ArrayList<>(List.of(fleet.addresses().get(0).toString(), "--out", out.toString()));
                arguments.addAll(List.of(more));
                return run(arguments.toArray(String[]::new));
            }
        }

        @Test
        void seconds_prove_too_little_and_the_files_are_there() throws IOException {
            int code = certify(Trouble.NONE, "--hours", "0.0005", "--interval", "1", "--ths", "200", "--json");

            assertThat(code).as(main.err()).isEqualTo(5);
            assertThat(json().path("verdict").asText()).isEqualTo("not_proven");
            assertThat(folder).isDirectoryContaining("glob:**unit.json").isDirectoryContaining("glob:**unit.html");
            assertThat(Files.readAllLines(folder.resolve("unit.polls"))).hasSizeBetween(3, 5);
            assertThat(run("verify", out + ".json", "--key", key.toString(), "--json"))
                    .isZero();
            assertThat(json().path("signer_checked").asBoolean()).isTrue();
            assertThat(json().path("verdict").asText()).isEqualTo("not_proven");
        }

        @Test
        void a_dead_board_fails_at_once() {
            int code = certify(Trouble.DEAD_BOARD, "--hours", "0.0005", "--interval", "1");

            assertThat(code).as(main.err()).isEqualTo(4);
            assertThat(main.out()).contains(": FAIL").containsPattern("working hash boards +2 +>= 3 +fail");
        }

        @Test
        void a_miner_that_does_not_answer_has_no_certificate_and_no_file() {
            assertThat(certify(Trouble.GONE, "--hours", "1", "--timeout", "2")).isEqualTo(1);
            assertThat(main.err()).contains("Refused", "there is nothing to certify");
            assertThat(folder).isDirectoryNotContaining("glob:**unit*");
        }

        @Test
        void a_certificate_that_exists_is_not_written_over_and_no_miner_is_watched_in_vain() throws IOException {
            Files.writeString(folder.resolve("unit.json"), "kept");

            assertThat(certify(Trouble.NONE, "--hours", "1")).isEqualTo(1);
            assertThat(main.err()).contains("unit.json exists already; --out names another file");
            assertThat(folder.resolve("unit.json")).hasContent("kept");
        }
    }

    @Nested
    class Arguments {
        @Test
        void hours_that_are_none_are_refused() {
            for (String hours : List.of("0", "-1", "NaN", "90000")) {
                assertThat(run("10.0.0.7", "--hours", hours)).as(hours).isEqualTo(2);
                assertThat(main.err()).contains("hours must be ");
            }
        }

        @Test
        void percentages_are_named_with_what_is_accepted() {
            assertThat(run("10.0.0.7", "--tolerance", "60")).isEqualTo(2);
            assertThat(main.err()).contains("tolerance must be between 0 and 50, not 60");
            assertThat(run("10.0.0.7", "--confidence", "100")).isEqualTo(2);
            assertThat(main.err()).contains("confidence must be between 50 and 99.999, not 100");
        }

        @Test
        void options_that_do_not_go_together_are_refused() {
            assertThat(run("--hours", "24")).isEqualTo(2);
            assertThat(main.err()).contains("certify needs an IP");
            assertThat(run("10.0.0.7", "--from", "2026-11-20T12:00:00Z")).isEqualTo(2);
            assertThat(main.err()).contains("--from and --until must be given together");
            assertThat(run("--resume", "x.polls", "--ths", "100")).isEqualTo(2);
            assertThat(main.err()).contains("--resume takes the miner and the limits of the file");
            assertThat(run("10.0.0.300")).isEqualTo(2);
        }

        @Test
        void a_file_to_resume_that_is_none_is_named() {
            assertThat(run("--resume", folder.resolve("none.polls").toString())).isEqualTo(1);
            assertThat(main.err()).contains("cannot resume", "none.polls");
        }
    }

    @Nested
    class Verify {
        private Path file;

        @BeforeEach
        void sign() throws IOException {
            file = Files.write(
                    folder.resolve("a.json"),
                    SignedCertificate.sign(Certificates.day("rack1", 72), Certificates.ISSUE, SigningKey.of(key)));
        }

        @Test
        void without_a_key_it_says_that_only_integrity_is_shown() {
            assertThat(run("verify", file.toString())).isZero();
            assertThat(main.out())
                    .contains("a.json: as it was signed", "Antminer S21", "SN-2026-0007")
                    .contains("Without --key this only shows that the file is as it was signed, and not who signed it");
        }

        @Test
        void a_changed_file_ends_in_1_and_the_reason_is_named() throws IOException {
            Files.writeString(file, Files.readString(file).replace("rack1", "rack2"));

            assertThat(run("verify", file.toString())).isEqualTo(1);
            assertThat(main.out()).contains("NOT VALID: changed since it was signed");
            assertThat(run("verify", folder.resolve("none.json").toString())).isEqualTo(1);
            assertThat(main.err()).contains("cannot read");
        }

        @Test
        void the_key_command_gives_what_verify_takes() throws IOException {
            assertThat(run("key", "--json")).isZero();
            String fingerprint = json().path("fingerprint").asText();

            assertThat(run("verify", file.toString(), "--key", fingerprint)).isZero();
            assertThat(main.out()).doesNotContain("Without --key");
            assertThat(run("verify", file.toString(), "--key", "0".repeat(64))).isEqualTo(1);
            assertThat(main.out()).contains("signed with another key");
        }
    }

    /** A day of stored polls, a minute apart. */
    @Nested
    class Stored {
        private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
        private static final double SHARE_DIFFICULTY = 65_536;

        private final MinerAddress miner = MinerAddress.of("10.0.0.7");
        private Path database;
        private Path config;

        @BeforeEach
        void fill() throws IOException {
            database = folder.resolve("metrics.db");
            config = Files.writeString(folder.resolve("minerops.env"), "MINEROPS_DB=" + database + "\n");
            try (SqliteStore store = SqliteStore.open(database)) {
                store.miners()
                        .put(Miner.builder(miner, START)
                                .model("Antminer S19")
                                .mac("02:00:00:00:00:07")
                                .nominalThs(100.0)
                                .nominalEfficiencyJPerTh(30.0)
                                .build());
                List<HashBoard> boards = List.of(HashBoard.builder(1)
                        .serial("A")
                        .set(BoardReading.CHIPS_ALIVE, 76)
                        .build());
                store.boards().record(START, Map.of(miner, boards));
                for (int minute = 0; minute <= 24 * 60; minute++) {
                    Instant at = START.plus(Duration.ofMinutes(minute));
                    store.metrics().append(Poll.of(at, List.of(sample(at, minute))));
                }
            }
        }

        private MetricSample sample(Instant at, int minute) {
            double shares = Math.floor(500 + minute * 60 * 100e12 / (SHARE_DIFFICULTY * 4_294_967_296.0));
            return MetricSample.builder(miner, at)
                    .set(Reading.HASHRATE_THS, 100)
                    .set(Reading.ELAPSED_S, 4_000 + minute * 60.0)
                    .set(Reading.ACCEPTED, shares)
                    .set(Reading.ACCEPTED_DIFFICULTY, shares * SHARE_DIFFICULTY)
                    .set(Reading.POWER_W, 3_050)
                    .set(Reading.MAX_TEMP_C, 71)
                    .build();
        }

        private int certify(Instant from, Instant until, String... more) {
            List<String> arguments = new ArrayList<>(List.of(
                    miner.toString(),
                    "--from",
                    from.toString(),
                    "--until",
                    until.toString(),
                    "--config",
                    config.toString(),
                    "--out",
                    out.toString()));
            arguments.addAll(List.of(more));
            return run(arguments.toArray(String[]::new));
        }

        @Test
        void a_stored_day_passes_without_waiting_against_the_nominal_of_the_registry() throws IOException {
            int code = certify(START, START.plus(Duration.ofDays(1)), "--interval", "60", "--json");

            assertThat(code).as(main.err() + main.out()).isZero();
            JsonNode certificate = CanonicalJson.read(Files.readAllBytes(Path.of(out + ".json")))
                    .path("certificate");
            assertThat(certificate.path("source").asText()).isEqualTo("stored history");
            assertThat(certificate.path("criteria").path("nominal_source").asText())
                    .isEqualTo("of the registry");
            assertThat(certificate.path("device").path("mac").asText()).isEqualTo("02:00:00:00:00:07");
            assertThat(certificate.path("boards").path(0).path("serial").asText())
                    .isEqualTo("A");
            assertThat(certificate.path("watch").path("covered_s").asInt()).isEqualTo(86_340);
        }

        @Test
        void time_before_the_first_stored_poll_is_not_covered() throws IOException {
            int code = certify(
                    START.minus(Duration.ofHours(12)), START.plus(Duration.ofHours(12)), "--interval", "60", "--json");

            assertThat(code).as(main.err()).isEqualTo(5);
            assertThat(json().path("results").findValuesAsText("key")).contains("covered");
        }

        @Test
        void a_mac_that_changed_in_the_middle_fails() throws IOException {
            try (SqliteStore store = SqliteStore.open(database)) {
                Fact first = Fact.first(miner, FactKind.MAC, null, "02:00:00:00:00:07", START);
                store.facts().record(List.of(first));
                store.facts()
                        .record(List.of(first.changedTo("02:00:00:00:00:99", START.plus(Duration.ofHours(5)), false)));
            }

            assertThat(certify(START, START.plus(Duration.ofDays(1)), "--interval", "60"))
                    .as(main.err())
                    .isEqualTo(4);
            assertThat(main.out()).contains("MAC changed from 02:00:00:00:00:07 to 02:00:00:00:00:99");
        }

        @Test
        void an_unknown_miner_and_an_unknown_nominal_are_named() {
            assertThat(run(
                            "10.0.0.8",
                            "--from",
                            START.toString(),
                            "--until",
                            START.plusSeconds(60).toString(),
                            "--config",
                            config.toString()))
                    .isEqualTo(2);
            assertThat(main.err()).contains("there is no miner 10.0.0.8 in the database");
            try (SqliteStore store = SqliteStore.open(database)) {
                store.miners().put(Miner.builder(miner, START).build());
            }
            assertThat(certify(START, START.plusSeconds(600))).isEqualTo(2);
            assertThat(main.err()).contains("the nominal hashrate of 10.0.0.7 is unknown", "--ths must be given");
        }

        @Test
        void an_end_before_the_beginning_is_refused() {
            assertThat(certify(START, START)).isEqualTo(2);
            assertThat(main.err()).contains("--until must be after --from");
        }
    }
}
