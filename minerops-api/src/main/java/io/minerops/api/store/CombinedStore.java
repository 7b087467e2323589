package io.minerops.api.store;

import java.util.Optional;

/** A store whose samples are kept by another: {@link Store#withMetrics}. */
final class CombinedStore implements Store {
    private final Store base;
    private final StandaloneMetricStore samples;
    private final CombinedMetrics metrics;

    CombinedStore(Store base, StandaloneMetricStore samples) {
        this.base = base;
        this.samples = samples;
        metrics = new CombinedMetrics(base, samples);
    }

    @Override
    public MetricStore metrics() {
        return metrics;
    }

    @Override
    public MinerStore miners() {
        return metrics.miners();
    }

    @Override
    public RuleStore rules() {
        return base.rules();
    }

    @Override
    public AlertStore alerts() {
        return base.alerts();
    }

    @Override
    public SilenceStore silences() {
        return base.silences();
    }

    @Override
    public OutboxStore outbox() {
        return base.outbox();
    }

    @Override
    public SnapshotStore snapshots() {
        return base.snapshots();
    }

    @Override
    public EventStore events() {
        return base.events();
    }

    @Override
    public FactStore facts() {
        return base.facts();
    }

    @Override
    public BoardStore boards() {
        return base.boards();
    }

    @Override
    public Lease lease() {
        return base.lease();
    }

    @Override
    public Optional<String> activity() {
        return base.activity();
    }

    @Override
    public void ping() {
        base.ping();
    }

    @Override
    public void close() {
        metrics.close();
        try {
            samples.close();
        } finally {
            base.close();
        }
    }

    @Override
    public String toString() {
        return base + " with metrics in " + samples;
    }
}
