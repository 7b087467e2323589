package io.minerops.core.alert;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.Miner;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The types of rules that an engine knows. Immutable. */
public final class RuleTypes {
    private static final RuleTypes STANDARD = new RuleTypes(byType(List.of(
            new OfflineRule(),
            new TemperatureRule(),
            new HashrateRule(),
            new FanRule(),
            new PowerRule(),
            new EfficiencyRule(),
            ShareRatioRule.hardwareErrors(),
            ShareRatioRule.rejects(),
            new RestartRule(),
            new RateOfChangeRule(),
            new AnomalyRule(),
            new ProfitRule(),
            new BoardRule(),
            new PoolRule(),
            new FleetRule(),
            new DeviceFaultRule())));

    private final Map<RuleType, RuleTypeDefinition> definitions;

    private RuleTypes(Map<RuleType, RuleTypeDefinition> definitions) {
        this.definitions = Collections.unmodifiableMap(definitions);
    }

    /** The types that come with the library: the constants of {@link RuleType}. */
    public static RuleTypes standard() {
        return STANDARD;
    }

    /**
     * These types and one more.
     *
     * @throws InvalidArgumentException ({@code rule_type}) if the type is known already; see {@link #replacing}
     */
    public RuleTypes with(RuleTypeDefinition definition) {
        Map<RuleType, RuleTypeDefinition> more = new LinkedHashMap<>(definitions);
        add(more, definition);
        return new RuleTypes(more);
    }

    /**
     * These types with another definition of one of them.
     *
     * @throws InvalidArgumentException ({@code rule_type}) if the type is not known; see {@link #with}
     */
    public RuleTypes replacing(RuleTypeDefinition definition) {
        known(definition.type());
        Map<RuleType, RuleTypeDefinition> others = new LinkedHashMap<>(definitions);
        others.put(definition.type(), definition);
        return new RuleTypes(others);
    }

    /** The types known here. */
    public Set<RuleType> known() {
        return definitions.keySet();
    }

    /** The definition of a type; empty where it is not known here. */
    public Optional<RuleTypeDefinition> definition(RuleType type) {
        return Optional.ofNullable(definitions.get(type));
    }

    /**
     * The names of all thresholds that a rule of a type may have, in order.
     *
     * @throws InvalidArgumentException if the type is not known ({@code rule_type})
     */
    public SortedSet<String> thresholds(RuleType type) {
        SortedSet<String> allowed = new TreeSet<>(known(type).thresholds());
        allowed.addAll(RuleTimes.NAMES);
        return Collections.unmodifiableSortedSet(allowed);
    }

    /**
     * The names of all options that a rule of a type may have, in order.
     *
     * @throws InvalidArgumentException if the type is not known ({@code rule_type})
     */
    public SortedSet<String> options(RuleType type) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(known(type).options()));
    }

    /**
     * Checks that a rule can be watched.
     *
     * @throws InvalidArgumentException if its type is not known ({@code rule_type}), or a threshold or an option is not
     *     one of its type's or out of range ({@code thresholds.NAME}, {@code options.NAME})
     */
    public void validate(AlertRule rule) {
        compile(rule);
    }

    /** Makes a rule ready to judge; see {@link #validate} for what it refuses. */
    CompiledRule compile(AlertRule rule) {
        RuleTypeDefinition definition = known(rule.type());
        Set<String> allowed = thresholds(rule.type());
        for (String name : rule.thresholds().names()) {
            if (!allowed.contains(name)) {
                throw new InvalidArgumentException(
                        "thresholds." + name,
                        "thresholds of a rule of type " + rule.type() + " are " + joined(allowed) + ", not "
                                + Check.quote(name));
            }
        }
        Set<String> options = options(rule.type());
        for (String name : rule.options().keySet()) {
            if (!options.contains(name)) {
                throw new InvalidArgumentException(
                        "options." + name,
                        "options of a rule of type " + rule.type() + " are "
                                + (options.isEmpty() ? "none" : joined(options)) + ", not " + Check.quote(name));
            }
        }
        return new CompiledRule(
                rule, definition.compile(rule), RuleScope.of(rule), RuleTimes.of(rule), definition.inhibitsOthers());
    }

    /** What its type says of a rule that can be watched. */
    List<String> warnings(AlertRule rule, List<Miner> covered) {
        RuleTypeDefinition definition = definitions.get(rule.type());
        return definition == null ? List.of() : definition.warnings(rule, covered);
    }

    private RuleTypeDefinition known(RuleType type) {
        RuleTypeDefinition definition = definitions.get(type);
        if (definition == null) {
            throw new InvalidArgumentException(
                    "rule_type", "rule_type must be one of " + joined(known()) + ", not " + Check.quote(type.key()));
        }
        return definition;
    }

    private static Map<RuleType, RuleTypeDefinition> byType(List<RuleTypeDefinition> list) {
        Map<RuleType, RuleTypeDefinition> map = new LinkedHashMap<>();
        list.forEach(definition -> add(map, definition));
        return map;
    }

    private static void add(Map<RuleType, RuleTypeDefinition> map, RuleTypeDefinition definition) {
        RuleTypeDefinition other = map.putIfAbsent(definition.type(), definition);
        if (other != null) {
            throw new InvalidArgumentException(
                    "rule_type",
                    "rule_type must have one definition: " + definition.type().key() + " is defined by "
                            + other.getClass().getName() + " and by "
                            + definition.getClass().getName());
        }
    }

    private static String joined(Set<?> names) {
        return String.join(", ", names.stream().map(Object::toString).toList());
    }
}
