package io.minerops.core.alert.internal;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.Limits;
import io.minerops.core.alert.type.MinerCondition;
import io.minerops.core.alert.type.RuleTypeDefinition;
import io.minerops.core.alert.type.RuleTypeDefinition.Tuning;
import io.minerops.core.alert.type.Sentence;
import io.minerops.core.alert.type.Threshold;
import io.minerops.core.alert.type.ThresholdConstraint;
import io.minerops.core.alert.type.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * More than {@code max_missing_boards} hash boards, or more than {@code max_missing_chips_pct} % of the chips, do not
 * work. How many there should be is what the device says, and for boards {@code min_boards} where the rule has it. What
 * a device does not say of itself is not judged. Clears when no more boards than that are missing, and chips at 95 %
 * of their limit.
 */
public final class BoardRule implements RuleTypeDefinition {
    private static final Threshold MAX_MISSING_BOARDS = Threshold.builder("max_missing_boards")
            .label("More missing than")
            .unit("boards")
            .range(0, 1_000)
            .defaultValue(0)
            .help("Raises where more are missing.")
            .build();
    private static final Threshold MAX_MISSING_CHIPS_PCT = Threshold.builder("max_missing_chips_pct")
            .label("More missing than")
            .unit("% of the chips")
            .range(0, 100)
            .defaultValue(0)
            .help("Raises where more chips are missing.")
            .example(5)
            .build();
    private static final Threshold MIN_BOARDS = Threshold.builder("min_boards")
            .label("Should have")
            .unit("boards")
            .range(1, 1_000)
            .otherwise("as the device reports")
            .help("Expected number of boards; default: as the device reports.")
            .example(3)
            .build();

    private static final Threshold MIN_BOARD_RATE_PCT = Threshold.builder("min_board_rate_pct")
            .label("A board's rate below")
            .unit("%")
            .range(1, 100)
            .otherwise("no limit")
            .help(
                    "Raises where a board's rate is below this share of its expected rate, else of the mean of the others.")
            .example(70)
            .build();
    private static final Threshold MAX_DEAD_CHIPS = Threshold.builder("max_dead_chips")
            .label("Dead chips on a board, more than")
            .unit("chips")
            .range(0, 2_000)
            .otherwise("no limit")
            .help("Raises where more chips of one board do not work.")
            .example(3)
            .build();

    @Override
    public RuleType type() {
        return RuleType.BOARD;
    }

    @Override
    public String label() {
        return "hash boards";
    }

    @Override
    public String summary() {
        return "hash boards or chips missing";
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(MAX_MISSING_BOARDS, MAX_MISSING_CHIPS_PCT, MIN_BOARDS, MIN_BOARD_RATE_PCT, MAX_DEAD_CHIPS);
    }

    @Override
    public List<ThresholdConstraint> constraints() {
        return List.of(new ThresholdConstraint.Below(MAX_MISSING_BOARDS.name(), MIN_BOARDS.name()));
    }

    @Override
    public String sentence(AlertRule rule) {
        double boards = MAX_MISSING_BOARDS.of(rule);
        double chips = MAX_MISSING_CHIPS_PCT.of(rule);
        return new Sentence(rule)
                .with(
                        boards > 0
                                ? "more than " + Limits.number(boards) + " hash boards missing"
                                : "a hash board missing")
                .ifSet("a board's rate below", MIN_BOARD_RATE_PCT)
                .ifSet("more dead chips on a board than", MAX_DEAD_CHIPS)
                .with(chips > 0 ? "more than " + Limits.number(chips) + " % of the chips missing" : "a chip missing")
                .toString();
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return Optional.of(new Tuning(MAX_MISSING_CHIPS_PCT.name(), 50, 0));
    }

    @Override
    public boolean exceptStopped() {
        return true;
    }

    @Override
    public Condition compile(AlertRule rule) {
        return new Missing(
                MIN_BOARDS.of(rule),
                MAX_MISSING_BOARDS.of(rule),
                MAX_MISSING_CHIPS_PCT.of(rule),
                new WeakBoards(MIN_BOARD_RATE_PCT.of(rule), MAX_DEAD_CHIPS.of(rule)));
    }

    private record Missing(double minBoards, double maxBoards, double maxChipsPct, WeakBoards weak)
            implements MinerCondition {
        @Override
        public Set<Reading> reads() {
            return Set.of(
                    Reading.HASHRATE_THS,
                    Reading.BOARDS_ALIVE,
                    Reading.BOARDS_EXPECTED,
                    Reading.CHIPS_ALIVE,
                    Reading.CHIPS_EXPECTED);
        }

        @Override
        public Verdict judge(CheckContext check, int row) {
            FleetSnapshot snapshot = check.snapshot();
            double boards = expectedBoards(snapshot, row) - snapshot.value(Reading.BOARDS_ALIVE, row);
            double chipsPct = missingChipsPct(snapshot, row);
            if (boards > maxBoards || chipsPct > maxChipsPct) {
                return Verdict.VIOLATED;
            }
            Verdict ofBoards = weak.judge(snapshot, row);
            if (ofBoards == Verdict.VIOLATED) {
                return ofBoards;
            }
            // a figure counts as not known only where the device says what it should be
            boolean boardsKnown = !Double.isNaN(boards);
            boolean chipsKnown = !Double.isNaN(chipsPct);
            boolean boardsSilent = !boardsKnown && !Double.isNaN(expectedBoards(snapshot, row));
            boolean chipsSilent = !chipsKnown && !Double.isNaN(snapshot.value(Reading.CHIPS_EXPECTED, row));
            if (boardsSilent || chipsSilent || !(boardsKnown || chipsKnown || ofBoards != Verdict.UNKNOWN)) {
                return Verdict.UNKNOWN;
            }
            return ofBoards != Verdict.BETWEEN && (!chipsKnown || chipsPct <= Limits.below(maxChipsPct))
                    ? Verdict.CLEAR
                    : Verdict.BETWEEN;
        }

        @Override
        public Finding describe(CheckContext check, int row) {
            FleetSnapshot snapshot = check.snapshot();
            Map<String, Double> details = new TreeMap<>();
            double boards = expectedBoards(snapshot, row);
            double boardsAlive = snapshot.value(Reading.BOARDS_ALIVE, row);
            double chips = snapshot.value(Reading.CHIPS_EXPECTED, row);
            double chipsAlive = snapshot.value(Reading.CHIPS_ALIVE, row);
            StringBuilder message = new StringBuilder();
            if (boards - boardsAlive >= 0) {
                details.put("boards_expected", boards);
                details.put("boards_alive", boardsAlive);
                message.append(Limits.number(boardsAlive))
                        .append(" of ")
                        .append(Limits.number(boards))
                        .append(" hash boards");
            }
            if (chips - chipsAlive >= 0) {
                details.put("chips_expected", chips);
                details.put("chips_alive", chipsAlive);
                message.append(message.isEmpty() ? "" : " and ")
                        .append(Limits.number(chipsAlive))
                        .append(" of ")
                        .append(Limits.number(chips))
                        .append(" chips");
            }
            message.append(message.isEmpty() ? "All hash boards work" : " work");
            weak.describe(snapshot, row, message, details);
            return new Finding(message.toString(), details);
        }

        private double expectedBoards(FleetSnapshot snapshot, int row) {
            return Double.isNaN(minBoards) ? snapshot.value(Reading.BOARDS_EXPECTED, row) : minBoards;
        }

        private static double missingChipsPct(FleetSnapshot snapshot, int row) {
            double expected = snapshot.value(Reading.CHIPS_EXPECTED, row);
            return 100 * (expected - snapshot.value(Reading.CHIPS_ALIVE, row)) / expected;
        }
    }
}
