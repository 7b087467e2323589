package io.minerops.core.certify;

import io.minerops.api.Page;
import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.Fact;
import io.minerops.api.miner.FactKind;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.MetricSample;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerIdentity;
import io.minerops.api.miner.MinerIndex;
import io.minerops.api.miner.Reading;
import io.minerops.api.store.BoardStore;
import io.minerops.api.store.FactQuery;
import io.minerops.api.store.FactStore;
import io.minerops.api.store.MetricStore;
import io.minerops.api.store.PollColumns;
import io.minerops.api.store.PollQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what a store has of a miner as the observations that were made then. Used once. */
final class StoredPolls {
    /** Every board is stored at least once a day. */
    private static final Duration BOARDS_BEFORE = Duration.ofHours(25);

    private static final Set<FactKind> KINDS = Set.of(FactKind.MAC, FactKind.SERIAL, FactKind.FIRMWARE, FactKind.FAULT);

    private final Miner miner;
    private final List<Fact> facts;
    private final List<BoardStore.Kept> keptBoards;
    private final Map<Integer, HashBoard> boards = new TreeMap<>();
    private final boolean reportsFaults;
    private int nextBoard;

    private StoredPolls(Miner miner, List<Fact> facts, List<BoardStore.Kept> keptBoards, boolean reportsFaults) {
        this.miner = miner;
        this.facts = facts;
        this.keptBoards = keptBoards;
        this.reportsFaults = reportsFaults || facts.stream().anyMatch(fact -> fact.kind() == FactKind.FAULT);
    }

    static void read(
            MetricStore metrics,
            FactStore facts,
            BoardStore boards,
            Miner miner,
            Instant since,
            Instant until,
            BurnIn burnIn) {
        StoredPolls polls = new StoredPolls(
                miner,
                facts(facts, miner, since, until),
                boards.history(miner.address(), since.minus(BOARDS_BEFORE), until, Integer.MAX_VALUE),
                reportsFaults(metrics.latest(), miner));
        PollQuery query = new PollQuery(MinerIndex.of(List.of(miner)), since, until, Set.copyOf(Reading.all()));
        metrics.polls(query, poll -> {
            Instant at = Instant.ofEpochMilli(poll.epochMillis());
            if (poll.size() > 0) {
                burnIn.add(polls.observation(at, poll));
            } else if (!at.isBefore(miner.registeredAt())) {
                burnIn.add(Observation.unanswered(at, true, "no sample is stored of the poll at " + at));
            }
            return true;
        });
    }

    private static List<Fact> facts(FactStore store, Miner miner, Instant since, Instant until) {
        List<Fact> all = new ArrayList<>();
        String cursor = null;
        do {
            Page<Fact> page = store.find(new FactQuery(miner.address(), KINDS, since, until, Page.MAX_LIMIT, cursor));
            all.addAll(page.items());
            cursor = page.next();
        } while (cursor != null);
        return all;
    }

    private static boolean reportsFaults(FleetSnapshot latest, Miner miner) {
        for (int row = 0; row < latest.size(); row++) {
            if (latest.miner(row).address().equals(miner.address())) {
                return latest.hasSample(row) && latest.faults(row) != null;
            }
        }
        return false;
    }

    private Observation observation(Instant at, PollColumns poll) {
        MetricSample.Builder sample = MetricSample.builder(miner.address(), at)
                .powerEstimated(poll.powerEstimated(0))
                .state(poll.state(0));
        for (Reading reading : Reading.all()) {
            sample.set(reading, poll.value(reading, 0));
        }
        sample.boards(boardsAt(at)).faults(reportsFaults ? faultsAt(at) : null);
        return Observation.answered(at, true, sample.build(), identityAt(at));
    }

    private @Nullable List<HashBoard> boardsAt(Instant at) {
        for (; nextBoard < keptBoards.size() && !keptBoards.get(nextBoard).at().isAfter(at); nextBoard++) {
            HashBoard board = keptBoards.get(nextBoard).board();
            if (board.serial() == null
                    && BoardReading.all().stream().allMatch(reading -> Double.isNaN(board.value(reading)))) {
                boards.remove(board.slot());
            } else {
                boards.put(board.slot(), board);
            }
        }
        return boards.isEmpty() ? null : List.copyOf(boards.values());
    }

    private List<DeviceFault> faultsAt(Instant at) {
        return facts.stream()
                .filter(fact -> fact.kind() == FactKind.FAULT && holds(fact, at))
                .map(fact -> new DeviceFault(fact.value(), fact.message(), fact.from(), fact.slot()))
                .toList();
    }

    private MinerIdentity identityAt(Instant at) {
        return new MinerIdentity(
                miner.vendor(),
                miner.model(),
                valueAt(FactKind.FIRMWARE, at, miner.firmwareVersion()),
                valueAt(FactKind.MAC, at, miner.mac()),
                miner.hostname(),
                valueAt(FactKind.SERIAL, at, miner.serial()));
    }

    private @Nullable String valueAt(FactKind kind, Instant at, @Nullable String registered) {
        boolean known = false;
        for (Fact fact : facts) {
            known |= fact.kind() == kind;
            if (fact.kind() == kind && holds(fact, at)) {
                return fact.value();
            }
        }
        return known ? null : registered;
    }

    private static boolean holds(Fact fact, Instant at) {
        return !fact.from().isAfter(at) && (fact.until() == null || at.isBefore(fact.until()));
    }
}
