/**
 * The fleet's past at a glance: few points for many miners, read from a store that is handed in. It holds no clock and no
 * thread, and judges nothing.
 */
@NullMarked
package io.minerops.core.trend;

import org.jspecify.annotations.NullMarked;
