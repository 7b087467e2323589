package io.minerops.server;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.ColumnScan;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.MinerCondition;
import io.minerops.core.alert.type.RuleTypeDefinition;
import io.minerops.core.alert.type.Threshold;
import io.minerops.core.alert.type.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;

// documented from here
/** The fans of a miner run at speeds too far apart: one of them is failing. Clears at 95 % of the limit. */
public final class FanSpreadRule implements RuleTypeDefinition {
    static final RuleType TYPE = new RuleType("fan_spread");
    private static final Threshold MAX_SPREAD_RPM = Threshold.builder("max_spread_rpm")
            .label("Apart by more than")
            .unit("rpm")
            .range(1, 20_000)
            .defaultValue(600)
            .help("Raises where the fastest fan is faster than the slowest by more.")
            .build();

    @Override
    public RuleType type() {
        return TYPE;
    }

    @Override
    public String label() {
        return "fan spread";
    }

    @Override
    public String summary() {
        return "the fans of a miner run at speeds too far apart";
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(MAX_SPREAD_RPM);
    }

    @Override
    public Condition compile(AlertRule rule) {
        return new TooFarApart(MAX_SPREAD_RPM.of(rule));
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        return MAX_SPREAD_RPM.of(rule) < 100 ? List.of("Healthy fans differ by 100 rpm and more.") : List.of();
    }

    private record TooFarApart(double limit) implements MinerCondition {
        @Override
        public Set<Reading> reads() {
            return Set.of(Reading.MIN_FAN_RPM, Reading.MAX_FAN_RPM);
        }

        @Override
        public Verdict judge(CheckContext check, int row) {
            double spread = spread(check, row);
            if (spread > limit) {
                return Verdict.VIOLATED;
            } else if (spread <= limit * 0.95) {
                return Verdict.CLEAR;
            }
            return Double.isNaN(spread) ? Verdict.UNKNOWN : Verdict.BETWEEN;
        }

        @Override
        public void scan(CheckContext check, int from, int to, long[] found) {
            // no spread exceeds the fastest fan, and each row marked is judged before anything follows from it
            ColumnScan.above(check.snapshot().column(Reading.MAX_FAN_RPM), limit, from, to, found);
        }

        @Override
        public Finding describe(CheckContext check, int row) {
            double spread = spread(check, row);
            return new Finding(
                    "Fans differ by " + Math.round(spread) + " rpm (limit " + Math.round(limit) + " rpm)",
                    Map.of("spread_rpm", spread, MAX_SPREAD_RPM.name(), limit));
        }

        private static double spread(CheckContext check, int row) {
            return check.snapshot().value(Reading.MAX_FAN_RPM, row)
                    - check.snapshot().value(Reading.MIN_FAN_RPM, row);
        }
    }
}
// to here
