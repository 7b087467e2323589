package io.minerops.api.miner;

import io.minerops.api.internal.Check;
import org.jspecify.annotations.Nullable;

/**
 * What a device says it is. All text comes from the device and may be hostile; each is at most 256 characters.
 *
 * @param vendor the maker, such as {@code Bitmain}; null where unknown
 * @param model the model as the field names it, such as {@code Antminer S19 Pro}; null where unknown
 * @param firmwareVersion the firmware's own text; null where unknown
 * @param mac the hardware address, lower case with colons; null where unknown
 * @param hostname the device's own name; null where unknown
 * @param serial the maker's number of this very device; null where unknown
 */
public record MinerIdentity(
        @Nullable String vendor,
        @Nullable String model,
        @Nullable String firmwareVersion,
        @Nullable String mac,
        @Nullable String hostname,
        @Nullable String serial) {
    /** An identity of which nothing is known. */
    public static final MinerIdentity UNKNOWN = new MinerIdentity(null, null, null, null, null, null);

    public MinerIdentity {
        Check.absentOrLimited("vendor", vendor, 256);
        Check.absentOrLimited("model", model, 256);
        Check.absentOrLimited("firmware_version", firmwareVersion, 256);
        Check.absentOrLimited("mac", mac, 256);
        Check.absentOrLimited("hostname", hostname, 256);
        Check.absentOrLimited("serial", serial, 256);
    }
}
