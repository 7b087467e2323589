package io.minerops.server.curtail;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.server.MainRun;
import io.minerops.server.support.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code minerops curtail}, beside a server that runs on the database. */
class CurtailCommandTest {
    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Instant hour;

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(2);

    private final MainRun main = new MainRun();

    @TempDir
    private Path folder;

    private Path config;

    @BeforeAll
    static void a_history() {
        hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(3));
        MinerAddress miner = SERVER.fleet().addresses().get(0);
        for (int minute = 0; minute < 60; minute += 5) {
            Instant at = hour.plus(Duration.ofMinutes(minute));
            SERVER.server()
                    .ops()
                    .store()
                    .metrics()
                    .append(Poll.of(
                            at,
                            List.of(MetricSample.builder(miner, at)
                                    .set(Reading.HASHRATE_THS, 100)
                                    .set(Reading.POWER_W, 3_000)
                                    .build())));
        }
        SERVER.server().ops().pollNow();
        SERVER.client().post("/api/profitability/snapshot");
    }

    @BeforeEach
    void configure() throws IOException {
        config = Files.writeString(
                folder.resolve("minerops.env"),
                "MINEROPS_DB=" + SERVER.database() + "\nCOINGECKO_URL="
                        + SERVER.market().coinGecko() + "\nBLOCKCHAIN_INFO_URL="
                        + SERVER.market().blockchainInfo() + "\nMEMPOOL_URL="
                        + SERVER.market().mempoolSpace() + "\n");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("curtail"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--config", config.toString()));
        return main.run(all.toArray(String[]::new));
    }

    @Test
    void plan_lists_each_miner_and_what_any_plan_gains_at_most() throws IOException {
        Path prices = Files.writeString(
                folder.resolve("prices.csv"), "start,usd_per_mwh\n2030-01-01T00:00Z,-20\n2030-01-01T01:00Z,90000\n");

        assertThat(run("plan", "--prices", prices.toString())).as(main.err()).isZero();

        assertThat(main.out())
                .contains("MINER", SERVER.name(0), "2030-01-01T01:00:00Z/2030-01-01T02:00:00Z")
                .containsPattern("net [\\d.]+ USD, at most [\\d.]+ USD by any plan");
    }

    @Test
    void backtest_shows_each_strike_price_and_the_best() {
        assertThat(run("backtest", "--strike", "50", "--days", "1"))
                .as(main.err())
                .isZero();

        assertThat(main.out()).contains("miner-hours", "STRIKE USD/MWH", "best: ");
    }

    @Test
    void report_writes_a_file_that_verify_accepts_until_it_is_changed() throws IOException {
        assertThat(run(
                        "report",
                        "--from",
                        hour.toString(),
                        "--until",
                        hour.plus(Duration.ofHours(1)).toString(),
                        "--baseline",
                        "5"))
                .as(main.err())
                .isZero();
        Path file = Files.writeString(folder.resolve("event.jsonl"), main.out());

        MainRun verify = new MainRun();
        assertThat(verify.run("curtail", "verify", file.toString()))
                .as(verify.out())
                .isZero();
        assertThat(verify.out()).startsWith("4 intervals unchanged, last hash ");

        Files.writeString(file, main.out().replaceFirst("(?s)(\"interval\":2,.*?\"shed_kw\":)2.000", "$13.000"));
        MainRun changed = new MainRun();
        assertThat(changed.run("curtail", "verify", file.toString())).isEqualTo(1);
        assertThat(changed.out())
                .isEqualToIgnoringNewLines(
                        "changed: interval 2 (line 3) was changed: its content does not have its hash");
    }

    @Test
    void verify_refuses_another_report_than_the_one_whose_hash_was_kept() throws IOException {
        run(
                "report",
                "--from",
                hour.toString(),
                "--until",
                hour.plus(Duration.ofHours(1)).toString(),
                "--baseline",
                "5");
        Path file = Files.writeString(folder.resolve("event.jsonl"), main.out());

        MainRun verify = new MainRun();
        assertThat(verify.run("curtail", "verify", file.toString(), "--hash", "00ff"))
                .isEqualTo(1);
        assertThat(verify.out()).contains("this is another report than the one with 00ff");
    }

    @Test
    void a_report_of_a_time_without_samples_is_a_bad_argument_that_names_the_interval() {
        assertThat(run(
                        "report",
                        "--from",
                        "2020-01-01T00:00:00Z",
                        "--until",
                        "2020-01-01T01:00:00Z",
                        "--baseline",
                        "5"))
                .isEqualTo(2);
        assertThat(main.err()).contains("no miner has a sample with a power in the interval at 2020-01-01T00:00:00Z");
    }
}
