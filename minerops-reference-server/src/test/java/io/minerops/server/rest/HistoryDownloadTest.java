package io.minerops.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.support.Answer;
import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stored history as a file, over HTTP. */
class HistoryDownloadTest {
    private static final String READ = "read-rights-0123456789abcdef";
    private static final int MINERS = 3;

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(MINERS).with("API_READ_TOKEN", READ);

    private final Client client = SERVER.client().token(READ);

    @BeforeAll
    static void poll() {
        SERVER.server().ops().pollNow();
    }

    @Test
    void is_a_file_of_csv_with_a_line_for_each_sample() {
        Answer answer = client.get("/api/history.csv");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("text/csv;");
        assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"minerops-history.csv\"");
        List<String> lines = answer.text().lines().toList();
        assertThat(lines.get(0)).startsWith("time,miner_ip,power_estimated,hashrate_ths,");
        assertThat(lines.size() - 1).isPositive().matches(rows -> rows % MINERS == 0);
    }

    @Test
    void has_the_chosen_miner_times_and_readings() {
        Answer answer = client.get("/api/history.csv?readings=power_w,max_temp_c&miner_ip=" + SERVER.name(1)
                + "&from=2020-01-01T00:00:00Z&to=2199-01-01T00:00:00Z");

        List<String> lines = answer.text().lines().toList();
        assertThat(lines.get(0)).isEqualTo("time,miner_ip,power_estimated,power_w,max_temp_c");
        assertThat(lines.subList(1, lines.size()))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("," + SERVER.name(1) + ","));
    }

    @Test
    void needs_a_token_as_other_reads_do() {
        assertThat(SERVER.client().get("/api/history.csv").status()).isEqualTo(401);
    }

    @Test
    void head_says_what_it_would_be() {
        Answer answer = client.send("HEAD", "/api/history.csv", null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Disposition")).contains("minerops-history.csv");
        assertThat(answer.text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "from=2026-01-31, from",
        "to=2019-12-31T00:00:00Z&from=2020-01-01T00:00:00Z, to",
        "miner_ip=10.0.0.300, miner_ip",
        "readings=speed, readings"
    })
    void a_parameter_that_cannot_be_used_is_named(String query, String field) {
        Answer answer = client.get("/api/history.csv?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.field()).isEqualTo(field);
    }
}
