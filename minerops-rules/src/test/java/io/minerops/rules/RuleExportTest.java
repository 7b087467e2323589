package io.minerops.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.miner.MinerAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

class RuleExportTest {
    private static final AlertRule TOLD = AlertRule.builder("Miner: offline", RuleType.OFFLINE)
            .description("No answer")
            .thresholds(Thresholds.of(Map.of("max_age_minutes", 7.5, "for_minutes", 2.0)))
            .webhook(Webhook.of("https://hooks.example.com/T1/s3cret", WebhookFormat.SLACK))
            .notifyWebhook(true)
            .miner(new MinerAddress("10.0.0.7", 4029))
            .tagsFilter(List.of("rack-1", "2"))
            .build();

    @Test
    void the_address_of_a_webhook_is_left_to_the_environment() {
        assertThat(RuleExport.masked().toYaml(List.of(TOLD))).isEqualTo("""
                version: 1
                rules:
                  - name: "Miner: offline"
                    description: No answer
                    rule_type: offline
                    thresholds:
                      for_minutes: 2
                      max_age_minutes: 7.5
                    notify_webhook: true
                    webhook_url: "${WEBHOOK_HOOKS_EXAMPLE_COM}" # the address at https://hooks.example.com/***, which is a secret: set the variable
                    webhook_format: slack
                    miner_ip: "10.0.0.7:4029"
                    tags_filter:
                      - rack-1
                      - "2"
                """);
    }

    @Test
    void json_says_the_same_as_yaml_but_for_comments() {
        assertThat(RuleExport.masked().toJson(List.of(TOLD))).isEqualTo("""
                {
                  "version" : 1,
                  "rules" : [ {
                    "name" : "Miner: offline",
                    "description" : "No answer",
                    "rule_type" : "offline",
                    "thresholds" : {
                      "for_minutes" : 2,
                      "max_age_minutes" : 7.5
                    },
                    "notify_webhook" : true,
                    "webhook_url" : "${WEBHOOK_HOOKS_EXAMPLE_COM}",
                    "webhook_format" : "slack",
                    "miner_ip" : "10.0.0.7:4029",
                    "tags_filter" : [ "rack-1", "2" ]
                  } ]
                }
                """);
    }

    @Test
    void each_address_has_a_variable_of_its_own() {
        AlertRule same = TOLD.toBuilder().name("B").build();
        AlertRule other = TOLD.toBuilder()
                .name("C")
                .webhook(Webhook.of("https://hooks.example.com/T2", WebhookFormat.GENERIC))
                .build();

        assertThat(RuleExport.masked().toYaml(List.of(TOLD, same, other)).lines())
                .filteredOn(line -> line.contains("webhook_url"))
                .extracting(line -> line.replaceAll(".*\\{(.*)}.*", "$1"))
                .containsExactly(
                        "WEBHOOK_HOOKS_EXAMPLE_COM", "WEBHOOK_HOOKS_EXAMPLE_COM", "WEBHOOK_HOOKS_EXAMPLE_COM_2");
    }

    @Test
    void secrets_are_given_where_they_are_requested() {
        assertThat(RuleExport.withSecrets().toYaml(List.of(TOLD)))
                .contains("webhook_url: \"https://hooks.example.com/T1/s3cret\"\n");
    }

    @Test
    void no_rules_are_a_file_too() {
        assertThat(RuleFile.parse("rules.yaml", RuleExport.masked().toYaml(List.of()))
                        .rules())
                .isEmpty();
    }

    @Test
    void two_rules_of_one_name_cannot_be_distinguished() {
        assertThatThrownBy(() -> RuleExport.masked().toYaml(List.of(TOLD, TOLD)))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("rules must have different names, but two are named \"Miner: offline\";"
                        + " rename or delete one of them first");
    }

    @Property(tries = 500)
    @Domain(AnyRules.class)
    void what_was_exported_with_secrets_reads_back_to_the_same_rules(@ForAll @Size(max = 5) List<AlertRule> any) {
        List<AlertRule> rules = AnyRules.withDistinctNames(any);

        assertThat(RuleFile.parse("rules.yaml", RuleExport.withSecrets().toYaml(rules))
                        .rules())
                .isEqualTo(rules);
    }

    @Property(tries = 300)
    @Domain(AnyRules.class)
    void what_was_exported_as_json_reads_back_to_the_same_rules(@ForAll @Size(max = 5) List<AlertRule> any) {
        List<AlertRule> rules = AnyRules.withDistinctNames(any);

        assertThat(RuleFile.parse("rules.json", RuleExport.withSecrets().toJson(rules))
                        .rules())
                .isEqualTo(rules);
    }

    @Property(tries = 300)
    @Domain(AnyRules.class)
    void what_was_exported_masked_reads_back_where_the_variables_are_set(@ForAll @Size(max = 5) List<AlertRule> any) {
        List<AlertRule> rules = AnyRules.withDistinctNames(any);
        String yaml = RuleExport.masked().toYaml(rules);
        List<String> addresses = rules.stream()
                .map(AlertRule::webhook)
                .filter(webhook -> webhook != null)
                .map(webhook -> webhook.url().reveal())
                .toList();
        Map<String, String> environment = new HashMap<>();
        Matcher variable = Pattern.compile("(?m)^ +webhook_url: \"\\$\\{(WEBHOOK_[A-Z0-9_]+)}\" # ")
                .matcher(yaml);
        for (String address : addresses) {
            assertThat(variable.find()).isTrue();
            assertThat(environment.put(variable.group(1), address)).isIn(null, address);
        }

        RuleContext context = RuleContext.standard().withEnvironment(environment::get);
        assertThat(RuleFile.parse("rules.yaml", yaml, context).rules()).isEqualTo(rules);
    }
}
