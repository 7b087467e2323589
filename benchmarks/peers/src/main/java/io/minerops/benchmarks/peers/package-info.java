/**
 * MinerOps beside other engines: the same miners, the same rules, one machine. Each engine is used as its manual says;
 * nothing here is part of the library.
 */
@NullMarked
package io.minerops.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
