/**
 * The alert engine: a function from rules, readings, the state of the last check and the time to what changes. No I/O,
 * no threads, no clock and no logger may live here.
 */
@NullMarked
package io.minerops.core.alert;

import org.jspecify.annotations.NullMarked;
