package io.minerops.core.discovery;

import io.minerops.api.miner.DeviceKey;
import io.minerops.api.miner.MinerAddress;

/**
 * A known device that answered at another address than the registry has.
 *
 * @param from where the registry had it
 * @param to where it answered
 * @param key what it was recognised by
 */
public record Relocation(MinerAddress from, MinerAddress to, DeviceKey.Kind key) {}
