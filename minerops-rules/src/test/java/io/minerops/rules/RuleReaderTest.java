package io.minerops.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleReaderTest {
    private static final RuleContext CONTEXT = RuleContext.standard().withoutEnvironment();
    private static final AlertRule HOT = AlertRule.builder("Hot", RuleType.TEMP)
            .description("too warm")
            .thresholds(Thresholds.of(Map.of("temp_c", 82.5, "for_minutes", 4.0)))
            .webhook(Webhook.of("https://hooks.example.com/s3cret", WebhookFormat.SLACK))
            .tagsFilter(List.of("rack-1"))
            .build();

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static List<FileProblem> refused(String rule) {
        return catchThrowableOfType(RuleFileException.class, () -> RuleReader.create(json(rule), CONTEXT))
                .problems();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"x\"}",
                "{\"name\": \"x\", \"rule_type\": \"tmp\"}",
                "{\"name\": \"x\", \"rule_type\": \"temp\", \"thresholds\": {\"temp_c\": \"hot\"}}",
                "{\"name\": \"x\", \"rule_type\": \"temp\", \"thresholds\": {\"tempc\": 80, \"clear_c\": 5000}}",
                "{\"name\": \"x\", \"rule_type\": \"temp\", \"thresholds\": [1]}",
                "{\"name\": \"x\", \"rule_type\": \"pool\", \"options\": {\"allowed_pools\": []}}",
                "{\"name\": 7, \"rule_type\": \"temp\", \"enabled\": \"yes\", \"cooldown_minutes\": -1}",
                "{\"name\": \"x\", \"rule_type\": \"temp\", \"severity\": \"grave\", \"miner_ip\": \"10.0.0.256\"}",
                "{\"name\": \"x\", \"rule_type\": \"temp\", \"notify_webhook\": true}",
                "{\"name\": \"x\", \"rule_type\": \"temp\", \"webhook_format\": \"slack\"}",
                "{\"name\": \"x\", \"rule_type\": \"temp\", \"webhook_url\": \"ftp://example.com/s3cret\"}",
                "{\"name\": \"x\", \"rule_type\": \"temp\", \"colour\": \"red\"}"
            })
    void a_mistake_has_the_same_sentence_in_json_and_in_a_file(String rule) {
        List<String> inFile = catchThrowableOfType(
                        RuleFileException.class,
                        () -> RuleFile.parse("rules.yaml", "version: 1\nrules:\n  - " + rule, CONTEXT))
                .problems()
                .stream()
                .map(FileProblem::message)
                .toList();

        assertThat(inFile).isNotEmpty();
        assertThat(refused(rule)).extracting(FileProblem::message).containsExactlyInAnyOrderElementsOf(inFile);
    }

    @Test
    void a_problem_names_its_field() {
        assertThat(refused("{\"rule_type\": \"temp\", \"thresholds\": {\"tempc\": 80, \"temp_c\": -5}, \"colour\": 1}"))
                .extracting(FileProblem::field)
                .containsExactly("colour", "name");
        assertThat(refused(
                        "{\"name\": \"x\", \"rule_type\": \"temp\", \"thresholds\": {\"tempc\": 80, \"temp_c\": -5}}"))
                .extracting(FileProblem::field)
                .containsExactly("thresholds.tempc", "thresholds.temp_c");
        assertThat(refused("{\"name\": \"x\", \"rule_type\": \"pool\", \"options\": {\"allowed_pools\": [3]}}"))
                .extracting(FileProblem::field)
                .containsExactly("options.allowed_pools");
    }

    @Test
    void a_null_or_blank_field_of_a_form_has_no_value() {
        AlertRule rule = RuleReader.change(
                HOT,
                json(
                        "{\"description\": \" \", \"thresholds\": {\"temp_c\": 80, \"for_minutes\": null}, \"tags_filter\":"
                                + " null, \"webhook_format\": null}"),
                CONTEXT);

        assertThat(rule)
                .isEqualTo(HOT.toBuilder()
                        .description(null)
                        .thresholds(Thresholds.of("temp_c", 80))
                        .tagsFilter(List.of())
                        .build());
    }

    @Test
    void a_masked_webhook_that_comes_back_changes_nothing_and_another_mask_is_refused() {
        assertThat(RuleReader.change(HOT, json("{\"webhook_url\": \"https://hooks.example.com/***\"}"), CONTEXT))
                .isEqualTo(HOT);
        assertThat(refused("{\"name\": \"x\", \"rule_type\": \"temp\", \"webhook_url\": \"https://example.com/***\"}"))
                .extracting(FileProblem::field, FileProblem::message)
                .containsExactly(tuple(
                        "webhook_url",
                        "webhook_url must be a whole address, not one with its secret part hidden or in a variable"));
    }

    @Test
    void a_request_cannot_read_a_variable_of_the_process() {
        assertThat(refused("{\"name\": \"x\", \"rule_type\": \"temp\", \"webhook_url\": \"${PATH}\"}"))
                .extracting(FileProblem::field)
                .containsExactly("webhook_url");
    }

    @Test
    void a_channel_that_is_not_set_up_is_refused_with_those_that_are() {
        RuleContext context = CONTEXT.withChannels(List.of("email", "noc-slack"));

        assertThat(RuleReader.change(HOT, json("{\"channels\": [\"noc-slack\"]}"), context)
                        .channels())
                .containsExactly("noc-slack");
        assertThat(catchThrowableOfType(
                                RuleFileException.class,
                                () -> RuleReader.change(HOT, json("{\"channels\": [\"noc-slak\"]}"), context))
                        .problems())
                .extracting(FileProblem::field, FileProblem::message)
                .containsExactly(tuple(
                        "channels",
                        "channels must be one of email, noc-slack, not \"noc-slak\"; did you mean noc-slack?"));
        assertThat(catchThrowableOfType(
                                RuleFileException.class,
                                () -> RuleReader.change(
                                        HOT, json("{\"channels\": [\"pager\"]}"), CONTEXT.withChannels(List.of())))
                        .problems())
                .extracting(FileProblem::message)
                .containsExactly("channels must be left out, since none is set up, not \"pager\"");
    }

    @Test
    void hidden_characters_in_a_request_are_refused() {
        assertThat(refused("{\"name\": \"a\\u0000b\", \"rule_type\": \"temp\"}"))
                .extracting(FileProblem::message)
                .containsExactly("name must not hold control characters or halves of characters");
        assertThat(refused("{\"name\": \"x\\ud83d\", \"rule_type\": \"temp\"}"))
                .extracting(FileProblem::field)
                .containsExactly("name");
    }

    @Test
    void what_is_no_object_is_no_rule() {
        assertThat(refused("[]"))
                .extracting(FileProblem::message)
                .singleElement()
                .asString()
                .startsWith("a rule must have keys (name, ")
                .endsWith("not be a list");
    }
}
