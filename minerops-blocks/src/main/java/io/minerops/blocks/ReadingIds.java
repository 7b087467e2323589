package io.minerops.blocks;

import io.minerops.api.miner.Reading;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ids of readings' columns that a store has given, in the heap. Filled before it is used by several threads. */
public final class ReadingIds implements Rollup.Catalogue {
    private static final Map<String, Reading> BY_KEY =
            Reading.all().stream().collect(Collectors.toUnmodifiableMap(Reading::key, Function.identity()));

    private final @Nullable Reading[] readings = new Reading[ColumnIds.LAST_READING + 1];
    /** By {@link Reading#column()}; 0 where the store has given none yet. */
    private final int[] ids = new int[Reading.count()];

    /** Takes in what the store holds of one id. A key that this program does not know is left out. */
    public void learn(int id, String key) {
        Reading reading = BY_KEY.get(key);
        if (reading != null) {
            readings[id] = reading;
            ids[reading.column()] = id;
        }
    }

    /** The readings that have no id yet. */
    public List<Reading> missing() {
        return Reading.all().stream().filter(reading -> id(reading) == 0).toList();
    }

    /** The id of a reading's column; 0 where the store has given none, so that no sample has it. */
    public int id(Reading reading) {
        return ids[reading.column()];
    }

    /** The reading of a column; null for one that is none or that this program does not know. */
    public @Nullable Reading reading(int id) {
        return id < readings.length ? readings[id] : null;
    }

    @Override
    public int decimals(int id) {
        Reading reading = reading(id);
        return reading == null ? 0 : ColumnIds.decimals(reading);
    }

    @Override
    public boolean integrated(int id) {
        Reading reading = reading(id);
        return reading == Reading.POWER_W || reading == Reading.HASHRATE_THS;
    }
}
