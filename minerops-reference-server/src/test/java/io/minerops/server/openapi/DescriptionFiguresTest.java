package io.minerops.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.Page;
import io.minerops.api.alert.AlertRule;
import io.minerops.core.alert.RuleTypes;
import io.minerops.rules.RuleSchema;
import io.minerops.server.support.Client;
import io.minerops.server.support.RunningServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Defaults and limits that Java defines are the same in the description, in replies, on the pages and in the docs. */
class DescriptionFiguresTest {
    @RegisterExtension
    static final RunningServer SERVER = RunningServer.of(1);

    private final ObjectNode document = ApiDescription.document(RuleTypes.standard());

    @Test
    void no_mark_is_left_in_the_description() {
        assertThat(document.toString()).doesNotContainPattern("\"\\$[a-z_]+\"[^:]");
    }

    @Test
    void a_name_that_java_does_not_define_is_an_error_that_says_it() {
        ObjectNode broken = new ObjectMapper().createObjectNode().put("default", "$nonsense");

        assertThatThrownBy(() -> DescriptionFigures.addTo(broken))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("$nonsense");
    }

    @Test
    void a_figure_that_no_part_names_is_an_error_that_says_it() {
        ObjectNode empty = new ObjectMapper().createObjectNode();

        assertThatThrownBy(() -> DescriptionFigures.addTo(empty))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cooldown_minutes");
    }

    @Test
    void the_cooldown_of_a_rule_has_one_default() throws IOException {
        long minutes = AlertRule.DEFAULT_COOLDOWN.toMinutes();
        JsonNode described = document.at("/components/schemas/RuleFields/properties/cooldown_minutes");
        JsonNode inFiles = new ObjectMapper()
                .readTree(RuleSchema.of(RuleTypes.standard()))
                .at("/$defs/rule/properties/cooldown_minutes");
        Client client = SERVER.client();
        JsonNode created = client.post("/api/alerts/rules", "{\"name\": \"x\", \"rule_type\": \"fan\"}")
                .json();

        assertThat(described.path("default").longValue()).isEqualTo(minutes);
        assertThat(described.path("maximum")).isEqualTo(inFiles.path("maximum"));
        assertThat(created.at("/rule/cooldown_minutes").longValue()).isEqualTo(minutes);
        assertThat(client.get("/api/alerts/rule-types")
                        .json()
                        .at("/defaults/cooldown_minutes")
                        .longValue())
                .isEqualTo(minutes);
        assertThat(Files.readString(Path.of("..", "docs", "rules.md")))
                .contains("| `cooldown_minutes` | 0 or more | " + minutes + " |");
    }

    @Test
    void the_pages_read_lists_in_parts_of_the_maximum() throws IOException {
        assertThat(page("js/api.js")).containsPattern("MAX_PAGE = " + grouped(Page.MAX_LIMIT) + ";");
    }

    private static String grouped(int number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '_');
    }

    private static String page(String name) throws IOException {
        try (InputStream in = ApiDescription.class.getResourceAsStream("/io/minerops/server/pages/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
