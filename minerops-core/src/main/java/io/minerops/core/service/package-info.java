/**
 * What a program does with a fleet that is watched: read it, change rules, acknowledge alerts. The services validate,
 * use the clock of the facade and have their effect at once. No scheduling and no I/O of their own: that is the work of
 * the stores and jobs behind them.
 */
@NullMarked
package io.minerops.core.service;

import org.jspecify.annotations.NullMarked;
