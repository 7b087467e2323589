package io.minerops.server.flask;

import io.minerops.api.miner.Reading;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code metrics}, as it stands there.
 *
 * @param id its key
 * @param timestamp when the miner was read, without a zone; null where it is missing
 * @param minerIp its address; null where it is missing
 * @param values those of {@link #READINGS} that are there and numbers
 */
record FlaskRow(
        long id, @Nullable String timestamp, @Nullable String minerIp, Map<Reading, Double> values) {
    /** The readings, each a column with the key of the reading. */
    static final List<Reading> READINGS =
            List.of(Reading.HASHRATE_THS, Reading.POWER_W, Reading.ELAPSED_S, Reading.AVG_TEMP_C, Reading.AVG_FAN_RPM);
}
