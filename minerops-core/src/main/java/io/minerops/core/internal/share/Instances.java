package io.minerops.core.internal.share;

import io.minerops.api.miner.MinerAddress;
import io.minerops.api.store.Lease;
import io.minerops.core.job.InstanceStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The instances in a table of leases, as users see them. */
public final class Instances {
    private Instances() {}

    /**
     * The instances by name.
     *
     * @param interval the time between two polls
     * @param miners those that are divided
     */
    public static List<InstanceStatus> of(Lease.Table table, Duration interval, Collection<MinerAddress> miners) {
        List<String> sharing = Members.sharing(table, PollTurns.startOfInterval(table.now(), interval), interval);
        Map<String, Integer> shares = new HashMap<>();
        if (!sharing.isEmpty()) {
            Shares divided = Shares.among(sharing);
            miners.forEach(miner -> shares.merge(divided.owner(miner), 1, Integer::sum));
        }
        Map<String, Lease.Held> memberships = new HashMap<>();
        Members.of(table).forEach(held -> memberships.put(held.holder(), held));
        Map<String, List<Lease.Held>> jobs = new TreeMap<>();
        for (Lease.Held held : table.held()) {
            List<Lease.Held> own = jobs.computeIfAbsent(held.holder(), holder -> new ArrayList<>());
            if (!held.equals(memberships.get(held.holder()))) {
                own.add(held);
            }
        }
        List<InstanceStatus> instances = new ArrayList<>();
        jobs.forEach((name, own) -> {
            Lease.Held member = memberships.get(name);
            instances.add(new InstanceStatus(
                    name,
                    name.equals(table.self()),
                    member == null ? null : member.since(),
                    member == null ? null : member.until().minus(PollTurns.membership(interval)),
                    shares.getOrDefault(name, 0),
                    own));
        });
        return instances;
    }
}
