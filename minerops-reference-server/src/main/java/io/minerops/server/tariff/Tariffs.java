package io.minerops.server.tariff;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.Miner;
import io.minerops.api.profit.MarketException;
import io.minerops.api.profit.Tariff;
import io.minerops.core.profit.PowerPrices;
import io.minerops.tariff.RatePlan;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Named tariffs, and which miner has which.
 *
 * @param plans the tariffs; their order is that of the file
 * @param assignments which miners have which tariff; the first that fits counts
 * @param fallback the index of the tariff of all other miners; {@link PowerPrices#DEFAULT} where they have the default
 *     price
 */
public record Tariffs(List<RatePlan> plans, List<Assignment> assignments, int fallback) {
    public Tariffs {
        plans = List.copyOf(plans);
        assignments = List.copyOf(assignments);
    }

    /**
     * Miners that have a tariff.
     *
     * @param to what names them, such as {@code tag hall-b}
     * @param has whether a miner is one of them
     * @param tariff the index of their tariff
     */
    public record Assignment(String to, Predicate<Miner> has, int tariff) {}

    /** The tariff by name. */
    public RatePlan plan(String name) {
        return plans.stream()
                .filter(plan -> plan.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidArgumentException(
                        "tariff",
                        "tariff must be one of " + String.join(", ", names()) + ", not " + Check.quote(name)));
    }

    /** The names in the order of the file. */
    public List<String> names() {
        return plans.stream().map(RatePlan::name).toList();
    }

    /** The index of a miner's tariff, {@link PowerPrices#DEFAULT} where it has none. A price of its own is not looked at. */
    public int of(Miner miner) {
        for (Assignment assignment : assignments) {
            if (assignment.has().test(miner)) {
                return assignment.tariff();
            }
        }
        return fallback;
    }

    /** What power costs by these tariffs. */
    public PowerPrices prices() {
        return PowerPrices.of(
                fallback,
                this::of,
                plans.stream()
                        .<ToDoubleFunction<Instant>>map(plan -> at -> priceAt(plan, at))
                        .toList());
    }

    /**
     * The price of a tariff at a time, USD/kWh.
     *
     * @throws MarketException that names the tariff where it has none
     */
    public static double priceAt(RatePlan plan, Instant at) {
        try {
            return new Tariff(plan.priceAt(at)).usdPerKwh();
        } catch (InvalidArgumentException e) {
            throw new MarketException("tariff " + Check.quote(plan.name()) + ": " + e.getMessage(), e);
        }
    }
}
