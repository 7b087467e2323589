package io.minerops.core.health;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of every component at one moment. Immutable.
 *
 * @param components the components, in the order of their registration
 */
public record Health(List<ComponentHealth> components) {
    /** The component that stands for the store. */
    public static final String DATABASE = "database";

    /** What the name of a job's component begins with; the job's name follows. */
    public static final String JOB_PREFIX = "job.";

    /** Copies the list. */
    public Health {
        components = List.copyOf(components);
    }

    /** Whether every component works. */
    public boolean ok() {
        return components.stream().allMatch(ComponentHealth::ok);
    }

    /** The component of that name; empty where there is none. */
    public Optional<ComponentHealth> component(String name) {
        return components.stream()
                .filter(component -> component.name().equals(name))
                .findFirst();
    }

    /**
     * The state of one component.
     *
     * @param name the component's name, such as {@code database} or {@code job.poll-metrics}
     * @param error the present fault, one sentence; null while the component works
     * @param since when the component entered this state: works, or fails; the sentence may have changed since
     * @param detail what the component is doing, one sentence; null where it has nothing to say
     */
    public record ComponentHealth(
            String name,
            @Nullable String error,
            Instant since,
            @Nullable String detail) {
        /** Whether the component works. */
        public boolean ok() {
            return error == null;
        }
    }
}
