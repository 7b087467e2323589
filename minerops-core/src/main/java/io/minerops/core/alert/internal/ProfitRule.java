package io.minerops.core.alert.internal;

import io.minerops.api.alert.AlertRule;
import io.minerops.api.alert.RuleType;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.CheckContext;
import io.minerops.core.alert.type.Condition;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.alert.type.Limits;
import io.minerops.core.alert.type.MinerCondition;
import io.minerops.core.alert.type.RuleTypeDefinition;
import io.minerops.core.alert.type.RuleTypeDefinition.Tuning;
import io.minerops.core.alert.type.Sentence;
import io.minerops.core.alert.type.Threshold;
import io.minerops.core.alert.type.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The miner costs more in power than it earns, by more than {@code max_loss_usd_per_day}; clears when it earns 5 % more
 * than that allows. Without a price there is no verdict.
 */
public final class ProfitRule implements RuleTypeDefinition {
    private static final Threshold MAX_LOSS = Threshold.builder("max_loss_usd_per_day")
            .label("Loses more than")
            .unit("USD a day")
            .range(0, 1e6)
            .defaultValue(0)
            .help("Raises where the loss is greater.")
            .example(1)
            .build();
    private static final double KWH_PER_DAY_OF_WATT = 24 / 1_000.0;
    private static final double MARGIN = 0.05;

    @Override
    public RuleType type() {
        return RuleType.PROFIT;
    }

    @Override
    public String label() {
        return "profit";
    }

    @Override
    public String summary() {
        return "the miner costs more than it earns";
    }

    @Override
    public List<Threshold> thresholds() {
        return List.of(MAX_LOSS);
    }

    @Override
    public String sentence(AlertRule rule) {
        return new Sentence(rule).with("a loss of more than", MAX_LOSS).toString();
    }

    @Override
    public Optional<Tuning> tuning(AlertRule rule) {
        return Optional.of(new Tuning(MAX_LOSS.name(), 20, 0));
    }

    @Override
    public boolean exceptStopped() {
        return true;
    }

    @Override
    public Condition compile(AlertRule rule) {
        return new AtALoss(MAX_LOSS.of(rule));
    }

    @Override
    public List<String> warnings(AlertRule rule, List<Miner> covered) {
        boolean costless =
                covered.stream().map(Miner::powerPriceUsdPerKwh).allMatch(price -> price != null && price <= 0);
        return costless
                ? List.of("This rule never raises: the power of every miner that it covers costs nothing.")
                : List.of();
    }

    private record AtALoss(double maxLossUsd) implements MinerCondition {
        @Override
        public Set<Reading> reads() {
            return Set.of(Reading.HASHRATE_THS, Reading.POWER_W);
        }

        @Override
        public Verdict judge(CheckContext check, int row) {
            double cost = costUsd(check, row);
            double profit = revenueUsd(check, row) - cost;
            if (profit < -maxLossUsd) {
                return Verdict.VIOLATED;
            } else if (profit >= -maxLossUsd + MARGIN * Math.abs(cost)) {
                return Verdict.CLEAR;
            }
            return Double.isNaN(profit) ? Verdict.UNKNOWN : Verdict.BETWEEN;
        }

        @Override
        public Finding describe(CheckContext check, int row) {
            double revenue = revenueUsd(check, row);
            double cost = costUsd(check, row);
            return new Finding(
                    "Earns " + Limits.number(revenue) + " USD and takes power for " + Limits.number(cost)
                            + " USD a day",
                    Map.of(
                            "revenue_usd_per_day",
                            revenue,
                            "power_cost_usd_per_day",
                            cost,
                            MAX_LOSS.name(),
                            maxLossUsd));
        }

        private static double revenueUsd(CheckContext check, int row) {
            Economics economics = check.economics();
            return economics == null
                    ? Double.NaN
                    : check.snapshot().value(Reading.HASHRATE_THS, row) * economics.revenueUsdPerThDay();
        }

        private static double costUsd(CheckContext check, int row) {
            Economics economics = check.economics();
            if (economics == null) {
                return Double.NaN;
            }
            FleetSnapshot snapshot = check.snapshot();
            return snapshot.value(Reading.POWER_W, row) * KWH_PER_DAY_OF_WATT * economics.powerUsdPerKwh(snapshot, row);
        }
    }
}
