package io.minerops.server.access;

import io.minerops.api.HealthContributor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the present content of files that are read again while the server runs is in use; a component of readiness, whose
 * changes become events. Thread-safe.
 */
public final class FileFault implements HealthContributor {
    private final String component;
    private volatile @Nullable String fault;

    /**
     * Files without a fault.
     *
     * @param component the component's name in reports
     */
    public FileFault(String component) {
        this.component = component;
    }

    /** The present content cannot be used: one sentence without secrets. */
    public void failed(String sentence) {
        fault = sentence;
    }

    /** The present content is in use. */
    public void cleared() {
        fault = null;
    }

    @Override
    public String component() {
        return component;
    }

    @Override
    public Optional<String> fault() {
        return Optional.ofNullable(fault);
    }
}
