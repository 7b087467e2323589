/**
 * The command that reads one miner and shows its responses beside the readings. Nothing here reads replies by
 * itself: that is the core's.
 */
@NullMarked
package io.minerops.server.miner;

import org.jspecify.annotations.NullMarked;
