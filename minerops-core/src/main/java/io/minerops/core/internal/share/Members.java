package io.minerops.core.internal.share;

import io.minerops.api.store.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The instances in a table of leases: each holds one of its own for as long as it lives. */
final class Members {
    private static final String PREFIX = "instance ";

    private Members() {}

    /** The name of the lease that makes an instance a member. */
    static String lease(String instance) {
        return PREFIX + instance;
    }

    static Stream<Lease.Held> of(Lease.Table table) {
        return table.held().stream().filter(held -> held.job().equals(lease(held.holder())));
    }

    /**
     * The instances that share the fleet in the poll of that time, so that two that read the table at different moments from
     * then on cannot both take a miner. A member counts if it was one a whole interval before, when others saw it last, and
     * stays one for the whole interval of the poll. Where there is none, the oldest is alone.
     */
    static List<String> sharing(Lease.Table table, Instant poll, Duration interval) {
        List<Lease.Held> staying = of(table)
                .filter(held -> stays(held, poll, interval))
                .sorted(Comparator.comparing(Lease.Held::since).thenComparing(Lease.Held::holder))
                .toList();
        List<String> settled = staying.stream()
                .filter(held -> !held.since().isAfter(poll.minus(interval)))
                .map(Lease.Held::holder)
                .toList();
        return settled.isEmpty()
                ? staying.stream()
                        .filter(held -> !held.since().isAfter(poll))
                        .map(Lease.Held::holder)
                        .limit(1)
                        .toList()
                : settled;
    }

    static boolean stays(Lease.Held held, Instant poll, Duration interval) {
        return !held.until().isBefore(poll.plus(interval));
    }
}
