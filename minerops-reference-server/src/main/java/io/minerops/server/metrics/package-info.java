/**
 * What Prometheus reads: the fleet's figures and the engine's own. Meters are fed by the library's reports and statistics
 * and decide nothing.
 */
@NullMarked
package io.minerops.server.metrics;

import org.jspecify.annotations.NullMarked;
