package io.minerops.core.service;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.alert.Alert;
import io.minerops.api.alert.AlertRule;
import io.minerops.api.internal.Check;
import io.minerops.api.store.Store;
import io.minerops.core.alert.RuleLinter;
import io.minerops.core.alert.RuleTypes;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.backtest.Backtest;
import io.minerops.core.backtest.BacktestReport;
import io.minerops.core.backtest.BacktestRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules: which conditions raise alerts. Thread-safe.
 *
 * <pre>{@code
 * AlertRule hot = ops.rules().create(AlertRule.builder("hot", RuleType.TEMP)
 *         .thresholds(Thresholds.of("temp_c", 85))
 *         .build());
 * ops.rules().warnings(hot).forEach(System.out::println);
 * }</pre>
 *
 * <p>A rule that the engine cannot evaluate is refused when it is stored. One that can be evaluated but can hardly be
 * meant is stored; {@link #warnings} says why. A change applies from the next check on. Every method throws
 * {@link io.minerops.api.StoreException} where the store fails.
 */
public final class RuleService {
    private final Store store;
    private final RuleTypes types;
    private final Function<Instant, Function<Instant, Optional<Economics>>> pastEconomics;
    private final Supplier<List<Alert>> check;
    private final Supplier<@Nullable List<String>> channels;
    private final InstantSource clock;

    /**
     * A service over this store; {@link io.minerops.core.MinerOps#rules()} has one.
     *
     * @param pastEconomics what is known of the time since a moment, for backtests of rules about profit
     * @param check checks the alerts and returns those that it resolved
     * @param channels the names of the channels that rules may choose; null where they are not known here
     */
    public RuleService(
            Store store,
            RuleTypes types,
            Function<Instant, Function<Instant, Optional<Economics>>> pastEconomics,
            Supplier<List<Alert>> check,
            Supplier<@Nullable List<String>> channels,
            InstantSource clock) {
        this.store = store;
        this.types = types;
        this.pastEconomics = pastEconomics;
        this.check = check;
        this.channels = channels;
        this.clock = clock;
    }

    /**
     * A service for a program that changes rules but does not watch the fleet, such as a command beside a running
     * instance: open alerts of a deleted rule are resolved by that instance's next check.
     */
    public static RuleService over(Store store, RuleTypes types, InstantSource clock) {
        return new RuleService(store, types, since -> at -> Optional.empty(), List::of, () -> null, clock);
    }

    /** Every rule, ordered by id. */
    public List<AlertRule> all() {
        return store.rules().all();
    }

    /** The rule of that id; empty where there is none. */
    public Optional<AlertRule> find(long id) {
        return store.rules().find(id);
    }

    /**
     * Stores a new rule, whatever its id.
     *
     * @return the rule with its id and times
     * @throws InvalidArgumentException if it cannot be evaluated ({@link RuleTypes#validate}) or names a channel that is
     *     not set up
     */
    public AlertRule create(AlertRule rule) {
        validate(rule);
        return store.rules().create(rule, clock.instant());
    }

    /**
     * Stores these rules if there is no rule at all, in one transaction.
     *
     * @return the rules that were stored; empty where there are rules already
     * @throws InvalidArgumentException if one of them cannot be evaluated or names a channel that is not set up; then
     *     none is stored
     */
    public List<AlertRule> createIfNone(List<AlertRule> rules) {
        rules.forEach(this::validate);
        return store.rules().createIfNone(rules, clock.instant());
    }

    /**
     * Replaces the rule of the same id.
     *
     * @return the rule as stored; empty where there is none of that id
     * @throws InvalidArgumentException if it cannot be evaluated or names a channel that is not set up
     */
    public Optional<AlertRule> update(AlertRule rule) {
        validate(rule);
        return store.rules().update(rule, clock.instant());
    }

    /**
     * Deletes a rule and checks the alerts, so that its open alerts end at once.
     *
     * @return the alerts of the rule that ended; empty where there is no rule of that id
     */
    public Optional<List<Alert>> delete(long id) {
        if (!store.rules().delete(id)) {
            return Optional.empty();
        }
        return Optional.of(
                check.get().stream().filter(alert -> alert.ruleId() == id).toList());
    }

    /**
     * Stores new rules, replaces others and deletes some, in one transaction. Where rules are deleted, the alerts are
     * checked, so that their open alerts end at once.
     *
     * @param created new rules
     * @param replaced rules that replace those of the same id
     * @param deleted ids of rules; those that do not exist are skipped
     * @return whether it was done; false where a rule to be replaced does not exist, and then nothing is changed
     * @throws InvalidArgumentException if a rule cannot be evaluated or names a channel that is not set up; then
     *     nothing is changed
     */
    public boolean change(List<AlertRule> created, List<AlertRule> replaced, List<Long> deleted) {
        created.forEach(this::validate);
        replaced.forEach(this::validate);
        boolean done = store.rules().change(created, replaced, deleted, clock.instant());
        if (done && !deleted.isEmpty()) {
            List<Alert> unused = check.get();
        }
        return done;
    }

    /** Reviews rules against the miners that are registered now; for one rule, {@link #warnings} is shorter. */
    public RuleLinter review() {
        return RuleLinter.over(types, store.metrics().latest().roster());
    }

    /** What of a rule can hardly be meant, one sentence each; empty where nothing stands out. */
    public List<String> warnings(AlertRule rule) {
        return review().warnings(rule);
    }

    /**
     * When a rule raises, in words, such as {@code mean temperature above 80 °C, for 2 min}; of a rule that cannot be
     * evaluated, the key of its type.
     */
    public String sentence(AlertRule rule) {
        return types.sentence(rule);
    }

    /**
     * Runs a rule on the stored history up to now; nothing is saved. It takes about a minute for tens of millions of
     * samples.
     *
     * @param back how far back, above 0
     * @param checkEvery the time between two checks, at least 1 s
     * @param maxPerWeek how many alerts a week are wanted at most, for the suggestion; 0 or more
     * @throws InvalidArgumentException if the rule cannot be evaluated, or ({@code back}, {@code checkEvery},
     *     {@code maxPerWeek}) a figure is out of its range
     */
    public BacktestReport backtest(AlertRule rule, Duration back, Duration checkEvery, double maxPerWeek) {
        return backtest(rule, back, checkEvery, maxPerWeek, null);
    }

    /**
     * As {@link #backtest(AlertRule, Duration, Duration, double)}, with the money that alerts would have found.
     *
     * @param usdPerAlert what it costs to handle an alert, USD, 0 or more; null to leave money out
     */
    public BacktestReport backtest(
            AlertRule rule, Duration back, Duration checkEvery, double maxPerWeek, @Nullable Double usdPerAlert) {
        Instant until = clock.instant().plusMillis(1);
        Instant since = until.minus(Check.positive("back", back));
        BacktestRequest request = new BacktestRequest(
                rule, since, until, checkEvery, maxPerWeek, pastEconomics.apply(since), usdPerAlert);
        return Backtest.run(request, types, store.metrics().latest().roster(), store.metrics()::polls);
    }

    private void validate(AlertRule rule) {
        types.validate(rule);
        List<String> known = channels.get();
        for (String channel : rule.channels()) {
            if (known != null && !known.contains(channel)) {
                throw new InvalidArgumentException(
                        "channels",
                        "channels must be "
                                + (known.isEmpty()
                                        ? "left out, since none is set up"
                                        : "one of " + String.join(", ", known))
                                + ", not " + Check.quote(channel));
            }
        }
    }
}
