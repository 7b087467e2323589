package io.minerops.core.discovery;

import io.minerops.api.miner.MinerAddress;

/**
 * An address that accepts connections but was not identified as a miner.
 *
 * @param reason why not, for people; text of the device in it is already cut and free of control characters
 */
public record UnidentifiedHost(MinerAddress address, String reason) {}
