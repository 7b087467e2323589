package io.minerops.core.discovery;

/** A discovery is running already; only one may run at a time. */
public final class DiscoveryRunningException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Says that one runs. */
    public DiscoveryRunningException() {
        super("a discovery is running already; wait for its end or cancel it");
    }
}
