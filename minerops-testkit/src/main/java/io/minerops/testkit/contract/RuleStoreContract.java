package io.minerops.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.alert.Severity;
import io.minerops.api.alert.Thresholds;
import io.minerops.api.alert.Webhook;
import io.minerops.api.alert.WebhookFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link io.minerops.api.store.RuleStore} must do. */
public abstract class RuleStoreContract extends StoreContract {
    /** For subclasses. */
    protected RuleStoreContract() {}

    @Test
    public void every_field_comes_back_as_it_was() {
        AlertRule rule = AlertRule.builder("Power of hall b", RuleType.POWER)
                .description("too much")
                .enabled(false)
                .thresholds(Thresholds.of(Map.of("max_power_w", 3_500.5, "for_minutes", 1.5)))
                .options(Map.of("words", List.of("one word", "a\nsecond\\"), "hosts", List.of("*.pool.example")))
                .severity(Severity.CRITICAL)
                .cooldown(Duration.ofSeconds(90))
                .notifyEmail(false)
                .notifyWebhook(true)
                .webhook(Webhook.of("https://hooks.example.com/services/T0/B0/secret", WebhookFormat.SLACK))
                .channels(List.of("noc-slack", "pager\nline"))
                .miner(MINER)
                .modelFilter("S21")
                .tagsFilter(List.of("hall-b", "hydro"))
                .build();

        AlertRule stored = store.rules().create(rule, minute(1));

        assertThat(stored)
                .isEqualTo(rule.toBuilder()
                        .id(stored.id())
                        .createdAt(minute(1))
                        .updatedAt(minute(1))
                        .build());
        assertThat(stored.id()).isPositive();
        assertThat(store.rules().find(stored.id())).contains(stored);
    }

    @Test
    public void a_change_keeps_the_time_of_creation_and_moves_the_version() {
        AlertRule rule = rule();
        long before = store.rules().version();

        AlertRule changed = store.rules()
                .update(rule.toBuilder().name("hotter").build(), minute(5))
                .orElseThrow();

        assertThat(changed.createdAt()).isEqualTo(START);
        assertThat(changed.updatedAt()).isEqualTo(minute(5));
        assertThat(store.rules().version()).isGreaterThan(before);
    }

    @Test
    public void creating_and_deleting_move_the_version_too() {
        long empty = store.rules().version();
        assertThat(empty).isZero();
        AlertRule rule = rule();
        long one = store.rules().version();
        store.rules().delete(rule.id());

        assertThat(one).isGreaterThan(empty);
        assertThat(store.rules().version()).isGreaterThan(one);
    }

    @Test
    public void an_unknown_rule_is_neither_found_nor_changed_nor_deleted() {
        AlertRule unknown = AlertRule.builder("x", RuleType.FAN).id(99).build();

        assertThat(store.rules().find(99)).isEmpty();
        assertThat(store.rules().update(unknown, START)).isEmpty();
        assertThat(store.rules().delete(99)).isFalse();
    }

    @Test
    public void the_number_of_a_deleted_rule_is_not_given_again() {
        AlertRule first = rule();
        store.rules().delete(first.id());

        assertThat(rule().id()).isGreaterThan(first.id());
    }

    @Test
    public void first_rules_are_stored_only_where_there_is_none() {
        List<AlertRule> wanted = List.of(
                AlertRule.builder("a", RuleType.TEMP).build(),
                AlertRule.builder("b", RuleType.FAN).build());

        assertThat(store.rules().createIfNone(wanted, START)).hasSize(2);
        assertThat(store.rules().createIfNone(wanted, START)).isEmpty();
        assertThat(store.rules().all()).extracting(AlertRule::name).containsExactly("a", "b");
    }

    @Test
    public void creations_replacements_and_deletions_are_one_change() {
        AlertRule kept =
                store.rules().create(AlertRule.builder("a", RuleType.TEMP).build(), START);
        AlertRule gone =
                store.rules().create(AlertRule.builder("b", RuleType.FAN).build(), START);

        boolean done = store.rules()
                .change(
                        List.of(AlertRule.builder("c", RuleType.OFFLINE).build()),
                        List.of(kept.toBuilder().name("a, renamed").build()),
                        List.of(gone.id(), 4_711L),
                        START.plusSeconds(1));

        assertThat(done).isTrue();
        assertThat(store.rules().all()).extracting(AlertRule::name).containsExactly("a, renamed", "c");
    }

    @Test
    public void a_change_of_a_rule_that_is_not_there_changes_nothing_else() {
        AlertRule kept =
                store.rules().create(AlertRule.builder("a", RuleType.TEMP).build(), START);
        long version = store.rules().version();

        boolean done = store.rules()
                .change(
                        List.of(AlertRule.builder("c", RuleType.OFFLINE).build()),
                        List.of(
                                kept.toBuilder().name("a, renamed").build(),
                                kept.toBuilder().id(4_711).build()),
                        List.of(kept.id()),
                        START.plusSeconds(1));

        assertThat(done).isFalse();
        assertThat(store.rules().all()).containsExactly(kept);
        assertThat(store.rules().version()).isEqualTo(version);
    }
}
