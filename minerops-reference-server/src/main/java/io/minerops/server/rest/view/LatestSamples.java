package io.minerops.server.rest.view;

import io.minerops.api.miner.BoardReading;
import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.FleetSnapshot;
import io.minerops.api.miner.HashBoard;
import io.minerops.api.miner.Miner;
import io.minerops.api.miner.Pool;
import io.minerops.api.miner.Reading;
import io.minerops.server.http.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The latest sample of each miner, as it is shown.
 *
 * @param fleet the fleet; rows without a sample are not shown
 * @param names how miners are named
 * @param now the time to count ages from
 */
public record LatestSamples(FleetSnapshot fleet, MinerNames names, Instant now) {
    private static final double MILLIS_PER_SECOND = 1_000;

    /** The readings that lists of miners show. */
    private static final List<Reading> BRIEF = List.of(
            Reading.HASHRATE_THS,
            Reading.POWER_W,
            Reading.AVG_TEMP_C,
            Reading.MAX_TEMP_C,
            Reading.AVG_FAN_RPM,
            Reading.ELAPSED_S);

    private static final List<Reading> FURTHER =
            Reading.all().stream().filter(reading -> !BRIEF.contains(reading)).toList();

    /** The rows that have a sample. */
    public List<Integer> all() {
        return IntStream.range(0, fleet.size()).filter(fleet::hasSample).boxed().toList();
    }

    /** The rows whose sample is at most that old. */
    public List<Integer> within(Duration age) {
        return IntStream.range(0, fleet.size())
                .filter(row -> isWithin(row, age))
                .boxed()
                .toList();
    }

    boolean isWithin(int row, Duration age) {
        return fleet.hasSample(row) && ageMillis(row) <= age.toMillis();
    }

    /**
     * Common fields of a fleet: identity and readings.
     *
     * @param freshWithin how old a sample may be to be called fresh
     */
    public JsonObject view(int row, Duration freshWithin) {
        Miner miner = fleet.miner(row);
        JsonObject view = JsonObject.object()
                .text("miner_ip", names.of(miner.address()))
                .time("timestamp", Instant.ofEpochMilli(fleet.epochMillis(row)))
                .number("age_s", ageMillis(row) / MILLIS_PER_SECOND)
                .flag("is_fresh", isWithin(row, freshWithin))
                .text("state", fleet.state(row).key())
                .flag("power_estimated", fleet.powerEstimated(row));
        return with(view, BRIEF, row)
                .text("vendor", miner.vendor())
                .text("model", miner.model())
                .text("hostname", miner.hostname())
                .text("location", miner.location())
                .text("site", miner.site())
                .text("owner", miner.owner())
                .texts("tags", miner.tags());
    }

    /** All that is known of the latest sample, as {@link #view(int, Duration)} with the rest. */
    public JsonObject detailed(int row, Duration freshWithin) {
        Pool pool = fleet.pool(row);
        return with(view(row, freshWithin), FURTHER, row)
                .text("pool_url", pool == null ? null : pool.url())
                .text("pool_worker", pool == null ? null : pool.worker())
                .list("faults", fleet.faults(row), LatestSamples::fault)
                .list("boards", fleet.boards(row), LatestSamples::board);
    }

    /** A hash board as it is shown. */
    public static JsonObject board(HashBoard board) {
        JsonObject view = JsonObject.object().whole("slot", board.slot()).text("serial", board.serial());
        BoardReading.all().forEach(reading -> view.number(reading.key(), board.value(reading)));
        return view;
    }

    private JsonObject with(JsonObject view, List<Reading> readings, int row) {
        for (Reading reading : readings) {
            view.number(reading.key(), fleet.value(reading, row));
        }
        return view;
    }

    private static JsonObject fault(DeviceFault fault) {
        Integer slot = fault.slot();
        return JsonObject.object()
                .text("code", fault.code())
                .text("message", fault.message())
                .time("since", fault.since())
                .whole("slot", slot == null ? null : slot.longValue());
    }

    private long ageMillis(int row) {
        return now.toEpochMilli() - fleet.epochMillis(row);
    }
}
