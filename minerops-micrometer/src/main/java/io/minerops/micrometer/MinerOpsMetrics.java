package io.minerops.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.minerops.core.MinerOps;
import java.util.ArrayList;
import java.util.List;

/**
 * The metrics of a {@link MinerOps}: its fleet, open alerts, outbox, jobs, and what each rule saw and did.
 *
 * <pre>{@code
 * MinerOpsMetrics metrics = new MinerOpsMetrics(ops);
 * metrics.bindTo(registry);
 * }</pre>
 *
 * <p>The names begin with {@code minerops.}, and each meter has a description. Figures that are not known, such as
 * the time of the last poll before the first one, are NaN. Counters count from the binding on. Gauges read the store, at
 * most once in 250 ms. Thread-safe.
 */
public final class MinerOpsMetrics implements MeterBinder, AutoCloseable {
    private final MinerOps ops;
    private final Tags tags;
    private final List<AlertMeters> bound = new ArrayList<>();
    private boolean closed;

    /** Binds nothing yet. */
    public MinerOpsMetrics(MinerOps ops) {
        this(ops, Tags.empty());
    }

    /**
     * Binds nothing yet.
     *
     * @param tags tags of every meter, which keep several instances in one registry apart
     */
    public MinerOpsMetrics(MinerOps ops, Iterable<Tag> tags) {
        this.ops = ops;
        this.tags = Tags.of(tags);
    }

    /**
     * Registers the meters; several registries may be bound.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        if (closed) {
            throw new IllegalStateException("these metrics are closed; create others");
        }
        Meters meters = new Meters(registry, tags);
        new FleetMeters(ops, System::nanoTime).bindTo(meters);
        JobMeters.bind(ops, meters);
        AlertMeters alerts = new AlertMeters(meters);
        ops.addAlertListener(alerts);
        bound.add(alerts);
    }

    /** Removes the meters from every registry, so that another instance can be bound; safe to call twice. */
    @Override
    public synchronized void close() {
        closed = true;
        bound.forEach(AlertMeters::close);
        bound.clear();
    }
}
