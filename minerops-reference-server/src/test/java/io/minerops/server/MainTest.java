package io.minerops.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.server.config.Configuration;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }

    private String config(String lines) throws IOException {
        return Files.writeString(folder.resolve("minerops.env"), lines).toString();
    }

    @Test
    void help_names_every_command_and_every_setting() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("serve", "scan", "--config");
        assertThat(Configuration.help())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(out.toString()).contains(row.name()));
    }

    @Test
    void the_version_is_shown() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("MinerOps ");
    }

    @Test
    void a_command_that_is_not_known_is_refused() {
        assertThat(run("dig")).isEqualTo(2);
        assertThat(err.toString()).contains("dig");
    }

    @Test
    void settings_that_cannot_be_used_are_all_listed() throws IOException {
        int code = run("serve", "--config", config("MINEROPS_PORT=high\nPOLL_INTERVAL=0\n"));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("The settings are invalid:")
                .contains("MINEROPS_PORT", "high", "POLL_INTERVAL", "See --help for all settings.");
    }

    @Test
    void a_database_that_cannot_be_opened_is_reported_without_a_stack_trace() throws IOException {
        int code = run(
                "--config",
                config("MINEROPS_PORT=0\nMINEROPS_DB=" + folder + "\nLOG_DIR=" + folder.resolve("logs") + "\n"));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).startsWith("MinerOps could not start: ").doesNotContain("\tat ");
    }
}
