/**
 * The jobs, each readable from top to bottom, and the schedule that runs them. What they decide with lives in the
 * engines; what they keep lives in the stores.
 */
@NullMarked
package io.minerops.core.job;

import org.jspecify.annotations.NullMarked;
