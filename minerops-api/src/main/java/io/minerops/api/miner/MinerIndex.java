package io.minerops.api.miner;

import io.minerops.api.InvalidArgumentException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The registered miners in the order of a snapshot's rows. Snapshots share one roster until a miner is added, changed
 * or removed, so what is worked out from it (which rows a rule covers) can be kept as long as the roster is the same
 * object. Immutable and safe to share.
 */
public final class MinerIndex {
    private final List<Miner> miners;
    private final Map<MinerAddress, Integer> rows;

    private MinerIndex(List<Miner> miners) {
        this.miners = miners;
        rows = new HashMap<>(miners.size() * 2);
        for (int row = 0; row < miners.size(); row++) {
            MinerAddress address = miners.get(row).address();
            if (rows.put(address, row) != null) {
                throw new InvalidArgumentException(
                        "miners", "miners must each be there once, but " + address + " is there twice");
            }
        }
    }

    /**
     * A roster of these miners, row by row.
     *
     * @throws InvalidArgumentException ({@code miners}) if a miner is there twice
     */
    public static MinerIndex of(Collection<Miner> miners) {
        // an ArrayList of our own rather than List.copyOf: its get is one array read for every size
        return new MinerIndex(new ArrayList<>(miners));
    }

    /** How many rows there are. */
    public int size() {
        return miners.size();
    }

    /** The miner of a row. */
    public Miner miner(int row) {
        return miners.get(row);
    }

    /** The row of a miner; -1 where it is not registered. */
    public int row(MinerAddress address) {
        Integer row = rows.get(address);
        return row == null ? -1 : row;
    }
}
