/** Sends what each poll measured to a Prometheus remote-write receiver, per miner and with labels. */
@NullMarked
package io.minerops.server.remotewrite;

import org.jspecify.annotations.NullMarked;
