package io.minerops.benchmarks.peers;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.MinerAddress;
import io.minerops.api.miner.Reading;
import io.minerops.api.miner.MinerIndex;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;

/** Healthy miners with made-up readings, the same ones for every engine. */
final class Miners {
    static final double NOMINAL_THS = 110;
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Miners() {}

    static MinerIndex roster(int miners) {
        return MinerIndex.of(IntStream.range(0, miners)
                .mapToObj(miner -> Miner.builder(address(miner), START)
                        .nominalThs(NOMINAL_THS)
                        .build())
                .toList());
    }

    /** A poll that every miner answered; another seed gives other readings, healthy too. */
    static FleetSnapshot poll(MinerIndex roster, Instant at, long seed) {
        Random random = new Random(seed);
        FleetSnapshot.Builder snapshot = FleetSnapshot.builder(at, roster);
        for (int row = 0; row < roster.size(); row++) {
            snapshot.row()
                    .sampledAt(at.toEpochMilli())
                    .set(Reading.AVG_TEMP_C, 60 + random.nextInt(120) / 10.0)
                    .set(Reading.HASHRATE_THS, 108 + random.nextInt(4_000) / 1_000.0)
                    .set(Reading.MIN_FAN_RPM, 4_700 + random.nextInt(100))
                    .set(Reading.AVG_FAN_RPM, 4_800 + random.nextInt(400))
                    .set(Reading.POWER_W, 3_200 + random.nextInt(200));
        }
        return snapshot.build();
    }

    private static MinerAddress address(int miner) {
        return MinerAddress.of("10." + (miner >> 16 & 255) + "." + (miner >> 8 & 255) + "." + (miner & 255));
    }
}
