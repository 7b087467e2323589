/** Curtailment over REST and on the command line; no plan is made here, and no command is sent to a miner. */
@NullMarked
package io.minerops.server.curtail;

import org.jspecify.annotations.NullMarked;
