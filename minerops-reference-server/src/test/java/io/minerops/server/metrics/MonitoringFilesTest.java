package io.minerops.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.server.support.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The dashboard and the alert rules of the documentation, against a running server. */
class MonitoringFilesTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(2);

    private static final Path FOLDER = Path.of("..", "docs", "operations");
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final Pattern METRIC = Pattern.compile("\\b(?:minerops|jvm|process)_[a-z0-9_]+");

    private static Set<String> exposed;

    @BeforeAll
    static void scrape() {
        SERVER.server().ops().pollNow();
        SERVER.server().ops().checkAlertsNow();
        exposed = Exposition.parse(SERVER.client().get("/metrics").text()).samples().keySet().stream()
                .map(sample -> sample.replaceAll("\\{.*", ""))
                .collect(Collectors.toSet());
    }

    private static Set<String> metrics(Iterable<String> expressions) {
        Set<String> names = new TreeSet<>();
        expressions.forEach(
                expression -> METRIC.matcher(expression).results().forEach(found -> names.add(found.group())));
        return names;
    }

    private static Object yaml(String file) throws IOException {
        return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(FOLDER.resolve(file)));
    }

    @Test
    void the_dashboard_shows_only_what_a_server_exposes() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(Files.readString(FOLDER.resolve("grafana-dashboard.json")));
        List<String> expressions = dashboard.findValuesAsText("expr");
        expressions.addAll(dashboard.findValuesAsText("definition"));

        assertThat(expressions).hasSizeGreaterThan(20);
        assertThat(metrics(expressions))
                .hasSizeGreaterThan(15)
                .allSatisfy(name -> assertThat(exposed).contains(name));
    }

    @Test
    void every_panel_has_a_place_of_its_own() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(Files.readString(FOLDER.resolve("grafana-dashboard.json")));
        List<String> places = new ArrayList<>();
        dashboard
                .path("panels")
                .forEach(panel -> places.add(panel.path("gridPos").toString()));

        assertThat(places).doesNotHaveDuplicates();
        assertThat(dashboard.path("panels").findValuesAsText("id")).doesNotHaveDuplicates();
    }

    @Test
    void the_alert_rules_judge_only_what_a_server_exposes() throws IOException {
        JsonNode rules = new ObjectMapper().valueToTree(yaml("minerops-alerts.yml"));
        List<String> expressions = rules.findValuesAsText("expr");

        assertThat(expressions).hasSameSizeAs(rules.findValues("alert")).isNotEmpty();
        assertThat(metrics(expressions))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(exposed).contains(name));
        assertThat(rules.findValuesAsText("severity")).hasSameSizeAs(expressions);
    }

    @Test
    void the_scrape_reads_the_path_that_there_is_with_a_token() throws IOException {
        JsonNode scrape = new ObjectMapper()
                .valueToTree(yaml("prometheus.yml"))
                .path("scrape_configs")
                .path(0);

        assertThat(SERVER.client().get(scrape.path("metrics_path").asText()).status())
                .isEqualTo(200);
        assertThat(scrape.path("authorization").path("type").asText()).isEqualTo("Bearer");
    }

    @Test
    void prometheus_own_tool_takes_the_rules() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(PROMTOOL), "promtool is not installed");
        Process promtool = new ProcessBuilder(
                        PROMTOOL.toString(),
                        "check",
                        "rules",
                        FOLDER.resolve("minerops-alerts.yml").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(promtool.exitValue()).as(said).isZero();
    }
}
