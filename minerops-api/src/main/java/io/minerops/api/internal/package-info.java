/**
 * Argument checks and a compact map, shared by the records of the API; not exported, and free to change. No state and
 * no I/O may live here.
 */
@NullMarked
package io.minerops.api.internal;

import org.jspecify.annotations.NullMarked;
