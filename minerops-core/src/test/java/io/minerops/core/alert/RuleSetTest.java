package io.minerops.core.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

class RuleSetTest {
    private static AlertRule rule(String name, long id) {
        return AlertRule.builder(name, RuleType.TEMP).id(id).build();
    }

    @Test
    void two_rules_with_one_id_are_refused_and_both_are_named() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> RuleSet.compile(List.of(rule("hot", 7), rule("cool", 8), rule("hotter", 7))))
                .satisfies(refusal -> assertThat(refusal.argument()).isEqualTo("rules"))
                .withMessageContaining("\"hot\" and \"hotter\" both have the id 7");
    }

    @Test
    void rules_that_no_store_has_numbered_are_refused_with_the_reason() {
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> RuleSet.compile(DefaultRules.standard()))
                .withMessageContaining("\"High Temperature\" and \"Miner Offline\" both have the id 0")
                .withMessageContaining("not stored yet");
    }

    @Test
    void a_rule_that_is_off_or_cannot_be_watched_takes_its_id_too() {
        AlertRule off = rule("off", 3).toBuilder().enabled(false).build();
        AlertRule unknown =
                AlertRule.builder("unknown", new RuleType("moonlight")).id(3).build();

        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> RuleSet.compile(List.of(off, rule("on", 3))));
        assertThatExceptionOfType(InvalidArgumentException.class)
                .isThrownBy(() -> RuleSet.compile(List.of(rule("on", 3), unknown)));
    }

    @Property(tries = 300)
    void rules_compile_exactly_where_every_id_is_there_once(
            @ForAll @Size(max = 8) List<@LongRange(min = 0, max = 20) Long> ids) {
        boolean different = new HashSet<>(ids).size() == ids.size();
        Statistics.collect(different);
        List<AlertRule> rules = new ArrayList<>();
        ids.forEach(id -> rules.add(rule("rule " + rules.size(), id)));

        if (different) {
            assertThat(RuleSet.compile(rules).size()).isEqualTo(ids.size());
        } else {
            assertThatExceptionOfType(InvalidArgumentException.class).isThrownBy(() -> RuleSet.compile(rules));
        }
        Statistics.coverage(coverage -> {
            coverage.check(true).percentage(share -> share > 15);
            coverage.check(false).percentage(share -> share > 15);
        });
    }
}
