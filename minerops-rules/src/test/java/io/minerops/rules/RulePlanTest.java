package io.minerops.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.StoreException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.store.RuleStore;
import io.minerops.api.store.Store;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.service.RuleService;
import io.minerops.testkit.memory.InMemoryStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

class RulePlanTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final AlertRule HOT = AlertRule.builder("Hot", RuleType.TEMP)
            .thresholds(Thresholds.of(Map.of("temp_c", 80.0, "for_minutes", 4.0)))
            .webhook(Webhook.of("https://hooks.example.com/old", WebhookFormat.SLACK))
            .build();
    private static final AlertRule OFFLINE =
            AlertRule.builder("Offline", RuleType.OFFLINE).build();

    private final InMemoryStore memory = new InMemoryStore();
    private final RuleStore store = memory.rules();

    private static RuleService rules(Store store, Instant now) {
        return RuleService.over(store, RuleTypes.standard(), () -> now);
    }

    private RulePlan plan(boolean prune, AlertRule... wanted) {
        return RulePlan.between(List.of(wanted), store.all(), prune);
    }

    @Test
    void a_rule_that_is_not_stored_is_created() {
        RulePlan plan =
                plan(false, HOT.toBuilder().tagsFilter(List.of("a", "b c")).build());

        assertThat(plan.toText()).isEqualTo("""
                + Hot (temp)
                    thresholds.for_minutes: 4
                    thresholds.temp_c: 80
                    webhook_url: https://hooks.example.com/***
                    webhook_format: slack
                    tags_filter: a, b c
                1 to create, 0 to change, 0 to delete, 0 unchanged
                """);
    }

    @Test
    void a_change_is_reported_key_by_key_without_the_secret() {
        store.create(HOT, NOW);
        RulePlan plan = plan(
                false,
                HOT.toBuilder()
                        .severity(Severity.CRITICAL)
                        .enabled(false)
                        .description("hot")
                        .thresholds(Thresholds.of(Map.of("temp_c", 82.5, "clear_c", 75.0)))
                        .webhook(Webhook.of("https://hooks.example.com/new", WebhookFormat.SLACK))
                        .build());

        assertThat(plan.toText()).isEqualTo("""
                ~ Hot (temp)
                    description: (none) → hot
                    enabled: true → false
                    thresholds.clear_c: (none) → 75
                    thresholds.for_minutes: 4 → (none)
                    thresholds.temp_c: 80 → 82.5
                    severity: warning → critical
                    webhook_url: https://hooks.example.com/*** → https://hooks.example.com/*** (another address)
                0 to create, 1 to change, 0 to delete, 0 unchanged
                """);
    }

    @Test
    void a_stored_rule_that_the_file_lacks_is_left_alone() {
        store.create(OFFLINE, NOW);
        RulePlan plan = plan(false, HOT);
        plan.apply(rules(memory, NOW));

        assertThat(plan.summary())
                .isEqualTo("1 to create, 0 to change, 0 to delete, 0 unchanged;"
                        + " left alone, because the file does not have them: \"Offline\"");
        assertThat(store.all()).extracting(AlertRule::name).containsExactly("Offline", "Hot");
    }

    @Test
    void a_stored_rule_that_the_file_lacks_is_deleted_where_that_is_requested() {
        store.create(OFFLINE, NOW);
        RulePlan plan = plan(true, HOT);
        plan.apply(rules(memory, NOW));

        assertThat(plan.toText()).contains("- Offline (offline)\n1 to create, 0 to change, 1 to delete, 0 unchanged\n");
        assertThat(store.all()).extracting(AlertRule::name).containsExactly("Hot");
    }

    @Test
    void a_changed_rule_keeps_its_number_and_the_time_of_its_creation() {
        AlertRule stored = store.create(HOT, NOW);
        plan(
                        false,
                        HOT.toBuilder()
                                .type(RuleType.OFFLINE)
                                .thresholds(Thresholds.none())
                                .build())
                .apply(rules(memory, NOW.plusSeconds(60)));

        assertThat(store.find(stored.id()).orElseThrow()).satisfies(rule -> {
            assertThat(rule.type()).isEqualTo(RuleType.OFFLINE);
            assertThat(rule.createdAt()).isEqualTo(NOW);
            assertThat(rule.updatedAt()).isEqualTo(NOW.plusSeconds(60));
        });
    }

    @Test
    void a_rule_that_is_stored_as_it_should_be_is_not_touched() {
        store.create(HOT, NOW);
        long version = store.version();
        RulePlan plan = plan(true, HOT);
        plan.apply(rules(memory, NOW.plusSeconds(60)));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(store.version()).isEqualTo(version);
    }

    @Test
    void a_name_that_two_stored_rules_have_is_refused() {
        store.create(HOT, NOW);
        store.create(HOT, NOW);

        assertThatThrownBy(() -> plan(false, HOT))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("the stored rules 1 and 2 are both named \"Hot\"; rename or delete one of them first");
        assertThat(plan(false, OFFLINE).leftAlone()).hasSize(2);
    }

    @Test
    void a_rule_that_another_user_deleted_meanwhile_is_reported() {
        AlertRule stored = store.create(HOT, NOW);
        RulePlan plan = plan(false, HOT.toBuilder().enabled(false).build());
        store.delete(stored.id());

        assertThatThrownBy(() -> plan.apply(rules(memory, NOW)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(
                        "was deleted by another user meanwhile, and nothing was changed; apply the file again");
    }

    @Property(tries = 300)
    @Domain(AnyRules.class)
    void applying_twice_changes_nothing_the_second_time(
            @ForAll @Size(max = 5) List<AlertRule> before, @ForAll @Size(max = 5) List<AlertRule> after) {
        InMemoryStore fresh = new InMemoryStore();
        RuleStore stored = fresh.rules();
        AnyRules.withDistinctNames(before).forEach(rule -> stored.create(rule, NOW));
        List<AlertRule> wanted = AnyRules.withDistinctNames(after);
        RulePlan.between(wanted, stored.all(), true).apply(rules(fresh, NOW));

        assertThat(RulePlan.between(wanted, stored.all(), true).isEmpty()).isTrue();
        assertThat(stored.all()).hasSameSizeAs(wanted);
    }
}
