package io.minerops.server.metrics;

import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.minerops.core.MinerOps;
import io.minerops.micrometer.MinerOpsMetrics;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The meters of one server and the route that shows them. Thread-safe. */
public final class ServerMetrics implements AutoCloseable {
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    /** Meters of the virtual machine; those of MinerOps come with the {@link #route}. */
    public ServerMetrics() {
        collections.bindTo(registry);
        List.of(
                        new ClassLoaderMetrics(),
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
    }

    /** {@code GET /metrics} over a library that is wired up: OpenMetrics where accepted, else the older text format. */
    public Route route(MinerOps ops) {
        new MinerOpsMetrics(ops).bindTo(registry);
        return Route.get("/metrics", request -> {
            String type = takesOpenMetrics(request.accept()) ? OPEN_METRICS_TYPE : TEXT_TYPE;
            return Reply.text(type, registry.scrape(type));
        });
    }

    private static boolean takesOpenMetrics(@Nullable String accept) {
        return accept != null && accept.contains(OPEN_METRICS);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
