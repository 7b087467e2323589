package io.minerops.demo;

import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which rack each miner of the demo stands in. The last miners by index stand in rack 2, which goes out. */
final class DemoRacks {
    /** The tag of the miners of the rack that goes out. */
    static final String OUTAGE_TAG = "rack-2";

    private static final String SITE = "Demo site";
    private static final List<String> OWNERS = List.of("Own machines", "Hosted Mining Ltd");
    private static final int OUTAGE_RACK = 2;
    private static final int MINERS_PER_RACK = 30;
    /** So many are left for the troubles that come one by one. */
    private static final int MIN_OUTSIDE = 7;

    private DemoRacks() {}

    /** How many miners the rack that goes out has, in a fleet of so many. */
    static int outage(int miners) {
        return Math.max(0, Math.min(MINERS_PER_RACK, miners - MIN_OUTSIDE));
    }

    /** The miners as their owner would register them, with location, site, owner and tag. */
    static List<Miner> place(List<MinerAddress> addresses, Instant now) {
        int others = addresses.size() - outage(addresses.size());
        List<Miner> miners = new ArrayList<>();
        for (int index = 0; index < addresses.size(); index++) {
            int rack = index < others ? rackOf(index) : OUTAGE_RACK;
            miners.add(Miner.builder(addresses.get(index), now)
                    .location("hall a, rack " + rack)
                    .site(SITE)
                    .owner(OWNERS.get(rack % OWNERS.size()))
                    .tags(List.of("rack-" + rack))
                    .build());
        }
        return miners;
    }

    private static int rackOf(int index) {
        int rack = 1 + index / MINERS_PER_RACK;
        return rack < OUTAGE_RACK ? rack : rack + 1;
    }
}
