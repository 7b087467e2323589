package io.minerops.server.flask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.StoreException;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Poll;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.HistoryQuery;
import io.minerops.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlaskImportTest {
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant TEN = Instant.parse("2026-01-10T10:00:00Z");
    private static final MinerAddress ONE = MinerAddress.of("10.0.0.1");
    private static final MinerAddress TWO = MinerAddress.of("10.0.0.2");

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // opened before each test
    private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder.resolve("minerops.db"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void samples_keep_their_readings_and_times() throws SQLException {
        try (FlaskFile file = new FlaskFile(source())) {
            file.sample("2026-01-10 10:00:00.250000", "10.0.0.1", 101.5, 3_250.0, 61.5, 4_200.0);
        }

        assertThat(run().imported()).isEqualTo(1);

        MetricSample only = history().get(0);
        assertThat(only.miner()).isEqualTo(ONE);
        assertThat(only.readAt()).isEqualTo(TEN.plusMillis(250));
        assertThat(only.value(Reading.HASHRATE_THS)).isEqualTo(101.5);
        assertThat(only.value(Reading.POWER_W)).isEqualTo(3_250);
        assertThat(only.value(Reading.AVG_TEMP_C)).isEqualTo(61.5);
        assertThat(only.value(Reading.AVG_FAN_RPM)).isEqualTo(4_200);
        assertThat(only.value(Reading.ELAPSED_S)).isEqualTo(3_600);
        assertThat(only.value(Reading.ACCEPTED)).isNaN();
    }

    @Test
    void rows_of_one_round_become_one_poll() throws SQLException {
        rounds(0, 3);

        FlaskImport.Report report = run();

        assertThat(report.polls()).isEqualTo(3);
        assertThat(report.imported()).isEqualTo(6);
        assertThat(report.first()).isEqualTo(TEN);
        assertThat(report.last()).isEqualTo(TEN.plusSeconds(60));
        assertThat(report.minersRegistered()).isEqualTo(2);
    }

    @Test
    void an_import_that_is_repeated_adds_nothing() throws SQLException {
        rounds(0, 4);
        run();
        List<MetricSample> before = history();

        FlaskImport.Report again = run();

        assertThat(again.imported()).isZero();
        assertThat(again.alreadyThere()).isEqualTo(8);
        assertThat(history()).isEqualTo(before);
    }

    @Test
    void a_file_that_has_grown_adds_the_rest() throws SQLException {
        rounds(0, 2);
        run();
        rounds(2, 5);

        FlaskImport.Report report = run();

        assertThat(report.alreadyThere()).isEqualTo(4);
        assertThat(report.imported()).isEqualTo(6);
        assertThat(history()).hasSize(10);
    }

    @Test
    void zeros_of_a_miner_that_hashes_are_absent_and_a_hashrate_of_0_is_a_reading() throws SQLException {
        try (FlaskFile file = new FlaskFile(source())) {
            file.sample("2026-01-10 10:00:00", "10.0.0.1", 100.0, 0.0, 0.0, 0.0)
                    .sample("2026-01-10 10:00:30", "10.0.0.1", 0.0, 60.0, 22.0, 0.0);
        }

        run();

        MetricSample hashing = history().get(0);
        MetricSample still = history().get(1);
        assertThat(hashing.value(Reading.POWER_W)).isNaN();
        assertThat(hashing.value(Reading.AVG_TEMP_C)).isNaN();
        assertThat(hashing.value(Reading.AVG_FAN_RPM)).isNaN();
        assertThat(still.value(Reading.HASHRATE_THS)).isZero();
        assertThat(still.value(Reading.AVG_FAN_RPM)).isZero();
    }

    @Test
    void rows_that_are_no_samples_are_refused_by_reason() throws SQLException {
        try (FlaskFile file = new FlaskFile(source())) {
            file.sample("2026-01-10 10:00:00", "10.0.0.1", 100.0, 3_000.0, 60.0, 4_000.0)
                    .sample("yesterday", "10.0.0.1", 100.0, 3_000.0, 60.0, 4_000.0)
                    .sample(null, "10.0.0.1", 100.0, 3_000.0, 60.0, 4_000.0)
                    .sample("2026-01-10 10:00:00", "not an address", 100.0, 3_000.0, 60.0, 4_000.0)
                    .sample("2026-01-10 10:00:01", "10.0.0.1", 100.0, 65_535.0, 60.0, 4_000.0)
                    .sample("2027-01-10 10:00:00", "10.0.0.1", 100.0, 3_000.0, 60.0, 4_000.0)
                    .run("INSERT INTO metrics (timestamp, miner_ip, hashrate_ths, power_w, elapsed_s)"
                            + " VALUES ('2026-01-10 10:00:00', '10.0.0.2', 0, 0, 0)");
        }

        FlaskImport.Report report = run();

        assertThat(report.refused())
                .isEqualTo(Map.of("time", 2L, "address", 1L, "implausible", 1L, "future", 1L, "without_readings", 1L));
        assertThat(report.examples())
                .anySatisfy(example ->
                        assertThat(example).contains("power_w must be between 0.0 and 20000.0, not 65535.0"));
        assertThat(report.read()).isEqualTo(report.imported() + 6);
    }

    @Test
    void times_are_read_in_the_zone_given() throws SQLException {
        try (FlaskFile file = new FlaskFile(source())) {
            file.sample("2026-01-10 04:00:00", "10.0.0.1", 100.0, 3_000.0, 60.0, 4_000.0)
                    .sample("2026-01-10T10:00:30Z", "10.0.0.1", 100.0, 3_000.0, 60.0, 4_000.0);
        }

        run(ZoneId.of("America/Chicago"));

        assertThat(history()).extracting(MetricSample::readAt).containsExactly(TEN, TEN.plusSeconds(30));
    }

    @Test
    void what_was_entered_of_a_miner_stays_and_what_is_missing_is_filled_in() throws SQLException {
        store.miners().put(Miner.builder(ONE, TEN).location("hall 3").build());
        rounds(0, 1);
        try (FlaskFile file = new FlaskFile(source())) {
            file.run("CREATE TABLE miners (id INTEGER PRIMARY KEY, miner_ip VARCHAR(64), hostname VARCHAR(255), model"
                            + " VARCHAR(128), rack VARCHAR(64), location VARCHAR(128), nominal_ths FLOAT,"
                            + " power_price_usd_per_kwh FLOAT, tags JSON)")
                    .run("INSERT INTO miners VALUES (1, '10.0.0.1', 'rig-1', 'Antminer S19', 'B4', 'hall 1', 95, 0.061,"
                            + " '[\"north\", \"air\"]'), (2, '10.0.0.9', NULL, NULL, 'B5', 'hall 1', 0, -5, '{}'),"
                            + " (3, '10.0.0.10', NULL, NULL, NULL, NULL, 0, -0.158, '{}')");
        }

        FlaskImport.Report report = run();

        Miner filled = store.miners().find(ONE).orElseThrow();
        assertThat(filled.location()).isEqualTo("hall 3");
        assertThat(filled.hostname()).isEqualTo("rig-1");
        assertThat(filled.model()).isEqualTo("Antminer S19");
        assertThat(filled.nominalThs()).isEqualTo(95);
        assertThat(filled.powerPriceUsdPerKwh()).isEqualTo(0.061);
        assertThat(filled.tags()).containsExactly("north", "air");
        Miner other = store.miners().find(MinerAddress.of("10.0.0.9")).orElseThrow();
        assertThat(other.location()).isEqualTo("hall 1, B5");
        assertThat(other.nominalThs()).isNull();
        assertThat(other.powerPriceUsdPerKwh()).isNull();
        assertThat(store.miners()
                        .find(MinerAddress.of("10.0.0.10"))
                        .orElseThrow()
                        .powerPriceUsdPerKwh())
                .isEqualTo(-0.158);
        assertThat(report.minersFilledIn()).isEqualTo(3);
        assertThat(run().minersFilledIn()).isZero();
    }

    @Test
    void newer_samples_of_the_database_remain_the_latest() throws SQLException {
        Instant later = TEN.plusSeconds(86_400);
        MetricSample latest = MetricSample.builder(ONE, later.plusMillis(300))
                .set(Reading.HASHRATE_THS, 77)
                .faults(List.of())
                .build();
        store.metrics().append(Poll.of(later, List.of(latest)));
        rounds(0, 2);

        run();

        FleetSnapshot snapshot = store.metrics().latest();
        int one = snapshot.row(ONE);
        assertThat(snapshot.epochMillis(one)).isEqualTo(later.toEpochMilli());
        assertThat(snapshot.hashrateThs(one)).isEqualTo(77);
        assertThat(snapshot.faults(one)).isEmpty();
        assertThat(snapshot.hashrateThs(snapshot.row(TWO))).isEqualTo(102);
    }

    @Test
    void the_file_is_not_changed() throws SQLException, IOException {
        rounds(0, 2);
        byte[] before = Files.readAllBytes(source());

        run();

        assertThat(Files.readAllBytes(source())).isEqualTo(before);
    }

    @Test
    void another_database_is_refused_by_name() throws SQLException {
        Path own = folder.resolve("own.db");
        SqliteStore.open(own).close();

        assertThatThrownBy(() -> run(own, ZoneOffset.UTC))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(own + " is not a database of the Flask system");
    }

    @Test
    void a_file_that_is_no_database_or_is_not_there_is_refused_by_name() throws IOException {
        Path text =
                Files.writeString(folder.resolve("notes.txt"), "these are notes, and no database at all\n".repeat(99));

        assertThatThrownBy(() -> run(text, ZoneOffset.UTC))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot read " + text);
        assertThatThrownBy(() -> run(folder.resolve("nothing.db"), ZoneOffset.UTC))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("there is no such file");
    }

    private Path source() {
        return folder.resolve("metrics.db");
    }

    /** Rounds of 30 s, in each of which both miners are read one after the other. */
    private void rounds(int from, int to) throws SQLException {
        try (FlaskFile file = new FlaskFile(source())) {
            for (int round = from; round < to; round++) {
                Instant at = TEN.plusSeconds(30L * round);
                file.sample(text(at), "10.0.0.1", 101.0, 3_000.0, 60.0, 4_000.0)
                        .sample(text(at.plusMillis(900)), "10.0.0.2", 102.0, 3_100.0, 61.0, 4_100.0);
            }
        }
    }

    private static String text(Instant at) {
        return at.toString().replace('T', ' ').replace("Z", "");
    }

    private FlaskImport.Report run() {
        return run(ZoneOffset.UTC);
    }

    private FlaskImport.Report run(ZoneId zone) {
        return run(source(), zone);
    }

    private FlaskImport.Report run(Path file, ZoneId zone) {
        return new FlaskImport(store, zone, MinerAddress.DEFAULT_PORT, NOW, rows -> {}).run(file);
    }

    private List<MetricSample> history() {
        List<MetricSample> samples = new ArrayList<>();
        HistoryQuery all = new HistoryQuery(null, Instant.EPOCH, NOW, null, Integer.MAX_VALUE);
        store.metrics().history(all, (at, sample) -> samples.add(sample));
        return samples;
    }
}
