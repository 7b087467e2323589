package io.minerops.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.minerops.api.alert.AlertCounts;
import io.minerops.api.alert.OutboxEntry;
import io.minerops.api.alert.Severity;
import io.minerops.core.MinerOps;
import io.minerops.core.job.PollReport;
import io.minerops.core.service.FleetSummary;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gauges of the fleet, the open alerts and the outbox. They show one moment: the last {@link #refresh()}. What is not
 * known is NaN, never 0.
 */
final class FleetMeters {
    private static final String SECONDS = "seconds";
    private static final double HASHES_PER_TERAHASH = 1e12;
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final MinerOps ops;
    private volatile Figures figures;

    private record Figures(
            FleetSummary fleet,
            AlertCounts alerts,
            Map<OutboxEntry.Status, Long> outbox,
            @Nullable PollReport poll) {}

    FleetMeters(MinerOps ops) {
        this.ops = ops;
        figures = read();
    }

    void refresh() {
        figures = read();
    }

    private Figures read() {
        return new Figures(
                ops.fleet().summary(), ops.alerts().count(), ops.notifications().count(), ops.lastPoll());
    }

    void bindTo(MeterRegistry registry) {
        fleet(registry, "minerops.miners.registered", null, "Registered miners", FleetSummary::total);
        fleet(registry, "minerops.miners.online", null, "Miners that responded recently", FleetSummary::online);
        fleet(
                registry,
                "minerops.miners.offline",
                null,
                "Miners that did not respond recently",
                FleetSummary::offline);
        fleet(
                registry,
                "minerops.hashrate",
                "hashes_per_second",
                "Hashrate of the miners online",
                fleet -> fleet.hashrateThs() * HASHES_PER_TERAHASH);
        fleet(registry, "minerops.power", "watts", "Power of the miners online", FleetSummary::powerW);
        fleet(
                registry,
                "minerops.mean.temperature",
                "celsius",
                "Mean temperature of the miners online",
                FleetSummary::avgTempC);
        fleet(
                registry,
                "minerops.mean.fan.speed",
                "rpm",
                "Mean fan speed of the miners online",
                FleetSummary::avgFanRpm);
        fleet(
                registry,
                "minerops.last.sample.timestamp",
                SECONDS,
                "Time of the newest sample",
                fleet -> epochSeconds(fleet.lastSampleAt()));
        poll(
                registry,
                "minerops.last.poll.timestamp",
                SECONDS,
                "Time of the last poll",
                poll -> epochSeconds(poll.at()));
        poll(
                registry,
                "minerops.last.poll.duration",
                SECONDS,
                "Duration of the last poll",
                poll -> poll.took().toNanos() / NANOS_PER_SECOND);
        poll(registry, "minerops.last.poll.asked", null, "Miners queried by the last poll", PollReport::asked);
        poll(registry, "minerops.last.poll.answered", null, "Samples that the last poll stored", PollReport::answered);
        for (Severity severity : Severity.values()) {
            Gauge.builder("minerops.alerts.open", this, it -> it.open(severity))
                    .description("Open alerts")
                    .tag("severity", severity.key())
                    .register(registry);
        }
        for (OutboxEntry.Status status : OutboxEntry.Status.values()) {
            Gauge.builder("minerops.outbox.messages", this, it -> it.messages(status))
                    .description("Messages in the outbox")
                    .tag("status", status.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
    }

    private double open(Severity severity) {
        return figures.alerts().openBySeverity().getOrDefault(severity, 0L);
    }

    private double messages(OutboxEntry.Status status) {
        return figures.outbox().getOrDefault(status, 0L);
    }

    private void fleet(
            MeterRegistry registry,
            String name,
            @Nullable String unit,
            String description,
            ToDoubleFunction<FleetSummary> value) {
        Gauge.builder(name, this, it -> value.applyAsDouble(it.figures.fleet()))
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }

    private void poll(
            MeterRegistry registry,
            String name,
            @Nullable String unit,
            String description,
            ToDoubleFunction<PollReport> value) {
        Gauge.builder(name, this, it -> {
                    PollReport last = it.figures.poll();
                    return last == null ? Double.NaN : value.applyAsDouble(last);
                })
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }

    private static double epochSeconds(@Nullable Instant time) {
        return time == null ? Double.NaN : time.toEpochMilli() / MILLIS_PER_SECOND;
    }
}
