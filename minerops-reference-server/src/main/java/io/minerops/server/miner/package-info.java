/**
 * The command that asks one miner and shows what it says beside what is read of it. Nothing here reads replies by
 * itself: that is the core's.
 */
@NullMarked
package io.minerops.server.miner;

import org.jspecify.annotations.NullMarked;
