package io.minerops.core.discovery;

import org.jspecify.annotations.Nullable;

/**
 * What a discovery job came to.
 *
 * @param report who was found
 * @param registration what that changed in the registry; null where nothing was to be registered or the job was cancelled
 */
public record DiscoveryOutcome(
        DiscoveryReport report, @Nullable Registration registration) {}
