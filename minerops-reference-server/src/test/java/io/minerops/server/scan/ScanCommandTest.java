package io.minerops.server.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.api.miner.Miner;
import io.minerops.sqlite.SqliteStore;
import io.minerops.testkit.fleet.FleetSimulator;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code minerops scan} over a simulated fleet. */
class ScanCommandTest {
    private static final int MINERS = 4;
    private static final FleetSimulator FLEET =
            FleetSimulator.builder().miners(MINERS).seed(7).build();

    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    @BeforeAll
    static void startFleet() {
        FLEET.start();
    }

    @AfterAll
    static void stopFleet() {
        FLEET.close();
    }

    private int run(String... arguments) {
        StringWriter said = new StringWriter();
        StringWriter complained = new StringWriter();
        CommandLine commandLine = new CommandLine(new ScanCommand())
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(complained, true));
        int code = commandLine.execute(arguments);
        out = said.toString();
        err = complained.toString();
        return code;
    }

    @Test
    void what_is_found_is_a_table_and_the_progress_goes_to_the_error_output() {
        assertThat(run(FLEET.range())).as(err).isZero();

        assertThat(out)
                .startsWith("ADDRESS")
                .contains("Antminer")
                .contains(MINERS + " found of " + MINERS + " addresses");
        FLEET.addresses().forEach(address -> assertThat(out).contains(address.toString()));
        assertThat(err).contains("100 %  4 of 4 queried, 4 found");
    }

    @Test
    void quiet_shows_no_progress() {
        run(FLEET.range(), "--quiet");

        assertThat(err).isEmpty();
    }

    @Test
    void json_is_all_that_is_written() throws Exception {
        assertThat(run(FLEET.range(), "--json")).isZero();

        JsonNode json = new ObjectMapper().readTree(out);
        assertThat(json.path("count").asInt()).isEqualTo(MINERS);
        assertThat(json.path("miners").path(0).path("vendor").asText()).isEqualTo("Bitmain");
        assertThat(json.path("cancelled").asBoolean(true)).isFalse();
    }

    @Test
    void nothing_found_has_a_code_of_its_own() {
        assertThat(run("127.0.0.1:9")).isEqualTo(ScanCommand.NOTHING);
        assertThat(out).contains("0 found of 1 addresses", "1 refused");
    }

    @Test
    void what_is_open_and_no_miner_is_distinguished() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            assertThat(run("127.0.0.1:" + silent.getLocalPort(), "--timeout", "0.1"))
                    .isEqualTo(ScanCommand.NOTHING);
        }

        assertThat(out)
                .contains("Open, but not known as a miner:")
                .contains("accepts connections and gives no whole answer in time")
                .contains("1 open but not identified");
    }

    @Test
    void registering_writes_into_the_database_and_keeps_what_people_typed() {
        Path file = folder.resolve("metrics.db");
        try (SqliteStore store = SqliteStore.open(file)) {
            store.miners()
                    .put(Miner.builder(FLEET.addresses().get(0), Instant.EPOCH)
                            .notes("mine")
                            .build());
        }

        assertThat(run(FLEET.range(), "--register", "--db", file.toString())).isZero();
        assertThat(out).contains(MINERS - 1 + " added to the registry, 0 moved");

        try (SqliteStore store = SqliteStore.open(file)) {
            assertThat(store.miners().all()).hasSize(MINERS);
            assertThat(store.miners().find(FLEET.addresses().get(0)).orElseThrow())
                    .extracting(Miner::notes, Miner::vendor)
                    .containsExactly("mine", "Bitmain");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8.8.8.8 | --quiet | --allow-public allows any",
                "10.0.0.0/8 | --quiet | at most 65536",
                "10.0.0.1 | --rate=0 | connections_per_second must be between 1 and 100000, not 0",
                "10.0.0.1 | --in-flight=5000 | max_in_flight must be between 1 and 4096, not 5000",
                "10.0.0.1 | --timeout=0 | timeout must be between 0.1 and 60, not 0",
                "10.0.0.1 | --port=70000 | port",
                "10.0.0.1 | --register | --register and --db FILE go together",
                "10.0.0.1 | --db=x.db | --register and --db FILE go together",
                "--json | --quiet | scan needs a RANGE",
            })
    void arguments_that_cannot_be_used_end_with_2(String first, String second, String sentence) {
        assertThat(run(first, second)).isEqualTo(2);
        assertThat(err).contains(sentence).doesNotContain("\tat ");
        assertThat(out).isEmpty();
    }
}
