package io.minerops.benchmarks;

import io.minerops.api.alert.AlertState;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Poll;
import io.minerops.api.store.Store;
import io.minerops.core.alert.AlertEvaluator;
import io.minerops.core.alert.Evaluation;
import io.minerops.core.alert.RuleSet;
import io.minerops.core.alert.internal.change.AlertWriter;
import io.minerops.core.alert.internal.change.AppliedChanges;
import io.minerops.core.alert.type.EvaluationContext;
import io.minerops.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The embedded store: a poll appended, the latest readings, and a whole check of the alerts. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class SqliteBenchmark {
    private static final int POLL_SECONDS = 30;

    /** A database in a folder of its own. */
    public abstract static class Opened {
        Path folder;
        Store store;

        void open() throws IOException {
            folder = Files.createTempDirectory("minerops-benchmark");
            store = SqliteStore.open(folder.resolve("metrics.db"));
        }

        @TearDown(Level.Trial)
        public void close() throws IOException {
            store.close();
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** 10,000 miners and a table of so many rows. */
    @State(Scope.Benchmark)
    public static class TenThousandMiners extends Opened {
        private static final int MINERS = 10_000;

        @Param({"0", "10000000"})
        public int rows;

        Poll next;
        private int polls;

        @Setup(Level.Trial)
        public void fill() throws IOException {
            open();
            store.metrics().append(Fleets.poll(MINERS, at(polls++), 0));
            Poll samples = Fleets.poll(MINERS, Fleets.START, 1);
            while ((long) polls * MINERS < rows) {
                store.metrics().append(Poll.of(at(polls++), samples.samples()));
            }
        }

        @Setup(Level.Invocation)
        public void nextPoll() {
            next = Fleets.poll(MINERS, at(polls), polls);
            polls++;
        }

        private static Instant at(int poll) {
            return Fleets.START.plusSeconds((long) poll * POLL_SECONDS);
        }
    }

    /** 10,000 miners with one sample each. */
    @State(Scope.Benchmark)
    public static class Latest extends Opened {
        @Setup(Level.Trial)
        public void fill() throws IOException {
            open();
            store.metrics().append(Fleets.poll(10_000, Fleets.START, 1));
        }
    }

    /** 10,000 miners of which one has just said something new. */
    @State(Scope.Benchmark)
    public static class OneMoved extends Latest {
        private int polls;

        @Setup(Level.Invocation)
        public void poll() {
            polls++;
            store.metrics().append(Fleets.poll(1, Fleets.START.plusMillis(polls), polls));
        }
    }

    /** 5,000 miners with one sample each, and ten rules that no miner violates. */
    @State(Scope.Benchmark)
    public static class FiveThousandMiners extends Opened {
        final RuleSet rules = RuleSet.compile(Fleets.tenRules());
        final AlertEvaluator evaluator = new AlertEvaluator();
        private int checks;

        @Setup(Level.Trial)
        public void fill() throws IOException {
            open();
            store.metrics().append(Fleets.poll(5_000, Fleets.START, 1));
        }

        Instant nextCheck() {
            return Fleets.START.plusMillis(checks++);
        }
    }

    /** 5,000 miners that have been polled again before each check, so that their baselines move. */
    @State(Scope.Benchmark)
    public static class PolledAgain extends FiveThousandMiners {
        private int polls;

        @Setup(Level.Invocation)
        public void poll() {
            polls++;
            store.metrics().append(Fleets.poll(5_000, Fleets.START.plusMillis(polls), polls));
        }

        @Override
        Instant nextCheck() {
            return Fleets.START.plusMillis(polls);
        }
    }

    @Benchmark
    public void appendPollOf10000(TenThousandMiners fleet) {
        fleet.store.metrics().append(fleet.next);
    }

    @Benchmark
    public FleetSnapshot latestOf10000(Latest fleet) {
        return fleet.store.metrics().latest();
    }

    @Benchmark
    public FleetSnapshot firstLatestOf10000AfterAPoll(OneMoved fleet) {
        return fleet.store.metrics().latest();
    }

    @Benchmark
    public Optional<AppliedChanges> checkAlertsOf5000WhereNothingChanges(FiveThousandMiners fleet) {
        return check(fleet);
    }

    @Benchmark
    public Optional<AppliedChanges> checkAlertsOf5000AfterAPoll(PolledAgain fleet) {
        return check(fleet);
    }

    private static Optional<AppliedChanges> check(FiveThousandMiners fleet) {
        AlertState state = fleet.store.alerts().load();
        Instant now = fleet.nextCheck();
        return new AlertWriter(fleet.store.alerts())
                .apply(fleet.evaluator
                        .evaluate(fleet.rules, fleet.store.metrics().latest(), state, now, EvaluationContext.NONE)
                        .orElseGet(() -> Evaluation.nothing(state, now)));
    }
}
