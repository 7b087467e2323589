package io.minerops.core.alert;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Reading;
import io.minerops.core.alert.type.Spread;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Readings of miners of the same model in one snapshot, calculated at the first use by a rule. Not thread-safe. */
final class Peers {
    /** Fewer say nothing of what is usual. */
    private static final int MIN_MINERS = 5;

    private final Map<Reading, @Nullable Spread[]> byRow = new EnumMap<>(Reading.class);
    private final RosterIndex index;
    private FleetSnapshot snapshot = FleetSnapshot.builder(Instant.EPOCH, 0).build();

    Peers(RosterIndex index) {
        this.index = index;
    }

    /** Moves on to another snapshot of the same roster. */
    void moveTo(FleetSnapshot latest) {
        if (latest != snapshot) {
            snapshot = latest;
            byRow.clear();
        }
    }

    /** How a reading spreads over the miners of a row's model; null where there are too few. */
    @Nullable
    Spread spread(Reading reading, int row) {
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
            Spread spread = count < MIN_MINERS ? null : Spread.of(values, count);
            for (int row : of) {
                spreads[row] = spread;
            }
        }
        return spreads;
    }
}
