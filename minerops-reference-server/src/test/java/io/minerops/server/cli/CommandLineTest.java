package io.minerops.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.server.MainRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all commands have in common: help, exit codes, and failures in words or as JSON. */
class CommandLineTest {
    private final MainRun main = new MainRun();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "scan",
                "miner",
                "certify",
                "profit",
                "rules",
                "db",
                "notifications",
                "config",
                "completion"
            })
    void every_command_is_under_the_one_roof(String command) {
        assertThat(main.run(command, "--help")).isZero();
        assertThat(main.out()).contains("Usage: minerops " + command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "serve",
                "scan",
                "miner",
                "certify",
                "certify verify",
                "certify key",
                "profit",
                "rules apply",
                "rules export",
                "rules test",
                "rules backtest",
                "db backup",
                "db check",
                "db copy",
                "db repair",
                "notifications list",
                "notifications test",
                "config check",
                "completion"
            })
    void every_help_lists_the_exit_codes(String command) {
        main.run((command + " --help").strip().split(" "));

        assertThat(main.out()).contains("Exit codes:").containsPattern(" 2 +invalid arguments or settings");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "db check --db none.db --json               | 1 | check failed on none.db: there is no such file |",
                "db backup x.db --db none.db --json         | 1 | back up failed on none.db: there is no such file |",
                "db copy none.db x.db --json                | 1 | copy failed on |",
                "db repair x.db --db none.db --json         | 1 | repair failed on none.db: there is no such file |",
                "notifications list --db none.db --json     | 1 | open failed on none.db: there is no such file |",
                "notifications list --limit 0 --json        | 2 | --limit must be between 1 and 1000, not 0 | --limit",
                "notifications test webhook --json          | 2 | channel webhook needs --webhook-url URL |",
                "profit --btc-price=-1 --json               | 2 | btc_price must be between | btc_price",
                "scan 8.8.8.8 --json                        | 2 | --allow-public allows any |",
                "miner 10.0.0.300 --json                    | 2 | 10.0.0.300 |",
                "db check --fast --json                     | 2 | Unknown option: '--fast' |",
            })
    void a_failure_of_a_command_that_writes_json_is_json_on_the_error_output(
            String command, int code, String sentence, String field) throws Exception {
        assertThat(main.run(command.split(" "))).isEqualTo(code);

        assertThat(main.out()).isEmpty();
        JsonNode failure = new ObjectMapper().readTree(main.err());
        assertThat(failure.path("ok").asBoolean(true)).isFalse();
        assertThat(failure.path("error").asText()).contains(sentence);
        if (field != null) {
            assertThat(failure.path("field").asText()).isEqualTo(field);
        }
    }

    @Test
    void settings_that_cannot_be_used_are_a_list_of_problems() throws Exception {
        Path config = Files.writeString(folder.resolve("minerops.env"), "MINEROPS_PORT=high\nPOLL_INTERVAL=0\n");

        assertThat(main.run("profit", "--json", "--config", config.toString())).isEqualTo(2);

        JsonNode failure = new ObjectMapper().readTree(main.err());
        assertThat(failure.path("error").asText()).isEqualTo("The settings are invalid");
        assertThat(failure.path("problems")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"db", "notifications", "config", "rules"})
    void a_family_of_commands_needs_one_of_them(String command) {
        assertThat(main.run(command)).isEqualTo(2);
        assertThat(main.err()).contains(command + " needs a command: ");
    }

    @Test
    void the_completion_is_a_script_that_bash_takes_and_that_knows_the_commands() throws Exception {
        assertThat(main.run("completion")).isZero();

        Path script = Files.writeString(folder.resolve("completion.sh"), main.out());
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source '" + script + "'; COMP_WORDS=(minerops db ''); COMP_CWORD=2; _complete_minerops;"
                                + " printf '%s ' \"${COMPREPLY[@]}\"")
                .redirectErrorStream(true)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("backup", "check");
    }

    @Test
    void help_and_version_need_no_settings() {
        assertThat(main.run("config", "check", "--help")).isZero();
        assertThat(main.run("--version")).isZero();
    }
}
