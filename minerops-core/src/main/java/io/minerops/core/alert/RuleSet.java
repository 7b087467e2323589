package io.minerops.core.alert;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.Lookback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Rules compiled once, to be used for every check until one of them changes. Immutable. */
public final class RuleSet {
    private final List<CompiledRule> active;
    private final Map<Long, AlertRule> all;
    private final Map<Long, String> rejected;
    private final Lookback lookback;
    private final Duration factWindow;

    private RuleSet(List<CompiledRule> active, Map<Long, AlertRule> all, Map<Long, String> rejected) {
        this.active = List.copyOf(active);
        this.all = Map.copyOf(all);
        this.rejected = Collections.unmodifiableMap(rejected);
        lookback = active.stream().map(rule -> rule.condition().lookback()).reduce(Lookback.NONE, Lookback::and);
        factWindow = active.stream()
                .map(rule -> rule.condition().factWindow())
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Compiles rules of the standard types, as {@link #compile(List, RuleTypes)} does. */
    public static RuleSet compile(List<AlertRule> rules) {
        return compile(rules, RuleTypes.standard());
    }

    /**
     * Compiles rules. A rule that cannot be watched, because its type is unknown here or a threshold is out of range,
     * does not stop the others: it is {@link #rejected()}, and its alerts stay as they are.
     *
     * @param rules each with an id of its own, because alert state is kept by id; a {@link
     *     io.minerops.api.store.RuleStore} gives ids, and so does {@link AlertRule.Builder#id}
     * @throws InvalidArgumentException ({@code rules}) if two rules have the same id
     */
    public static RuleSet compile(List<AlertRule> rules, RuleTypes types) {
        List<CompiledRule> active = new ArrayList<>();
        Map<Long, AlertRule> all = byId(rules);
        Map<Long, String> rejected = new TreeMap<>();
        for (AlertRule rule : rules) {
            try {
                CompiledRule compiled = types.compile(rule);
                if (rule.enabled()) {
                    active.add(compiled);
                }
            } catch (InvalidArgumentException e) {
                rejected.put(rule.id(), String.valueOf(e.getMessage()));
            }
        }
        // what inhibits is judged first, so that the others see it in the same check
        active.sort(Comparator.comparing((CompiledRule rule) -> !rule.inhibitsOthers())
                .thenComparingLong(CompiledRule::id));
        return new RuleSet(active, all, rejected);
    }

    private static Map<Long, AlertRule> byId(List<AlertRule> rules) {
        Map<Long, AlertRule> all = new HashMap<>();
        for (AlertRule rule : rules) {
            AlertRule other = all.putIfAbsent(rule.id(), rule);
            if (other != null) {
                throw new InvalidArgumentException(
                        "rules",
                        "rules must have different ids, because alert state is kept by id: " + Check.quote(other.name())
                                + " and " + Check.quote(rule.name()) + " both have the id " + rule.id()
                                + (rule.id() == AlertRule.UNSAVED ? ", that of a rule that is not stored yet" : ""));
            }
        }
        return all;
    }

    /** The rules that cannot be watched, by id, each with the reason. */
    public Map<Long, String> rejected() {
        return rejected;
    }

    /** How many rules are watched. */
    public int size() {
        return active.size();
    }

    /** How far the rules together look back. */
    public Lookback lookback() {
        return lookback;
    }

    /** How far the rules together look back on what miners report of themselves. */
    public Duration factWindow() {
        return factWindow;
    }

    /** How many hours of proven work the rules together look at, with the present one. */
    public int workHours() {
        return active.stream()
                .mapToInt(rule -> rule.condition().workHours())
                .max()
                .orElse(0);
    }

    /** Which readings the rules together look at, now or in the past. */
    public Set<Reading> reads() {
        Set<Reading> reads = EnumSet.noneOf(Reading.class);
        active.forEach(rule -> {
            reads.addAll(rule.condition().reads());
            reads.addAll(rule.condition().lookback().readings());
        });
        return reads;
    }

    List<CompiledRule> active() {
        return active;
    }

    Map<Long, AlertRule> all() {
        return all;
    }
}
