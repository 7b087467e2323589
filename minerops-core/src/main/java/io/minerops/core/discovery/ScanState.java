package io.minerops.core.discovery;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.MinerReading;
import io.minerops.core.discovery.DiscoveryReport.UnidentifiedHost;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The next address of a range to query, and the results so far. Each is queried once, in an order
 * drawn from a seed; unresponsive ones are queried again after all others. Does no I/O, takes the time as an argument,
 * and is not thread-safe.
 */
final class ScanState {
    /** A hundredth of a range says enough of it to foretell the rest. */
    private static final int MIN_FOR_FORECAST_DIVISOR = 100;

    /**
     * One attempt at one address.
     *
     * @param deadline how long it may take
     * @param second whether the address was missed before
     */
    record Attempt(MinerAddress address, Duration deadline, boolean second) {}

    private final List<MinerAddress> order;
    private final DiscoverySettings settings;
    private final Deque<Attempt> missed = new ArrayDeque<>();
    private final List<DiscoveredMiner> found = new ArrayList<>();
    private final List<UnidentifiedHost> unidentified = new ArrayList<>();
    private final Set<MinerAddress> vacant = new HashSet<>();
    private int next;
    private int underWay;
    private int firstTries;
    private int retries;
    private int retriesDone;
    private int refused;
    private int silent;
    private int notQueried;

    ScanState(List<MinerAddress> addresses, DiscoverySettings settings) {
        this.settings = settings;
        order = new ArrayList<>(addresses);
        Random random = new Random(settings.seed());
        for (int last = order.size() - 1; last > 0; last--) {
            MinerAddress drawn = order.set(random.nextInt(last + 1), order.get(last));
            order.set(last, drawn);
        }
    }

    /** Whether an attempt can begin now. */
    boolean hasNext() {
        boolean roomLeft = underWay < settings.maxInFlight();
        return roomLeft && (next < order.size() || (firstTries == order.size() && !missed.isEmpty()));
    }

    /** The next attempt, which counts as under way until {@link #take}. */
    Attempt next() {
        underWay++;
        return next < order.size() ? new Attempt(order.get(next++), settings.deadline(), false) : missed.removeFirst();
    }

    boolean isDone() {
        return next == order.size() && underWay == 0 && missed.isEmpty();
    }

    /**
     * Takes in how an attempt ended.
     *
     * @param reading null where the client failed
     * @return the miner that it found; null where it found none
     */
    @Nullable
    DiscoveredMiner take(Attempt attempt, @Nullable MinerReading reading) {
        underWay--;
        if (attempt.second()) {
            retriesDone++;
        } else {
            firstTries++;
            if (reading != null && Finding.isWorthARetry(reading)) {
                retries++;
                Duration deadline = Finding.isSlow(reading) ? settings.timeouts() : settings.deadline();
                missed.addLast(new Attempt(attempt.address(), deadline, true));
                return null;
            }
        }
        return settle(attempt.address(), reading == null ? new Finding.NotQueried() : Finding.of(reading));
    }

    private @Nullable DiscoveredMiner settle(MinerAddress address, Finding finding) {
        if (finding instanceof Finding.Found one) {
            found.add(one.miner());
            return one.miner();
        } else if (finding instanceof Finding.Unidentified unknown) {
            unidentified.add(new UnidentifiedHost(address, unknown.reason()));
        } else if (finding instanceof Finding.Refused) {
            refused++;
            vacant.add(address);
        } else if (finding instanceof Finding.Silent) {
            silent++;
            vacant.add(address);
        } else {
            notQueried++;
        }
        return null;
    }

    /** How far it is after so long. */
    DiscoveryProgress progress(Duration elapsed) {
        int work = order.size() + retries;
        int done = firstTries + retriesDone;
        double fraction = work == 0 ? 1 : (double) done / work;
        return new DiscoveryProgress(
                firstTries, order.size(), found.size(), unidentified.size(), fraction, elapsed, eta(done, elapsed));
    }

    /** By the time for each attempt so far, with as many second tries to come as the share so far foretells. */
    private @Nullable Duration eta(int done, Duration elapsed) {
        if (isDone()) {
            return Duration.ZERO;
        } else if (firstTries == 0 || firstTries < order.size() / MIN_FOR_FORECAST_DIVISOR) {
            return null;
        }
        double expectedRetries = (double) retries / firstTries * order.size();
        double left = Math.max(1, order.size() + expectedRetries - done);
        return Duration.ofMillis(Math.round(elapsed.toMillis() / (double) done * left));
    }

    /** The report after that time; pending addresses count as not queried. */
    DiscoveryReport report(Duration elapsed, boolean cancelled) {
        found.sort(Comparator.comparing(DiscoveredMiner::address));
        unidentified.sort(Comparator.comparing(UnidentifiedHost::address));
        int open = order.size() - found.size() - unidentified.size() - refused - silent - notQueried;
        return new DiscoveryReport(
                order.size(),
                found,
                unidentified,
                refused,
                silent,
                notQueried + open,
                retriesDone,
                cancelled,
                elapsed,
                vacant);
    }
}
