package io.minerops.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerIndex;
import io.minerops.core.alert.internal.HashrateRule;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.RuleTypeDefinition;
import io.minerops.core.alert.type.Threshold;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rule says that can hardly be meant. */
class RuleLinterTest {
    private static final Miner PLAIN = Watch.aMiner().build();
    private static final Miner RATED = Miner.builder(MinerAddress.of("10.0.0.2"), Watch.START)
            .model("Antminer S19 Pro")
            .tags(List.of("rack-1"))
            .nominalThs(110.0)
            .nominalEfficiencyJPerTh(30.0)
            .powerCapW(3_300.0)
            .powerPriceUsdPerKwh(0.0)
            .build();
    private static final Miner OTHER = Miner.builder(MinerAddress.of("10.0.0.3"), Watch.START)
            .model("Whatsminer M30S")
            .tags(List.of("rack-2"))
            .build();
    private static final Webhook WEBHOOK = Webhook.of("https://hooks.example.com/in", WebhookFormat.GENERIC);

    private static List<String> warnings(AlertRule.Builder rule, Miner... miners) {
        return RuleLinter.of(rule.build(), RuleTypes.standard(), MinerIndex.of(List.of(miners)));
    }

    private static Thresholds parse(String text) {
        Map<String, Double> values = new HashMap<>();
        for (String pair : text.equals("-") ? new String[0] : text.split(" ", -1)) {
            values.put(pair.substring(0, pair.indexOf('=')), Double.valueOf(pair.substring(pair.indexOf('=') + 1)));
        }
        return Thresholds.of(values);
    }

    @Test
    void the_default_rules_have_nothing_that_stands_out() {
        assertThat(DefaultRules.standard())
                .allSatisfy(rule ->
                        assertThat(warnings(rule.toBuilder(), PLAIN, RATED)).isEmpty());
    }

    @ParameterizedTest(name = "{0} {1} on a {2} miner")
    @CsvSource(delimiter = '|', textBlock = """
            temp       | temp_c=149                                   | plain | -
            temp       | temp_c=150                                   | plain | temp_c 150 is never passed
            offline    | max_age_minutes=1440                         | plain | -
            offline    | max_age_minutes=1440 for_minutes=60          | plain | only after 25 h
            fan        | min_rpm=0 max_rpm=6000                       | plain | -
            fan        | min_rpm=0                                    | plain | This rule never raises
            power      | -                                            | rated | -
            power      | -                                            | plain | This rule never raises
            power      | min_power_w=0                                | plain | This rule never raises
            power      | min_power_w=1                                | plain | -
            power      | max_power_w=4000                             | plain | -
            power      | -                                            | both  | never raises for 1 of 2 miners
            power      | min_power_w=3300                             | rated | -
            power      | min_power_w=3301                             | rated | below min_power_w 3301
            efficiency | -                                            | rated | -
            efficiency | -                                            | plain | This rule never raises
            efficiency | -                                            | both  | never raises for 1 of 2 miners
            efficiency | max_j_per_th=30                              | both  | -
            efficiency | max_j_per_th=29                              | both  | above max_j_per_th 29
            hashrate   | baseline_ths=120                             | rated | -
            hashrate   | baseline_ths=123                             | rated | below 110.7 TH/s
            hashrate   | -                                            | plain | -
            reject_rate | max_pct=99.9                                | plain | -
            reject_rate | max_pct=100                                 | plain | This rule never raises
            hw_errors  | max_pct=100                                  | plain | This rule never raises
            restart    | for_minutes=59                               | plain | -
            restart    | for_minutes=60                               | plain | window_minutes (60)
            rate_of_change | avg_temp_c=15 for_minutes=9              | plain | -
            rate_of_change | avg_temp_c=15 for_minutes=10             | plain | within_minutes (10)
            profit     | -                                            | both  | -
            profit     | -                                            | rated | This rule never raises
            pool       | -                                            | plain | -
            pool       | min_pools_alive=0                            | plain | This rule never raises
            fleet      | max_offline=1                                | both  | -
            fleet      | max_offline=2                                | both  | it covers 2 miners
            fleet      | max_offline=2 max_offline_pct=50             | both  | -
            temp       | flap_count=1                                 | plain | -
            temp       | flap_count=2                                 | plain | flap_count 2 is never passed
            temp       | flap_count=2 flap_window_minutes=61          | plain | -
            temp       | flap_count=1 for_minutes=60                  | plain | flap_count 1 is never passed
            humidity   | -                                            | plain | This rule is not watched: rule_type
            temp       | temp_c=0                                     | plain | This rule is not watched: thresholds.temp_c
            """)
    void warns_of_limits_that_make_no_sense(String type, String thresholds, String on, String expected) {
        AlertRule.Builder rule =
                AlertRule.builder("the rule", new RuleType(type)).thresholds(parse(thresholds));
        Miner[] miners = switch (on) {
            case "plain" -> new Miner[] {PLAIN};
            case "rated" -> new Miner[] {RATED};
            default -> new Miner[] {PLAIN, RATED};
        };

        List<String> warnings = warnings(rule, miners);

        if (expected.equals("-")) {
            assertThat(warnings).isEmpty();
        } else {
            assertThat(warnings).singleElement().asString().contains(expected);
        }
    }

    @ParameterizedTest(name = "miner {0}, model {1}, tags {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            10.0.0.2 | -    | -             | -
            10.0.0.9 | -    | -             | covers no miner: 10.0.0.9 is not registered.
            -        | S19  | -             | -
            -        | S21  | -             | covers no miner: model_filter "S21" is part of no miner's model, as far as
            -        | -    | rack-1        | -
            -        | -    | rack-3        | covers no miner: no miner has the tag "rack-3".
            -        | -    | rack-4,rack-3 | covers no miner: no miner has any of the tags "rack-3" or "rack-4".
            -        | -    | rack-1,rack-3 | No miner has the tag "rack-3", which tags_filter names.
            -        | S19  | rack-2        | each of its filters has miners, but none passes all of them.
            10.0.0.2 | M30S | -             | each of its filters has miners, but none passes all of them.
            """)
    void says_which_filter_no_miner_passes(String miner, String model, String tags, String expected) {
        AlertRule.Builder rule = Watch.hot(Map.of())
                .miner(miner == null ? null : MinerAddress.parse(miner))
                .modelFilter(model)
                .tagsFilter(tags == null ? List.of() : List.of(tags.split(",", -1)));

        List<String> warnings = warnings(rule, PLAIN, RATED, OTHER);

        if (expected == null) {
            assertThat(warnings).isEmpty();
        } else {
            assertThat(warnings).singleElement().asString().contains(expected);
        }
    }

    @Test
    void says_that_there_is_no_miner_or_no_model_at_all() {
        assertThat(warnings(Watch.hot(Map.of()))).containsExactly("This rule covers no miner: none is registered yet.");
        assertThat(warnings(Watch.hot(Map.of()).modelFilter("S19"), PLAIN))
                .singleElement()
                .asString()
                .endsWith("since none is known yet.");
    }

    @Test
    void reports_missing_recipients() {
        AlertRule.Builder rule = Watch.hot(Map.of());

        assertThat(warnings(rule.notifyEmail(true).notifyWebhook(true).webhook(WEBHOOK), PLAIN))
                .isEmpty();
        assertThat(warnings(rule.notifyWebhook(false), PLAIN))
                .containsExactly("Its webhook gets no message, because notify_webhook is false.");
        assertThat(warnings(rule.webhook(null).notifyEmail(false), PLAIN))
                .containsExactly("Its alerts are sent neither by e-mail nor by webhook.");
        assertThat(warnings(rule.notifyWebhook(true), PLAIN))
                .containsExactly("notify_webhook is true, but there is no webhook_url to post to.");
    }

    @Test
    void a_short_cooldown_lets_a_flapping_alert_be() {
        AlertRule.Builder rule = Watch.hot(Map.of("flap_count", 5.0)).cooldown(Duration.ofMinutes(5));

        assertThat(warnings(rule, PLAIN)).isEmpty();
    }

    @Test
    void a_type_of_another_maker_warns_too() {
        RuleTypeDefinition definition = new RuleTypeDefinition() {
            @Override
            public RuleType type() {
                return new RuleType("mine");
            }

            @Override
            public String label() {
                return "mine";
            }

            @Override
            public String summary() {
                return "anything";
            }

            @Override
            public List<Threshold> thresholds() {
                return List.of();
            }

            @Override
            public Condition compile(AlertRule rule) {
                return new HashrateRule().compile(Watch.hot(Map.of()).build());
            }

            @Override
            public List<String> warnings(AlertRule rule, List<Miner> covered) {
                return List.of(rule.name() + " looks odd on " + covered.size());
            }
        };
        AlertRule rule = AlertRule.builder("my rule", new RuleType("mine")).build();

        assertThat(RuleLinter.of(rule, RuleTypes.standard().with(definition), MinerIndex.of(List.of(PLAIN, RATED))))
                .containsExactly("my rule looks odd on 2");
    }
}
