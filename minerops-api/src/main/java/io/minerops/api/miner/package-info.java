/**
 * Miners, what they measure, and the SPIs to read and to store it. Records and interfaces only: no sockets, no SQL.
 */
@NullMarked
package io.minerops.api.miner;

import org.jspecify.annotations.NullMarked;
