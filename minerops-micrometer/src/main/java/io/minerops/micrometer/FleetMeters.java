package io.minerops.micrometer;

import io.micrometer.core.instrument.Tags;
import io.minerops.api.alert.AlertCounts;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.Severity;
import io.minerops.core.MinerOps;
import io.minerops.core.job.PollReport;
import io.minerops.core.service.FleetSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Gauges of the fleet, the open alerts and the outbox. What is not known is NaN, never 0. */
final class FleetMeters {
    /** Long enough for one publication to read the store once. */
    private static final Duration MAX_AGE = Duration.ofMillis(250);

    private static final String SECONDS = "seconds";
    private static final double HASHES_PER_TERAHASH = 1e12;
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final MinerOps ops;
    private final LongSupplier nanoTime;
    private @Nullable Figures latest;

    private record Figures(
            FleetSummary fleet,
            AlertCounts alerts,
            Map<OutboxEntry.Status, Long> outbox,
            @Nullable PollReport poll,
            long readAtNanos) {}

    /**
     * Nothing is read yet.
     *
     * @param nanoTime a clock that never steps back, ns
     */
    FleetMeters(MinerOps ops, LongSupplier nanoTime) {
        this.ops = ops;
        this.nanoTime = nanoTime;
    }

    private synchronized Figures figures() {
        long now = nanoTime.getAsLong();
        Figures known = latest;
        if (known == null || now - known.readAtNanos() > MAX_AGE.toNanos()) {
            known = new Figures(
                    ops.fleet().summary(),
                    ops.alerts().count(),
                    ops.notifications().count(),
                    ops.lastPoll(),
                    now);
            latest = known;
        }
        return known;
    }

    void bindTo(Meters meters) {
        fleet(meters, "minerops.miners.registered", null, "Registered miners", FleetSummary::total);
        fleet(meters, "minerops.miners.online", null, "Miners that responded recently", FleetSummary::online);
        fleet(meters, "minerops.miners.offline", null, "Miners that did not respond recently", FleetSummary::offline);
        fleet(
                meters,
                "minerops.hashrate",
                "hashes_per_second",
                "Hashrate of the miners online",
                fleet -> fleet.hashrateThs() * HASHES_PER_TERAHASH);
        fleet(meters, "minerops.power", "watts", "Power of the miners online", FleetSummary::powerW);
        fleet(
                meters,
                "minerops.mean.temperature",
                "celsius",
                "Mean temperature of the miners online",
                FleetSummary::avgTempC);
        fleet(meters, "minerops.mean.fan.speed", "rpm", "Mean fan speed of the miners online", FleetSummary::avgFanRpm);
        fleet(
                meters,
                "minerops.last.sample.timestamp",
                SECONDS,
                "Time of the newest sample",
                fleet -> epochSeconds(fleet.lastSampleAt()));
        poll(meters, "minerops.last.poll.timestamp", SECONDS, "Time of the last poll", poll -> epochSeconds(poll.at()));
        poll(
                meters,
                "minerops.last.poll.duration",
                SECONDS,
                "Duration of the last poll",
                poll -> poll.took().toNanos() / NANOS_PER_SECOND);
        poll(meters, "minerops.last.poll.asked", null, "Miners queried by the last poll", PollReport::queried);
        poll(meters, "minerops.last.poll.answered", null, "Samples that the last poll stored", PollReport::answered);
        for (Severity severity : Severity.values()) {
            meters.gauge(
                    "minerops.alerts.open",
                    null,
                    "Open alerts",
                    Tags.of("severity", severity.key()),
                    this,
                    it -> it.open(severity));
        }
        for (OutboxEntry.Status status : OutboxEntry.Status.values()) {
            meters.gauge(
                    "minerops.outbox.messages",
                    null,
                    "Messages in the outbox",
                    Tags.of("status", status.name().toLowerCase(Locale.ROOT)),
                    this,
                    it -> it.messages(status));
        }
    }

    private double open(Severity severity) {
        return figures().alerts().openBySeverity().getOrDefault(severity, 0L);
    }

    private double messages(OutboxEntry.Status status) {
        return figures().outbox().getOrDefault(status, 0L);
    }

    private void fleet(
            Meters meters,
            String name,
            @Nullable String unit,
            String description,
            ToDoubleFunction<FleetSummary> value) {
        meters.gauge(
                name,
                unit,
                description,
                Tags.empty(),
                this,
                it -> value.applyAsDouble(it.figures().fleet()));
    }

    private void poll(
            Meters meters, String name, @Nullable String unit, String description, ToDoubleFunction<PollReport> value) {
        meters.gauge(name, unit, description, Tags.empty(), this, it -> {
            PollReport last = it.figures().poll();
            return last == null ? Double.NaN : value.applyAsDouble(last);
        });
    }

    private static double epochSeconds(@Nullable Instant time) {
        return time == null ? Double.NaN : time.toEpochMilli() / MILLIS_PER_SECOND;
    }
}
