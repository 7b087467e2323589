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
import io.minerops.core.alert.type.Sentence;
import io.minerops.core.alert.type.Threshold;
import io.minerops.core.alert.type.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The miner itself reports at least {@code min_faults} faults: any, or those whose code is one of {@code codes}, but none
 * of {@code ignored_codes}. Or over time: such faults began at least {@code min_times} times within {@code window_hours},
 * or held for at least {@code min_total_minutes} of it in total. A rule that sets one of the two looks at faults that hold
 * only where it sets {@code min_faults} too. Clears when none of that is so. A miner that does not say whether it has faults
 * is not judged by those that hold.
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
    private static final Threshold MIN_TIMES = Threshold.builder("min_times")
            .label("Begins again, at least")
            .unit("times")
            .range(0, 100)
            .whole()
            .defaultValue(0)
            .otherwise("not counted")
            .help("Raises where faults began at least this many times within the window; 0 for any number.")
            .example(3)
            .build();
    private static final Threshold MIN_TOTAL_MINUTES = Threshold.builder("min_total_minutes")
            .label("Lasts in total, at least")
            .unit("min")
            .range(0, 7 * 24 * 60)
            .defaultValue(0)
            .otherwise("not measured")
            .help("Raises where a fault held for at least this long within the window, in total; 0 for any time.")
            .example(60)
            .build();
    private static final Threshold WINDOW_HOURS = Threshold.builder("window_hours")
            .label("Within")
            .unit("h")
            .range(0.1, 7 * 24)
            .defaultValue(24)
            .help("The window for min_times and min_total_minutes.")
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
        return List.of(MIN_FAULTS, MIN_TIMES, MIN_TOTAL_MINUTES, WINDOW_HOURS);
    }

    @Override
    public List<RuleOption> options() {
        return List.of(CODES, IGNORED_CODES);
    }

    @Override
    public String sentence(AlertRule rule) {
        double faults = MIN_FAULTS.of(rule);
        double times = MIN_TIMES.of(rule);
        double total = MIN_TOTAL_MINUTES.of(rule);
        Sentence sentence = new Sentence(rule);
        if (judgesPresent(rule)) {
            sentence.with("the miner reports " + (faults > 1 ? Limits.number(faults) + " faults" : "a fault"));
        }
        if (times > 0) {
            sentence.with("faults begin " + Limits.number(times) + " times within", WINDOW_HOURS);
        }
        if (total > 0) {
            sentence.with("a fault lasts " + Limits.number(total) + " min of", WINDOW_HOURS);
        }
        return sentence + among(" of the codes ", CODES.of(rule)) + among(" other than ", IGNORED_CODES.of(rule));
    }

    private static boolean judgesPresent(AlertRule rule) {
        return MIN_FAULTS.isSetBy(rule) || (MIN_TIMES.of(rule) == 0 && MIN_TOTAL_MINUTES.of(rule) == 0);
    }

    @Override
    public Condition compile(AlertRule rule) {
        FaultCodes codes = new FaultCodes(CODES.of(rule), IGNORED_CODES.of(rule));
        return new Reported(
                judgesPresent(rule) ? (int) MIN_FAULTS.of(rule) : 0,
                codes,
                new FaultsOverTime(codes, (int) MIN_TIMES.of(rule), MIN_TOTAL_MINUTES.of(rule), WINDOW_HOURS.of(rule)));
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        List<String> codes = CODES.of(rule);
        List<String> ignored = IGNORED_CODES.of(rule);
        boolean allIgnored = !codes.isEmpty() && codes.stream().allMatch(code -> FaultCodes.matches(ignored, code));
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

    /** @param min how many faults that hold raise; 0 where the rule does not look at those */
    private record Reported(int min, FaultCodes codes, FaultsOverTime overTime) implements MinerCondition {
        @Override
        public Set<Reading> reads() {
            return Set.of();
        }

        @Override
        public Duration factWindow() {
            return overTime.window();
        }

        @Override
        public Verdict judge(CheckContext check, int row) {
            Verdict present =
                    min == 0 ? Verdict.CLEAR : present(check.snapshot().faults(row));
            Verdict past = present == Verdict.VIOLATED ? Verdict.VIOLATED : overTime.judge(check, row);
            return present == Verdict.CLEAR ? past : past == Verdict.VIOLATED ? past : present;
        }

        private Verdict present(@Nullable List<DeviceFault> faults) {
            if (faults == null) {
                return Verdict.UNKNOWN;
            }
            int counted = 0;
            for (int i = 0; i < faults.size(); i++) {
                counted += codes.count(faults.get(i).code()) ? 1 : 0;
            }
            return counted >= min ? Verdict.VIOLATED : Verdict.CLEAR;
        }

        @Override
        public Finding describe(CheckContext check, int row) {
            List<DeviceFault> all = check.snapshot().faults(row);
            List<DeviceFault> faults = all == null
                    ? List.of()
                    : all.stream().filter(fault -> codes.count(fault.code())).toList();
            Optional<Finding> past = overTime.find(check, row);
            if (past.isPresent() && (min == 0 || faults.size() < min)) {
                return past.get();
            }
            String message = faults.isEmpty()
                    ? "Reports no fault"
                    : "Reports "
                            + (faults.size() == 1 ? "a fault: " : faults.size() + " faults: ")
                            + faults.stream()
                                    .limit(MAX_NAMED)
                                    .map(fault -> FaultCodes.named(fault.code(), fault.message(), fault.slot()))
                                    .collect(Collectors.joining("; "))
                            + (faults.size() > MAX_NAMED ? "; and others" : "");
            return new Finding(
                    past.map(found -> message + ". " + found.message()).orElse(message),
                    Map.of("faults", (double) faults.size(), MIN_FAULTS.name(), (double) min));
        }
    }
}
