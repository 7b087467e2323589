/**
 * The metrics of a {@link io.minerops.core.MinerOps} for registries of Micrometer. Meters show the library's reports and
 * statistics and decide nothing.
 */
@NullMarked
package io.minerops.micrometer;

import org.jspecify.annotations.NullMarked;
