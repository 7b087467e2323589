package io.minerops.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import io.minerops.core.alert.RuleLinter;
import io.minerops.core.alert.RuleTypes;
import io.minerops.rules.RuleFile.FileRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleFileTest {
    private static final RuleContext CONTEXT = RuleContext.standard()
            .withEnvironment(Map.of("HOOK", "https://hooks.example.com/s3cret", "BAD_HOOK", "https:///s3cret")::get);

    @TempDir
    private Path folder;

    static Stream<BadFile> badFiles() {
        return BadFile.in("bad");
    }

    private static RuleFileException refused(String text) {
        return catchThrowableOfType(RuleFileException.class, () -> RuleFile.parse("rules.yaml", text, CONTEXT));
    }

    @ParameterizedTest
    @MethodSource("badFiles")
    void every_error_is_reported_with_its_location(BadFile file) {
        RuleFileException refusal = refused(file.text());

        assertThat(BadFile.reported(refusal)).containsExactlyElementsOf(file.expected());
        assertThat(refusal.getMessage()).doesNotContain("s3cret", "secret");
    }

    @Test
    void a_warning_names_the_file_the_line_and_the_rule() {
        RuleFile file = RuleFile.parse("rules.yaml", """
                version: 1
                rules:
                  - name: Hot
                    rule_type: temp
                    tags_filter: [rack-9]
                """, CONTEXT);

        List<String> warnings = file.warnings(RuleLinter.over(RuleTypes.standard(), MinerIndex.of(List.of())));

        assertThat(warnings)
                .isNotEmpty()
                .allSatisfy(warning -> assertThat(warning).startsWith("rules.yaml:3: Hot: "));
    }

    @Test
    void every_key_of_a_rule_is_read() {
        RuleFile file = RuleFile.parse("rules.yaml", """
                # who watches the hall
                version: 1
                rules:

                  - name: Hot
                    description: "Too warm: act"
                    rule_type: temp
                    enabled: false
                    thresholds:
                      temp_c: 82.5
                      for_minutes: 4
                    severity: critical
                    cooldown_minutes: 1.5
                    notify_email: false
                    notify_webhook: true
                    webhook_url: ${HOOK}
                    webhook_format: slack
                    channels: [noc-slack, pager]
                    miner_ip: 10.0.0.7
                    model_filter: S19
                    tags_filter: [rack-1, rack-2]
                """, CONTEXT.withDefaultPort(4029));

        assertThat(file.entries())
                .singleElement()
                .isEqualTo(new FileRule(
                        AlertRule.builder("Hot", RuleType.TEMP)
                                .description("Too warm: act")
                                .enabled(false)
                                .thresholds(Thresholds.of(Map.of("temp_c", 82.5, "for_minutes", 4.0)))
                                .severity(Severity.CRITICAL)
                                .cooldown(Duration.ofSeconds(90))
                                .notifyEmail(false)
                                .notifyWebhook(true)
                                .webhook(Webhook.of("https://hooks.example.com/s3cret", WebhookFormat.SLACK))
                                .channels(List.of("noc-slack", "pager"))
                                .miner(new MinerAddress("10.0.0.7", 4029))
                                .modelFilter("S19")
                                .tagsFilter(List.of("rack-1", "rack-2"))
                                .build(),
                        5));
    }

    @Test
    void json_is_read_by_the_same_parser() {
        RuleFile file = RuleFile.parse("rules.json", """
                {"$schema": "rules.schema.json", "version": 1, "rules": [
                	{"name": "Hot", "rule_type": "temp", "thresholds": {"temp_c": 8e1}, "description": null}
                ]}
                """);

        assertThat(file.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.thresholds()).isEqualTo(Thresholds.of("temp_c", 80));
            assertThat(rule.description()).isNull();
        });
    }

    @Test
    void what_a_rule_leaves_out_is_as_in_the_rest_interface() {
        RuleFile file = RuleFile.parse("rules.yaml", "version: 1\nrules: [{name: Hot, rule_type: temp}]");

        assertThat(file.rules())
                .containsExactly(AlertRule.builder("Hot", RuleType.TEMP).build());
    }

    @Test
    void a_problem_names_file_and_line() {
        assertThat(refused("version: 1\nrules: 7").problems())
                .extracting(FileProblem::toString)
                .containsExactly("rules.yaml:2: rules must be a list, not the number 7");
    }

    @Test
    void a_file_that_is_too_large_is_refused_unread() throws IOException {
        Path file = Files.write(folder.resolve("rules.yaml"), new byte[YamlReader.MAX_SIZE + 1]);

        assertThat(catchThrowableOfType(RuleFileException.class, () -> RuleFile.read(file)))
                .hasMessage(file + ": is larger than 1048576 bytes: 1048577");
    }

    @Test
    void a_file_that_cannot_be_read_is_reported() throws IOException {
        Path missing = folder.resolve("none.yaml");
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0x41});

        assertThat(catchThrowableOfType(RuleFileException.class, () -> RuleFile.read(missing)))
                .hasMessage(missing + ": cannot be read (NoSuchFileException)");
        assertThat(catchThrowableOfType(RuleFileException.class, () -> RuleFile.read(binary)))
                .hasMessage(binary + ": is not UTF-8 text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://hooks.example.com/s3cret", "${HOOK}"})
    void a_webhook_that_sending_will_refuse_is_refused_with_the_reason_and_its_location(String url) {
        RuleContext context = CONTEXT.withWebhooks(webhook -> Optional.of("its host is not allowed"));

        RuleFileException refusal = catchThrowableOfType(
                RuleFileException.class,
                () -> RuleFile.parse(
                        "rules.yaml",
                        "version: 1\nrules:\n  - {name: r, rule_type: temp, webhook_url: '" + url + "'}",
                        context));

        assertThat(refusal).hasMessageContaining("rules.yaml:3:").hasMessageContaining("its host is not allowed");
        assertThat(refusal.getMessage()).doesNotContain("s3cret");
    }

    @Test
    void an_empty_file_and_a_character_that_yaml_does_not_allow_are_reported() {
        assertThat(BadFile.reported(refused("# nothing\n"))).containsExactly("0:0: is empty");
        assertThat(BadFile.reported(refused("version: 1\nname: \u0007\n")))
                .containsExactly("2:7: is not YAML at column 7: the character U+0007 is not allowed");
    }

    @Test
    void a_document_nested_without_end_is_refused() {
        assertThat(BadFile.reported(refused("version: 1\nrules: " + "[".repeat(100_000))))
                .containsExactly("2:23: is nested deeper than 16 levels");
    }

    @Test
    void a_bomb_of_aliases_is_refused_without_being_unfolded() {
        StringBuilder bomb = new StringBuilder("a: &a [x, x]\n");
        for (char c = 'b'; c < 'z'; c++) {
            bomb.append(c)
                    .append(": &")
                    .append(c)
                    .append(" [*")
                    .append((char) (c - 1))
                    .append(", *")
                    .append((char) (c - 1))
                    .append("]\n");
        }

        RuleFileException refusal = refused(bomb.toString());

        assertThat(refusal.problems()).hasSizeBetween(50, 100);
        assertThat(refusal).hasMessageContaining("rules.yaml:25: alias *x is not accepted; write it out");
    }

    @Test
    void more_rules_than_a_file_may_have_are_refused() {
        String rules = "  - {name: r, rule_type: temp}\n".repeat(RuleFile.MAX_RULES + 1);

        assertThat(BadFile.reported(refused("version: 1\nrules:\n" + rules)))
                .containsExactly("1003:5: rules must be at most 1000, not 1001");
    }

    @Test
    void a_file_is_read_from_disk() throws IOException {
        Path file = folder.resolve("rules.yaml");
        Files.write(file, "version: 1\nrules: []\n".getBytes(StandardCharsets.UTF_8));

        assertThat(RuleFile.read(file)).isEqualTo(new RuleFile(file.toString(), List.of()));
    }
}
