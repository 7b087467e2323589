/**
 * The jobs, each readable from top to bottom, and the schedule that runs them. Decisions are made in the engines, data is
 * kept in the stores.
 */
@NullMarked
package io.minerops.core.internal.job;

import org.jspecify.annotations.NullMarked;
