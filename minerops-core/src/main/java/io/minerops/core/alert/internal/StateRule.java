package io.minerops.core.alert.internal;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.MinerCondition;
import io.minerops.core.alert.type.RuleOption;
import io.minerops.core.alert.type.RuleTypeDefinition;
import io.minerops.core.alert.type.Threshold;
import io.minerops.core.alert.type.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The miner is in one of some states of work, for {@code for_minutes}; clears when it is in another. A miner that does not
 * report what it does is not judged, unless {@code unknown} is among them.
 */
public final class StateRule implements RuleTypeDefinition {
    private static final Set<WorkState> BY_DEFAULT = Set.of(WorkState.IDLE, WorkState.FAULT);
    private static final RuleOption STATES = new RuleOption(
                    "states",
                    "States that should not last",
                    "idle and fault",
                    "States that raise after for_minutes: " + keys(Set.copyOf(WorkState.all())) + ".",
                    List.of("asleep", "paused"))
            .limitedTo(WorkState.all().stream().map(WorkState::key).toList(), AlertRule.MAX_OPTION_TEXTS);

    @Override
    public RuleType type() {
        return RuleType.STATE;
    }

    @Override
    public String label() {
        return "state of work";
    }

    @Override
    public String summary() {
        return "a state of work that should not last, such as idle or asleep";
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of();
    }

    @Override
    public List<RuleOption> options() {
        return List.of(STATES);
    }

    @Override
    public String sentence(AlertRule rule) {
        return "the miner is " + keys(states(rule)).replace(", ", " or ");
    }

    @Override
    public Condition compile(AlertRule rule) {
        return new InState(states(rule));
    }

    private static Set<WorkState> states(AlertRule rule) {
        List<String> given = STATES.of(rule);
        if (given.isEmpty()) {
            return BY_DEFAULT;
        }
        return WorkState.all().stream()
                .filter(state -> given.contains(state.key()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(WorkState.class)));
    }

    private static String keys(Set<WorkState> states) {
        return states.stream().sorted().map(WorkState::key).collect(Collectors.joining(", "));
    }

    private record InState(Set<WorkState> states) implements MinerCondition {
        @Override
        public Set<Reading> reads() {
            return Set.of();
        }

        @Override
        public Verdict judge(CheckContext check, int row) {
            FleetSnapshot snapshot = check.snapshot();
            WorkState state = snapshot.state(row);
            if (snapshot.hasSample(row) && states.contains(state)) {
                return Verdict.VIOLATED;
            }
            return state == WorkState.UNKNOWN ? Verdict.UNKNOWN : Verdict.CLEAR;
        }

        @Override
        public Finding describe(CheckContext check, int row) {
            return new Finding("State of work: " + check.snapshot().state(row).key(), Map.of());
        }
    }
}
