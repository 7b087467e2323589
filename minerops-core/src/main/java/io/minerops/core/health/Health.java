package io.minerops.core.health;

import java.util.List;
import java.util.Optional;

/**
 * The state of every component at one moment.
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
}
