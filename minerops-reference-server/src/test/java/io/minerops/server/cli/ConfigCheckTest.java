package io.minerops.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.server.MainRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code minerops config check}. */
class ConfigCheckTest {
    private final MainRun main = new MainRun();

    @TempDir
    private Path folder;

    private int check(String lines, String... more) throws IOException {
        String file = Files.writeString(folder.resolve("minerops.env"), lines).toString();
        String[] arguments = new String[4 + more.length];
        System.arraycopy(new String[] {"config", "check", "--config", file}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return main.run(arguments);
    }

    @Test
    void shows_what_holds_and_where_it_is_from() throws IOException {
        assertThat(check("POLL_INTERVAL=15\nMINEROPS_DB=" + folder.resolve("my.db") + "\n"))
                .isZero();

        assertThat(main.out())
                .containsPattern("POLL_INTERVAL +file +15")
                .containsPattern("ALERT_INTERVAL +default +120")
                .containsPattern("MINEROPS_DB +file +\\S*my.db")
                .contains("The settings are valid.");
    }

    @Test
    void masks_what_is_secret() throws IOException {
        int code = check("""
                API_TOKEN=hunter2-0123456789abcdef
                ESCALATION_WEBHOOK_URL=https://hooks.example.com/hunter2
                SMTP_SERVER=gmail
                SMTP_USER=a@example.com
                SMTP_PASSWORD=hunter2
                ALERT_EMAIL=b@example.com
                """);

        assertThat(code).isZero();
        assertThat(main.out())
                .containsPattern("API_TOKEN +file +\\*\\*\\*")
                .containsPattern("SMTP_PASSWORD +file +\\*\\*\\*")
                .doesNotContain("hunter2");
        assertThat(main.err()).doesNotContain("hunter2");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "COINGECKO_URL=https://mirror.example.com/v3?x_cg_pro_api_key=hunter2",
                "COINGECKO_URL=https://mirror.example.com/hunter2",
                "MEMPOOL_URL=https://me:hunter2@mirror.example.com",
                "MINEROPS_DB=file:metrics.db?key=hunter2",
                "MINEROPS_DB=jdbc:sqlite:metrics.db?key=hunter2",
                "WEBHOOK_ALLOW=https://hooks.example.com/services/T0/hunter2",
                "SMTP_SERVER=smtp://me:hunter2@smtp.example.com",
                "MINER_IP_RANGE=admin:hunter2@10.0.0.7",
                "CORS_ORIGINS=https://ops.example.com/?token=hunter2",
                "RULES_FILE=https://me:hunter2@git.example.com/rules.yaml",
                "LOG_DIR=/var/log/x?password=hunter2",
                "TLS_KEY_FILE=https://vault.example.com/v1/hunter2",
                "API_TOKENS_FILE=https://vault.example.com/v1/hunter2?x=hunter2",
            })
    void masks_a_secret_wherever_it_stands(String line) throws IOException {
        check(line + "\n");
        check(line + "\n", "--json");
        main.run("serve", "--config", folder.resolve("minerops.env").toString(), line);
        main.run("--config", folder.resolve("minerops.env").toString(), "--port=" + line);

        assertThat(main.out()).contains("***").doesNotContain("hunter2");
        assertThat(main.err()).contains("***").doesNotContain("hunter2");
    }

    @Test
    void reports_every_problem_at_once_and_ends_with_2() throws IOException {
        assertThat(check("MINEROPS_PORT=high\nPOLL_INTERVAL=0\nPOL_INTERVAL=3\n"))
                .isEqualTo(2);

        assertThat(main.out())
                .contains("The settings are invalid:")
                .contains(
                        "MINEROPS_PORT: value \"high\"",
                        "POLL_INTERVAL: value \"0\"",
                        "POL_INTERVAL: is not a setting");
    }

    @Test
    void reports_what_is_wrong_with_the_rules_too() throws IOException {
        Path rules = Files.writeString(
                folder.resolve("rules.yaml"), "version: 1\nrules: [{name: Mine, rule_type: tempp}]\n");

        assertThat(check("RULES_FILE=" + rules + "\n")).isEqualTo(2);

        assertThat(main.out()).contains("RULES_FILE: " + rules + ":2: rule_type must be one of");
    }

    @Test
    void json_holds_the_same_for_programs() throws IOException {
        assertThat(check("MINEROPS_PORT=high\nAPI_TOKEN=hunter2-0123456789abcdef\n", "--json"))
                .isEqualTo(2);

        JsonNode report = new ObjectMapper().readTree(main.out());
        assertThat(report.path("ok").asBoolean(true)).isFalse();
        assertThat(report.path("problems")).hasSize(1);
        assertThat(report.path("settings"))
                .filteredOn(setting -> setting.path("name").asText().equals("API_TOKEN"))
                .singleElement()
                .satisfies(setting -> {
                    assertThat(setting.path("value").asText()).isEqualTo("***");
                    assertThat(setting.path("source").asText()).isEqualTo("file");
                });
    }
}
