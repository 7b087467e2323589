package io.minerops.core.alert.internal;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.Limits;
import io.minerops.core.alert.type.MinerCondition;
import io.minerops.core.alert.type.RuleOption;
import io.minerops.core.alert.type.RuleTypeDefinition;
import io.minerops.core.alert.type.Threshold;
import io.minerops.core.alert.type.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A fact about the miner, such as the serial number of a hash board or its pool, changed and nothing announced it. Clears
 * when the former value is back, when the change was accepted, or after {@code resolve_after_hours}. What a miner reports
 * at first sight is no change, and another device at its address is one change, of its MAC.
 */
public final class ChangedRule implements RuleTypeDefinition {
    /** In place of {@code firmware}: only changes to an older version. */
    private static final String FIRMWARE_DOWNGRADE = "firmware_downgrade";

    private static final Threshold RESOLVE_AFTER_HOURS = Threshold.builder("resolve_after_hours")
            .label("Resolve after")
            .unit("h")
            .range(0.1, 720)
            .defaultValue(24)
            .help("How long a change counts that is neither accepted nor undone.")
            .build();
    private static final RuleOption FACTS = new RuleOption(
                    "facts",
                    "Facts that count",
                    "board_serial, mac, pool, worker, firmware",
                    "Of board_serial, mac, serial, pool, worker, firmware, model, hostname; firmware_downgrade in place of firmware"
                            + " for changes to an older version, or to another firmware, alone.",
                    List.of("board_serial", "mac", "pool", FIRMWARE_DOWNGRADE))
            .limitedTo(factNames(), AlertRule.MAX_OPTION_TEXTS);
    private static final RuleOption ALLOWED_POOLS = new RuleOption(
            "allowed_pools",
            "Pools to which it may change (host, * for any characters)",
            "none",
            "Pools to which a change is allowed, with * for any characters.",
            List.of("*.example.com"));
    private static final Set<FactKind> DEFAULT_KINDS =
            Set.of(FactKind.BOARD_SERIAL, FactKind.MAC, FactKind.POOL, FactKind.WORKER, FactKind.FIRMWARE);
    private static final int MAX_NAMED = 5;
    private static final int MAX_VALUE_CHARACTERS = 80;

    @Override
    public RuleType type() {
        return RuleType.CHANGED;
    }

    @Override
    public String label() {
        return "unannounced change";
    }

    @Override
    public String summary() {
        return "a board, pool, firmware or MAC changed without announcement";
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(RESOLVE_AFTER_HOURS);
    }

    @Override
    public List<RuleOption> options() {
        return List.of(FACTS, ALLOWED_POOLS);
    }

    @Override
    public String sentence(AlertRule rule) {
        List<String> pools = ALLOWED_POOLS.of(rule);
        List<String> facts = FACTS.of(rule);
        String which = facts.isEmpty() ? FACTS.otherwise() : String.join(", ", facts);
        return "an unannounced change of " + which
                + (pools.isEmpty() ? "" : ", of the pool to another than " + String.join(", ", pools));
    }

    @Override
    public Condition compile(AlertRule rule) {
        return new Unannounced(
                kinds(rule),
                FACTS.of(rule).contains(FIRMWARE_DOWNGRADE) && !FACTS.of(rule).contains(FactKind.FIRMWARE.key()),
                ALLOWED_POOLS.of(rule).stream().map(PoolPattern::new).toList(),
                RESOLVE_AFTER_HOURS.of(rule));
    }

    /**
     * The kinds of facts that a rule of this type looks at.
     *
     * @throws io.minerops.api.InvalidArgumentException ({@code options.facts}) if one is not known
     */
    public static Set<FactKind> kinds(AlertRule rule) {
        List<String> named = FACTS.of(rule);
        if (named.isEmpty()) {
            return DEFAULT_KINDS;
        }
        Set<FactKind> kinds = FactKind.all().stream()
                .filter(kind -> named.contains(kind.key()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(FactKind.class)));
        if (named.contains(FIRMWARE_DOWNGRADE)) {
            kinds.add(FactKind.FIRMWARE);
        }
        return kinds;
    }

    private static List<String> factNames() {
        List<String> names = new ArrayList<>();
        FactKind.all().stream().filter(kind -> kind != FactKind.FAULT).forEach(kind -> names.add(kind.key()));
        names.add(FIRMWARE_DOWNGRADE);
        return names;
    }

    @Override
    public Optional<String> notInHistory() {
        return Optional.of("The history of samples does not hold the facts about miners, so a backtest of this rule is"
                + " empty.");
    }

    @Override
    public boolean endsWithAcknowledgement() {
        return true;
    }

    /** From the value that was trusted to the one that holds now. */
    private record Change(FactKind kind, @Nullable Integer slot, String from, String to) {
        String describe() {
            return kind.label() + (slot == null ? "" : " of slot " + slot) + " from " + cut(from) + " to " + cut(to);
        }

        private static String cut(String value) {
            return value.length() <= MAX_VALUE_CHARACTERS ? value : value.substring(0, MAX_VALUE_CHARACTERS - 1) + "…";
        }
    }

    private record Unannounced(
            Set<FactKind> kinds, boolean onlyDowngrades, List<PoolPattern> allowedPools, double hours)
            implements MinerCondition {
        @Override
        public Set<Reading> reads() {
            return Set.of();
        }

        @Override
        public Duration factWindow() {
            return Duration.ofMillis(Math.round(hours * 3_600_000));
        }

        @Override
        public Verdict judge(CheckContext check, int row) {
            List<Fact> facts = check.facts(row);
            if (facts == null) {
                return Verdict.UNKNOWN;
            }
            return facts.isEmpty() || open(check.now(), facts).isEmpty() ? Verdict.CLEAR : Verdict.VIOLATED;
        }

        @Override
        public Finding describe(CheckContext check, int row) {
            List<Fact> facts = check.facts(row);
            List<Change> open = facts == null ? List.of() : open(check.now(), facts);
            String message = open.isEmpty()
                    ? "The change was undone or accepted, or is " + Limits.number(hours) + " h old"
                    : "Changed without announcement: "
                            + open.stream()
                                    .limit(MAX_NAMED)
                                    .map(Change::describe)
                                    .collect(Collectors.joining("; "))
                            + (open.size() > MAX_NAMED ? "; and others" : "");
            return new Finding(message, Map.of("changes", (double) open.size(), RESOLVE_AFTER_HOURS.name(), hours));
        }

        /** What is neither announced nor undone: each subject's trusted value beside its present one. */
        private List<Change> open(Instant now, List<Fact> facts) {
            Instant since = now.minus(factWindow());
            Map<Fact.Subject, Change> bySubject = new LinkedHashMap<>();
            for (Fact fact : facts) {
                String previous = fact.previous();
                if (previous != null
                        && kinds.contains(fact.kind())
                        && !fact.from().isBefore(since)) {
                    Change before = bySubject.get(fact.subject());
                    Change change = new Change(
                            fact.kind(), fact.slot(), before == null ? previous : before.from(), fact.value());
                    if (fact.announced()) {
                        bySubject.remove(fact.subject());
                    } else {
                        bySubject.put(fact.subject(), change);
                    }
                }
            }
            List<Change> open = new ArrayList<>(bySubject.values());
            open.removeIf(change -> change.from().equals(change.to()) || isAllowed(change));
            return open;
        }

        private boolean isAllowed(Change change) {
            return switch (change.kind()) {
                case POOL -> allowedPools.stream().anyMatch(pattern -> pattern.matches(change.to()));
                case FIRMWARE -> onlyDowngrades && !FirmwareVersions.isDowngrade(change.from(), change.to());
                default -> false;
            };
        }
    }
}
