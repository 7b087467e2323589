package io.minerops.server.db;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.server.MainRun;
import io.minerops.server.support.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code minerops db export}, beside a server that runs on the database. */
class DbExportCommandTest {
    private static final int MINERS = 3;

    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(MINERS);

    private final MainRun main = new MainRun();

    @TempDir
    private Path folder;

    private int export(String target, String... more) {
        return main.run(Stream.concat(
                        Stream.of(
                                "db",
                                "export",
                                target,
                                "--db",
                                SERVER.database().toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void a_file_has_a_line_for_each_sample_and_nothing_is_left_beside_it() throws IOException {
        SERVER.server().ops().pollNow();
        Path file = folder.resolve("history.csv");

        assertThat(export(file.toString())).as(main.err()).isZero();

        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0)).startsWith("time,miner_ip,power_estimated,hashrate_ths,");
        assertThat(lines.size() - 1).isPositive().matches(rows -> rows % MINERS == 0);
        assertThat(main.out()).startsWith(file + ": ").contains(lines.size() - 1 + " rows");
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactly(file);
        }
    }

    @Test
    void an_export_writes_over_nothing() throws IOException {
        Path file = Files.writeString(folder.resolve("history.csv"), "mine");

        assertThat(export(file.toString())).isEqualTo(1);

        assertThat(main.err()).contains(file + " exists already").doesNotContain("\tat ");
        assertThat(file).hasContent("mine");
    }

    @Test
    void a_folder_that_is_not_there_ends_with_1() {
        assertThat(export(folder.resolve("nowhere/history.csv").toString())).isEqualTo(1);

        assertThat(main.err()).contains("the folder of " + folder.resolve("nowhere/history.csv") + " must exist");
    }

    @Test
    void the_standard_output_has_the_lines_alone_and_the_summary_is_on_the_other() throws IOException {
        SERVER.server().ops().pollNow();

        assertThat(export("-", "--miner", SERVER.name(1), "--readings", "power_w,hashrate_ths", "--json"))
                .as(main.err())
                .isZero();

        List<String> lines = main.out().lines().toList();
        assertThat(lines.get(0)).isEqualTo("time,miner_ip,power_estimated,power_w,hashrate_ths");
        assertThat(lines.subList(1, lines.size()))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("," + SERVER.name(1) + ","));
        JsonNode summary = new ObjectMapper().readTree(main.err());
        assertThat(summary.path("ok").asBoolean()).isTrue();
        assertThat(summary.path("rows").asInt()).isEqualTo(lines.size() - 1);
        assertThat(summary.path("bytes").asInt()).isEqualTo(main.out().length());
    }

    @Test
    void days_begin_in_utc() {
        SERVER.server().ops().pollNow();

        assertThat(export("-", "--from", "2020-01-01", "--to", "2020-01-02")).isZero();

        assertThat(main.out()).hasLineCount(1);
        assertThat(main.err()).contains("0 rows");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --from     | yesterday  | --from must be a day such as 2026-01-31 or a time
                    --to       | 2026-13-01 | --to must be a day such as 2026-01-31 or a time
                    --from     | 2199-01-01 | --to must be after --from (2199-01-01T00:00:00Z), not now
                    --miner    | 10.0.0.300 | --miner: host must be an IP address
                    --readings | speed      | --readings must be of hashrate_ths,
                    """)
    void what_is_wrong_is_said_by_the_name_of_the_option(String option, String value, String message) {
        assertThat(export("-", option, value)).isEqualTo(2);

        assertThat(main.err()).contains(message);
        assertThat(main.out()).isEmpty();
    }
}
