package io.minerops.core.market;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a cached market value stands.
 *
 * @param source the source of the value; or the configured sources without a value
 * @param fetchedAt when the value was fetched; null where there is none
 * @param stale whether the value is older than it should be; false where there is none
 * @param lastError what the last attempt said, without keys; null where it succeeded or none was made
 */
public record MarketStatus(
        String source,
        @Nullable Instant fetchedAt,
        boolean stale,
        @Nullable String lastError) {}
