package io.minerops.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters that were registered together, with the tags that they share. Thread-safe. */
final class Meters {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Set<Meter> registered = ConcurrentHashMap.newKeySet();

    Meters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    /** Others, which are removed apart from these, with more tags. */
    Meters others(Tags more) {
        return new Meters(registry, tags.and(more));
    }

    /** A gauge that keeps its source alive. */
    <T> void gauge(String name, @Nullable String unit, String description, Tags more, T of, ToDoubleFunction<T> value) {
        kept(Gauge.builder(name, of, value)
                .baseUnit(unit)
                .description(description)
                .tags(tags.and(more))
                .strongReference(true)
                .register(registry));
    }

    Timer timer(String name, String description) {
        return kept(Timer.builder(name).description(description).tags(tags).register(registry));
    }

    Counter counter(String name, String description, Tags more) {
        return kept(Counter.builder(name)
                .description(description)
                .tags(tags.and(more))
                .register(registry));
    }

    /** A counter of what is counted elsewhere. */
    <T> void counter(String name, String description, Tags more, T of, ToDoubleFunction<T> value) {
        kept(FunctionCounter.builder(name, of, value)
                .description(description)
                .tags(tags.and(more))
                .register(registry));
    }

    void remove() {
        registered.forEach(registry::remove);
        registered.clear();
    }

    private <T extends Meter> T kept(T meter) {
        registered.add(meter);
        return meter;
    }
}
