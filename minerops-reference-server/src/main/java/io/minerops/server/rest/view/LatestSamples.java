package io.minerops.server.rest.view;

import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.FleetSnapshot;
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
        return JsonObject.object()
                .text("miner_ip", names.of(miner.address()))
                .time("timestamp", Instant.ofEpochMilli(fleet.epochMillis(row)))
                .number("age_s", ageMillis(row) / MILLIS_PER_SECOND)
                .flag("is_fresh", isWithin(row, freshWithin))
                .number("hashrate_ths", fleet.hashrateThs(row))
                .number("power_w", fleet.powerW(row))
                .flag("power_estimated", fleet.powerEstimated(row))
                .number("avg_temp_c", fleet.avgTempC(row))
                .number("max_temp_c", fleet.value(Reading.MAX_TEMP_C, row))
                .number("avg_fan_rpm", fleet.avgFanRpm(row))
                .number("elapsed_s", fleet.value(Reading.ELAPSED_S, row))
                .text("vendor", miner.vendor())
                .text("model", miner.model())
                .text("hostname", miner.hostname())
                .text("location", miner.location())
                .texts("tags", miner.tags());
    }

    /** All that is known of the latest sample, as {@link #view(int, Duration)} with the rest. */
    public JsonObject detailed(int row, Duration freshWithin) {
        Pool pool = fleet.pool(row);
        return view(row, freshWithin)
                .number("min_fan_rpm", fleet.value(Reading.MIN_FAN_RPM, row))
                .number("max_fan_rpm", fleet.value(Reading.MAX_FAN_RPM, row))
                .number("inlet_temp_c", fleet.value(Reading.INLET_TEMP_C, row))
                .number("outlet_temp_c", fleet.value(Reading.OUTLET_TEMP_C, row))
                .number("hashrate_avg_ths", fleet.value(Reading.HASHRATE_AVG_THS, row))
                .number("accepted", fleet.value(Reading.ACCEPTED, row))
                .number("rejected", fleet.value(Reading.REJECTED, row))
                .number("hw_errors", fleet.value(Reading.HW_ERRORS, row))
                .number("boards_alive", fleet.value(Reading.BOARDS_ALIVE, row))
                .number("boards_expected", fleet.value(Reading.BOARDS_EXPECTED, row))
                .number("chips_alive", fleet.value(Reading.CHIPS_ALIVE, row))
                .number("chips_expected", fleet.value(Reading.CHIPS_EXPECTED, row))
                .number("pools_alive", fleet.value(Reading.POOLS_ALIVE, row))
                .text("pool_url", pool == null ? null : pool.url())
                .text("pool_worker", pool == null ? null : pool.worker())
                .list("faults", fleet.faults(row), LatestSamples::fault);
    }

    private static JsonObject fault(DeviceFault fault) {
        return JsonObject.object()
                .text("code", fault.code())
                .text("message", fault.message())
                .time("since", fault.since());
    }

    private long ageMillis(int row) {
        return now.toEpochMilli() - fleet.epochMillis(row);
    }
}
