package io.minerops.core.alert.internal;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.Limits;
import io.minerops.core.alert.type.MinerCondition;
import io.minerops.core.alert.type.RuleOption;
import io.minerops.core.alert.type.RuleTypeDefinition;
import io.minerops.core.alert.type.Threshold;
import io.minerops.core.alert.type.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The miner itself reports at least {@code min_faults} faults: any, or those whose code is one of {@code codes}, but none
 * of {@code ignored_codes}. Clears when it reports fewer. A miner that does not say whether it has faults is not judged.
 */
public final class DeviceFaultRule implements RuleTypeDefinition {
    private static final Threshold MIN_FAULTS = Threshold.builder("min_faults")
            .label("Reports at least")
            .unit("faults")
            .range(1, DeviceFault.MAX_FAULTS)
            .whole()
            .defaultValue(1)
            .help("Raises at this many.")
            .build();
    private static final RuleOption CODES = new RuleOption(
            "codes",
            "Codes that count (* for any characters)",
            "any code",
            "Codes that count, with * for any characters.",
            List.of("26*"));
    private static final RuleOption IGNORED_CODES = new RuleOption(
            "ignored_codes",
            "Codes that do not count (* for any characters)",
            "none",
            "Codes that never count, with * for any characters.",
            List.of("8410"));
    /** How many faults a message names. */
    private static final int MAX_NAMED = 5;

    @Override
    public RuleType type() {
        return RuleType.DEVICE_FAULT;
    }

    @Override
    public String label() {
        return "fault of the miner";
    }

    @Override
    public String summary() {
        return "the miner itself reports a fault";
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(MIN_FAULTS);
    }

    @Override
    public List<RuleOption> options() {
        return List.of(CODES, IGNORED_CODES);
    }

    @Override
    public String sentence(AlertRule rule) {
        double faults = MIN_FAULTS.of(rule);
        return "the miner reports " + (faults > 1 ? Limits.number(faults) + " faults" : "a fault")
                + among(" of the codes ", rule.option(CODES.name()))
                + among(" other than ", rule.option(IGNORED_CODES.name()));
    }

    @Override
    public Condition compile(AlertRule rule) {
        return new Reported((int) MIN_FAULTS.of(rule), rule.option(CODES.name()), rule.option(IGNORED_CODES.name()));
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        List<String> codes = rule.option(CODES.name());
        List<String> ignored = rule.option(IGNORED_CODES.name());
        boolean allIgnored = !codes.isEmpty() && codes.stream().allMatch(code -> matches(ignored, code));
        boolean never = allIgnored || ignored.contains("*");
        return never ? List.of("This rule never raises: ignored_codes covers every one of its codes.") : List.of();
    }

    @Override
    public Optional<String> notInHistory() {
        return Optional.of(
                "The history does not hold the faults that devices reported, so a backtest of this rule is empty.");
    }

    private static String among(String words, List<String> codes) {
        return codes.isEmpty() ? "" : words + String.join(", ", codes);
    }

    private static boolean matches(List<String> patterns, String code) {
        for (int i = 0; i < patterns.size(); i++) {
            if (Wildcards.match(patterns.get(i), code, 0, code.length())) {
                return true;
            }
        }
        return false;
    }

    private record Reported(int min, List<String> codes, List<String> ignored) implements MinerCondition {
        @Override
        public Set<Reading> reads() {
            return Set.of();
        }

        @Override
        public Verdict judge(CheckContext check, int row) {
            List<DeviceFault> faults = check.snapshot().faults(row);
            if (faults == null) {
                return Verdict.UNKNOWN;
            }
            int counted = 0;
            for (int i = 0; i < faults.size(); i++) {
                counted += counts(faults.get(i)) ? 1 : 0;
            }
            return counted >= min ? Verdict.VIOLATED : Verdict.CLEAR;
        }

        @Override
        public Finding describe(CheckContext check, int row) {
            List<DeviceFault> all = check.snapshot().faults(row);
            List<DeviceFault> faults =
                    all == null ? List.of() : all.stream().filter(this::counts).toList();
            String message = faults.isEmpty()
                    ? "Reports no fault"
                    : "Reports "
                            + (faults.size() == 1 ? "a fault: " : faults.size() + " faults: ")
                            + faults.stream()
                                    .limit(MAX_NAMED)
                                    .map(Reported::named)
                                    .collect(Collectors.joining("; "))
                            + (faults.size() > MAX_NAMED ? "; and others" : "");
            return new Finding(message, Map.of("faults", (double) faults.size(), MIN_FAULTS.name(), (double) min));
        }

        private boolean counts(DeviceFault fault) {
            return (codes.isEmpty() || matches(codes, fault.code())) && !matches(ignored, fault.code());
        }

        private static String named(DeviceFault fault) {
            return fault.message().isEmpty() ? fault.code() : fault.code() + " (" + fault.message() + ")";
        }
    }
}
