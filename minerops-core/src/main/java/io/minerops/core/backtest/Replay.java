package io.minerops.core.backtest;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.WorkState;
import io.minerops.api.store.PollColumns;
import io.minerops.core.alert.RuleSet;
import io.minerops.core.alert.type.Economics;
import io.minerops.core.alert.type.EvaluationContext;
import io.minerops.core.alert.type.RecentReadings;
import io.minerops.core.alert.type.RecentWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets the past go by: polls become the latest readings, and at each check's time every trial looks at them. A longer
 * pause between two polls is not observed: no check is made in it, and it makes no miner offline.
 */
final class Replay implements Predicate<PollColumns> {
    /** A pause of so many usual ones, and half a minute, is not observed, as in the poll job. */
    private static final int USUAL_PAUSES = 3;

    private static final long HALF_A_MINUTE = 30_000;
    private static final double MILLIS_PER_WEEK = 7 * 24 * 3_600_000.0;
    private static final long NONE = Long.MIN_VALUE;

    private final BacktestRequest request;
    private final MinerIndex roster;
    private final BacktestPass trial;
    private final List<BacktestPass> others;
    private final Reading[] readings;
    private final double[][] latest;
    private final long[] sampledAt;
    private final boolean[] powerEstimated;
    private final @Nullable Pool[] pools;
    private final WorkState[] states;
    private final long lookback;
    private final @Nullable RecentReadings recent;
    private final @Nullable RecentWork work;
    private final long checkEvery;
    private final @Nullable LossMeter losses;

    private long firstPoll = NONE;
    private long lastPoll = NONE;
    private final PollGapEstimator usualPause = new PollGapEstimator();
    private long observedSince;
    private long observed;
    private long nextCheck;
    private long lastCheck;
    private long polls;
    private long samples;
    private long checks;
    private int gaps;

    Replay(BacktestRequest request, MinerIndex roster, RuleSet rules, BacktestPass trial, List<BacktestPass> others) {
        this.request = request;
        this.roster = roster;
        this.trial = trial;
        this.others = others;
        losses = request.usdPerAlert() == null ? null : new LossMeter(roster);
        Set<Reading> read = reads(request, rules);
        readings = read.toArray(Reading[]::new);
        latest = new double[readings.length][roster.size()];
        for (double[] column : latest) {
            Arrays.fill(column, Double.NaN);
        }
        sampledAt = new long[roster.size()];
        Arrays.fill(sampledAt, FleetSnapshot.NEVER);
        powerEstimated = new boolean[roster.size()];
        pools = new Pool[roster.size()];
        states = new WorkState[roster.size()];
        lookback = rules.lookback().duration().toMillis();
        recent = lookback == 0
                ? null
                : new RecentReadings(roster, rules.lookback().readings());
        work = rules.workHours() == 0 ? null : new RecentWork(roster, rules.workHours());
        checkEvery = request.checkEvery().toMillis();
    }

    /** The readings that a request needs: those of the rule, and for what miners lost their rate and power. */
    static Set<Reading> reads(BacktestRequest request, RuleSet rules) {
        Set<Reading> read = new HashSet<>(rules.reads());
        if (request.usdPerAlert() != null) {
            read.add(Reading.HASHRATE_THS);
            read.add(Reading.POWER_W);
        }
        return read;
    }

    @Override
    public boolean test(PollColumns poll) {
        long at = poll.epochMillis();
        if (firstPoll == NONE) {
            firstPoll = at;
            observedSince = at;
            nextCheck = at;
        } else {
            passTo(at);
        }
        take(poll);
        lastPoll = at;
        polls++;
        samples += poll.size();
        if (nextCheck == at) {
            check(at);
            nextCheck += checkEvery;
        }
        return true;
    }

    /** Makes the checks that are due before the next poll. */
    private void passTo(long at) {
        long pause = at - lastPoll;
        boolean looked = usualPause.allows(pause, USUAL_PAUSES, HALF_A_MINUTE);
        usualPause.add(pause);
        if (!looked) {
            gaps++;
            observedSince = at;
            nextCheck = at;
            return;
        }
        observed += pause;
        for (; nextCheck < at; nextCheck += checkEvery) {
            check(nextCheck);
        }
    }

    private void take(PollColumns poll) {
        long at = poll.epochMillis();
        if (recent != null) {
            recent.forgetBefore(at - lookback);
            recent.addPoll(at);
        }
        if (work != null) {
            work.add(poll);
        }
        for (int sample = 0; sample < poll.size(); sample++) {
            int row = poll.row(sample);
            sampledAt[row] = at;
            powerEstimated[row] = poll.powerEstimated(sample);
            pools[row] = poll.pool(sample);
            states[row] = poll.state(sample);
            for (int i = 0; i < readings.length; i++) {
                double value = poll.value(readings[i], sample);
                latest[i][row] = value;
                if (recent != null) {
                    recent.set(readings[i], row, value);
                }
            }
        }
    }

    private void check(long at) {
        Instant now = Instant.ofEpochMilli(at);
        FleetSnapshot snapshot = snapshot(now);
        Function<Instant, Optional<Economics>> past = request.economics();
        Economics economics = past == null ? null : past.apply(now).orElse(null);
        EvaluationContext around =
                new EvaluationContext(Instant.ofEpochMilli(observedSince), recent, economics).withWork(work);
        if (losses != null && checks > 0 && lastCheck >= observedSince) {
            losses.measure(snapshot, at - lastCheck, row -> answers(row, at), trial.baselines(), economics);
            trial.find(losses);
            others.forEach(other -> other.find(losses));
        }
        trial.check(snapshot, now, around);
        for (int i = 0; i < others.size(); i++) {
            others.get(i).check(snapshot, now, around, trial.baselines());
        }
        lastCheck = at;
        checks++;
    }

    private boolean answers(int row, long at) {
        return usualPause.allows(at - sampledAt[row], USUAL_PAUSES, HALF_A_MINUTE);
    }

    /** What was lost while alerts of a trial were open, USD; null where that is not wanted or not known. */
    @Nullable
    Double found(BacktestPass of) {
        return losses == null || !losses.isKnown() ? null : Double.valueOf(of.foundUsd());
    }

    private FleetSnapshot snapshot(Instant now) {
        FleetSnapshot.Builder snapshot = FleetSnapshot.builder(now, roster);
        for (int row = 0; row < sampledAt.length; row++) {
            snapshot.row();
            if (sampledAt[row] != FleetSnapshot.NEVER) {
                snapshot.sampledAt(sampledAt[row])
                        .powerEstimated(powerEstimated[row])
                        .pool(pools[row])
                        .state(states[row]);
                for (int i = 0; i < readings.length; i++) {
                    snapshot.set(readings[i], latest[i][row]);
                }
            }
        }
        return snapshot.build();
    }

    double perWeek(int count) {
        return observed == 0 ? 0 : count * MILLIS_PER_WEEK / observed;
    }

    @Nullable
    Instant firstPoll() {
        return firstPoll == NONE ? null : Instant.ofEpochMilli(firstPoll);
    }

    @Nullable
    Instant lastPoll() {
        return lastPoll == NONE ? null : Instant.ofEpochMilli(lastPoll);
    }

    Instant lastCheck() {
        return Instant.ofEpochMilli(lastCheck);
    }

    Duration observed() {
        return Duration.ofMillis(observed);
    }

    long polls() {
        return polls;
    }

    long samples() {
        return samples;
    }

    long checks() {
        return checks;
    }

    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (polls == 0) {
            warnings.add("There is no history in that time.");
            return warnings;
        }
        if (firstPoll - request.since().toEpochMilli() > checkEvery + HALF_A_MINUTE) {
            warnings.add("The history begins at " + firstPoll() + ", later than requested.");
        }
        if (gaps > 0) {
            warnings.add("The history has " + gaps + (gaps == 1 ? " gap" : " gaps")
                    + " between polls; no alert is raised or resolved in a gap.");
        }
        if (losses != null && !losses.isKnown()) {
            warnings.add("What miners lost is not known: there is no price, or no nominal hashrate to compare with.");
        }
        return warnings;
    }
}
