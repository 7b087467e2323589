package io.minerops.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Model;
import io.minerops.testkit.fleet.Trouble;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command {@code miner} over simulated miners on real sockets. */
class MinerCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final FleetSimulator fleet =
            FleetSimulator.builder().miners(1).models(Model.S19_PRO).build();

    MinerCommandTest() {
        fleet.start();
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }

    private String miner() {
        return fleet.addresses().get(0).toString();
    }

    @Test
    void what_it_says_stands_beside_what_is_read_of_it() {
        assertThat(run("miner", miner())).isZero();

        List<String> lines = out.toString().lines().toList();
        assertThat(lines.get(0)).isEqualTo(miner() + ": answered");
        assertThat(lines).anySatisfy(line -> assertThat(line).matches("version \\(port \\d+, \\d+ bytes\\) .*\\| .*"));
        assertThat(out.toString())
                .contains("  VERSION.Type = Antminer S19 Pro")
                .contains("| model             Antminer S19 Pro")
                .containsPattern("\\| hashrate_ths +1\\d\\d\\.")
                .containsPattern("\\| power_w +\\d+.* \\(estimated\\)")
                .contains("| repairs           0")
                .contains("| pool_worker       simulated.0");
    }

    @Test
    void no_line_of_the_left_side_runs_into_the_right() {
        run("miner", miner());

        assertThat(out.toString().lines().skip(4))
                .allSatisfy(line -> assertThat(line.length() <= 66 || line.startsWith(" |", 66))
                        .as(line)
                        .isTrue());
    }

    @Test
    void a_report_of_a_fault_has_the_replies_as_they_came_but_no_account() {
        assertThat(run("miner", miner(), "--raw")).isZero();

        assertThat(out.toString())
                .contains("Report of a miner by MinerOps")
                .contains("== reply to version, port ")
                .contains("\"Type\":\"Antminer S19 Pro\"}],\"id\":1}\\u0000")
                .contains("\"User\":\"***\"")
                .contains("pool_worker       ***")
                .doesNotContain("simulated.0");
    }

    @Test
    void json_holds_the_same_for_programs() throws JsonProcessingException {
        assertThat(run("miner", miner(), "--json")).isZero();

        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.path("outcome").asText()).isEqualTo("Ok");
        assertThat(report.path("identity").path("model").asText()).isEqualTo("Antminer S19 Pro");
        assertThat(report.path("identity").path("serial").isNull()).isTrue();
        assertThat(report.path("readings").path("hashrate_ths").asDouble()).isGreaterThan(100);
        assertThat(report.path("replies").findValuesAsText("text"))
                .anySatisfy(text -> assertThat(text).contains("SUMMARY"));
    }

    @Test
    void a_miner_that_is_gone_is_reported_and_ends_in_1() {
        fleet.trouble(0, Trouble.GONE);

        assertThat(run("miner", miner(), "--timeout", "2")).isEqualTo(1);
        assertThat(out.toString()).startsWith(miner() + ": Refused").contains("nothing");
    }

    @Test
    void an_address_that_is_none_is_refused() {
        assertThat(run("miner", "10.0.0.300")).isEqualTo(2);
        assertThat(err.toString()).contains("10.0.0.300");
        assertThat(run("miner", miner(), "--timeout", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("timeout must be between");
    }
}
