package io.minerops.api;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A part that can fail while the process goes on, such as a reading loop or a file of tokens. Readiness includes it: as
 * long as one part reports a fault, the process is not ready. Parts that are passed to the builder of a MinerOps (store,
 * miner client, miner control, notifiers) and implement this interface are included without further registration.
 *
 * <p>Implementations are thread-safe.
 */
public interface HealthContributor {
    /** The component's name in reports, the same at every call: 1 to 64 of {@code a-z 0-9 . - _}. */
    String component();

    /**
     * The present fault, one sentence without secrets; empty while the part works. It is called every few seconds and
     * must return at once. What it throws is reported as the component's fault.
     */
    Optional<String> fault();

    /**
     * What the part is doing while it works, with its progress, one sentence without secrets; empty, which is the default,
     * where there is nothing to say. Called together with {@link #fault()}, and must return at once too.
     */
    default Optional<String> detail() {
        return Optional.empty();
    }

    /** A contributor of that name, fault and detail. */
    static HealthContributor of(String component, Supplier<Optional<String>> fault, Supplier<Optional<String>> detail) {
        HealthContributor faulty = of(component, fault);
        return new HealthContributor() {
            @Override
            public String component() {
                return faulty.component();
            }

            @Override
            public Optional<String> fault() {
                return faulty.fault();
            }

            @Override
            public Optional<String> detail() {
                return detail.get();
            }
        };
    }

    /** A contributor of that name and fault. */
    static HealthContributor of(String component, Supplier<Optional<String>> fault) {
        return new HealthContributor() {
            @Override
            public String component() {
                return component;
            }

            @Override
            public Optional<String> fault() {
                return fault.get();
            }
        };
    }
}
