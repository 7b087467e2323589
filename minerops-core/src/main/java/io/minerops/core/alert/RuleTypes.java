package io.minerops.core.alert;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.Miner;
import io.minerops.core.alert.internal.AnomalyRule;
import io.minerops.core.alert.internal.BoardRule;
import io.minerops.core.alert.internal.ChangedRule;
import io.minerops.core.alert.internal.DeviceFaultRule;
import io.minerops.core.alert.internal.EfficiencyRule;
import io.minerops.core.alert.internal.FanRule;
import io.minerops.core.alert.internal.FleetRule;
import io.minerops.core.alert.internal.HashrateRule;
import io.minerops.core.alert.internal.OfflineRule;
import io.minerops.core.alert.internal.PoolRule;
import io.minerops.core.alert.internal.PowerRule;
import io.minerops.core.alert.internal.ProfitRule;
import io.minerops.core.alert.internal.RateOfChangeRule;
import io.minerops.core.alert.internal.RestartRule;
import io.minerops.core.alert.internal.ShareRatioRule;
import io.minerops.core.alert.internal.StateRule;
import io.minerops.core.alert.internal.TemperatureRule;
import io.minerops.core.alert.internal.UnprovenWorkRule;
import io.minerops.core.alert.type.Limits;
import io.minerops.core.alert.type.RuleOption;
import io.minerops.core.alert.type.RuleTimes;
import io.minerops.core.alert.type.RuleTypeDefinition;
import io.minerops.core.alert.type.Threshold;
import io.minerops.core.alert.type.ThresholdConstraint;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
            new DeviceFaultRule(),
            new ChangedRule(),
            new StateRule(),
            new UnprovenWorkRule())));

    private final Map<RuleType, RuleTypeDefinition> definitions;

    private RuleTypes(Map<RuleType, RuleTypeDefinition> definitions) {
        this.definitions = Collections.unmodifiableMap(definitions);
    }

    /** The types that come with the library: the constants of {@link RuleType}. */
    public static RuleTypes standard() {
        return STANDARD;
    }

    /**
     * The standard types, and those on the class path that a file
     * {@code META-INF/services/io.minerops.core.alert.type.RuleTypeDefinition} names.
     *
     * @throws java.util.ServiceConfigurationError if a named class cannot be used
     * @throws InvalidArgumentException ({@code rule_type}) if one has the key of another
     */
    public static RuleTypes installed() {
        RuleTypes types = STANDARD;
        for (RuleTypeDefinition definition : ServiceLoader.load(RuleTypeDefinition.class)) {
            types = types.with(definition);
        }
        return types;
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
     * What people call a type, such as {@code temperature}.
     *
     * @throws InvalidArgumentException if the type is not known ({@code rule_type})
     */
    public String label(RuleType type) {
        return known(type).label();
    }

    /**
     * What rules of a type raise at, as half a sentence.
     *
     * @throws InvalidArgumentException if the type is not known ({@code rule_type})
     */
    public String summary(RuleType type) {
        return known(type).summary();
    }

    /** The thresholds that a rule of any type may have, in the order in which a form shows them. */
    public static List<Threshold> commonThresholds() {
        return RuleTimes.THRESHOLDS;
    }

    /**
     * All thresholds that a rule of a type may have: its own, then the common ones.
     *
     * @throws InvalidArgumentException if the type is not known ({@code rule_type})
     */
    public List<Threshold> thresholds(RuleType type) {
        return Stream.concat(known(type).thresholds().stream(), RuleTimes.THRESHOLDS.stream())
                .toList();
    }

    /**
     * One threshold of a type.
     *
     * @throws InvalidArgumentException if the type ({@code rule_type}) or the name ({@code thresholds.NAME}) is not known
     */
    public Threshold threshold(RuleType type, String name) {
        return thresholds(type).stream()
                .filter(threshold -> threshold.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidArgumentException(
                        "thresholds." + name,
                        "thresholds of a rule of type " + type + " are " + joined(thresholdNames(type)) + ", not "
                                + Check.quote(name)));
    }

    /**
     * All options that a rule of a type may have.
     *
     * @throws InvalidArgumentException if the type is not known ({@code rule_type})
     */
    public List<RuleOption> options(RuleType type) {
        RuleTypeDefinition definition = known(type);
        return definition.exceptStopped()
                ? Stream.concat(definition.options().stream(), Stream.of(WhenOption.OPTION))
                        .toList()
                : definition.options();
    }

    /**
     * How the thresholds of a type depend on each other, the common ones included.
     *
     * @throws InvalidArgumentException if the type is not known ({@code rule_type})
     */
    public List<ThresholdConstraint> constraints(RuleType type) {
        return Stream.concat(RuleTimes.CONSTRAINTS.stream(), known(type).constraints().stream())
                .toList();
    }

    /**
     * The names of {@link #thresholds}, in alphabetical order.
     *
     * @throws InvalidArgumentException if the type is not known ({@code rule_type})
     */
    public SortedSet<String> thresholdNames(RuleType type) {
        return thresholds(type).stream().map(Threshold::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The names of {@link #options}, in alphabetical order.
     *
     * @throws InvalidArgumentException if the type is not known ({@code rule_type})
     */
    public SortedSet<String> optionNames(RuleType type) {
        return options(type).stream().map(RuleOption::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The condition of a rule as text: {@code mean temperature above 80 °C, for 2 min}. Of a rule that is not valid, what
     * can be said of it: its type.
     */
    public String sentence(AlertRule rule) {
        try {
            compile(rule);
            double wait = RuleTimes.FOR_MINUTES.of(rule);
            boolean any = known(rule.type()).exceptStopped() && !compile(rule).exceptStopped();
            return known(rule.type()).sentence(rule)
                    + (any ? ", also of stopped miners" : "")
                    + (wait > 0 ? ", for " + Limits.number(wait) + " min" : "");
        } catch (InvalidArgumentException invalid) {
            return rule.type().key();
        }
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
        Map<String, Threshold> thresholds = new TreeMap<>();
        thresholds(rule.type()).forEach(threshold -> thresholds.put(threshold.name(), threshold));
        refuseUnknown("thresholds", rule.type(), rule.thresholds().names(), thresholds.keySet());
        refuseUnknown("options", rule.type(), rule.options().keySet(), optionNames(rule.type()));
        thresholds.values().forEach(threshold -> threshold.of(rule));
        options(rule.type()).forEach(option -> option.of(rule));
        constraints(rule.type()).forEach(constraint -> constraint.check(rule, thresholds));
        return new CompiledRule(
                rule,
                definition.compile(rule),
                RuleScope.of(rule),
                RuleTimes.of(rule),
                definition.inhibitsOthers(),
                definition.learnsBaseline(rule),
                WhenOption.leavesOutStopped(definition, rule));
    }

    private static void refuseUnknown(String what, RuleType type, Set<String> given, Set<String> allowed) {
        for (String name : given) {
            if (!allowed.contains(name)) {
                throw new InvalidArgumentException(
                        what + "." + name,
                        what + " of a rule of type " + type + " are " + (allowed.isEmpty() ? "none" : joined(allowed))
                                + ", not " + Check.quote(name));
            }
        }
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
