package io.minerops.core.alert.type;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Reading;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Readings of miners of the same model in one snapshot, calculated at the first use by a rule. Not thread-safe. */
public final class Peers {
    /** Fewer say nothing of what is usual. */
    private static final int FEWEST = 5;

    private final Map<Reading, @Nullable Spread[]> byRow = new EnumMap<>(Reading.class);
    private FleetSnapshot snapshot = FleetSnapshot.builder(Instant.EPOCH, 0).build();
    private RosterIndex index = new RosterIndex(snapshot.roster());

    void moveTo(FleetSnapshot latest, RosterIndex roster) {
        if (latest != snapshot) {
            snapshot = latest;
            index = roster;
            byRow.clear();
        }
    }

    /** How a reading spreads over the miners of a row's model; null where there are too few. */
    @Nullable
    public Spread spread(Reading reading, int row) {
        return byRow.computeIfAbsent(reading, this::spreads)[row];
    }

    private @Nullable Spread[] spreads(Reading reading) {
        @Nullable Spread[] spreads = new Spread[index.size()];
        for (RowBits rows : index.models()) {
            int[] of = rows.rows();
            double[] values = new double[of.length];
            int count = 0;
            for (int row : of) {
                double value = snapshot.value(reading, row);
                if (!Double.isNaN(value)) {
                    values[count++] = value;
                }
            }
            Spread spread = count < FEWEST ? null : Spread.of(values, count);
            for (int row : of) {
                spreads[row] = spread;
            }
        }
        return spreads;
    }
}
