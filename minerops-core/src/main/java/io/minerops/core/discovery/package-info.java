/**
 * Finding miners on a network without harm to it, and recognising known ones. What speaks to a device
 * is a {@link io.minerops.api.miner.MinerClient}; no protocol of devices lives here.
 */
@NullMarked
package io.minerops.core.discovery;

import org.jspecify.annotations.NullMarked;
