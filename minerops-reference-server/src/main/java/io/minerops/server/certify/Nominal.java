package io.minerops.server.certify;

import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Reading;
import org.jspecify.annotations.Nullable;

/**
 * The hashrate that was promised of a miner.
 *
 * @param ths TH/s
 * @param source where that figure comes from
 */
record Nominal(double ths, String source) {
    static final String GIVEN = "as given";
    static final String REPORTED = "as the device reports";

    /** That of the registry, else the one that the device expects by its latest sample; null where neither is known. */
    static @Nullable Nominal of(Miner miner, FleetSnapshot latest) {
        Double registered = miner.nominalThs();
        if (registered != null) {
            return new Nominal(registered, "of the registry");
        }
        for (int row = 0; row < latest.size(); row++) {
            if (latest.miner(row).address().equals(miner.address())) {
                double expected = latest.value(Reading.EXPECTED_THS, row);
                return expected > 0 ? new Nominal(expected, REPORTED) : null;
            }
        }
        return null;
    }
}
