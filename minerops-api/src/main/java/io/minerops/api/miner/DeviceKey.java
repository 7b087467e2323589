package io.minerops.api.miner;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Identity of a device, independent of its address: its hardware address (MAC), or its maker's serial
 * number. What many devices say alike, such as zeros or {@code unknown}, is no key.
 *
 * @param kind which of the two it is
 * @param value the same for the same device, however it was written; opaque
 */
public record DeviceKey(Kind kind, String value) {
    /** What a key is made of, the better one first. */
    public enum Kind {
        MAC,
        SERIAL
    }

    private static final int MAC_DIGITS = 12;

    /** Shorter ones number boards or slots rather than devices. */
    private static final int SHORTEST_SERIAL = 5;

    private static final Pattern MAC_FORM = Pattern.compile("[0-9a-f]{2}([:.-]?[0-9a-f]{2}){5}");
    private static final Pattern SEPARATORS = Pattern.compile("[:.\\s_/-]+");
    private static final Set<String> PLACEHOLDERS = Set.of(
            "unknown",
            "undefined",
            "default",
            "notavailable",
            "notset",
            "invalid",
            "empty",
            "serial",
            "serialnumber",
            "tobefilledbyo",
            "tobefilledbyoem",
            "12345",
            "123456",
            "1234567",
            "12345678",
            "123456789",
            "1234567890");

    /** The key of a hardware address; empty where it is none, or one that no single device has. */
    public static Optional<DeviceKey> ofMac(@Nullable String mac) {
        if (mac == null) {
            return Optional.empty();
        }
        String lower = mac.trim().toLowerCase(Locale.ROOT);
        if (!MAC_FORM.matcher(lower).matches()) {
            return Optional.empty();
        }
        String digits = SEPARATORS.matcher(lower).replaceAll("");
        // the lowest bit of the first byte marks a group of devices
        boolean group = (Character.digit(digits.charAt(1), 16) & 1) != 0;
        return digits.length() != MAC_DIGITS || group || isOneCharacter(digits)
                ? Optional.empty()
                : Optional.of(new DeviceKey(Kind.MAC, digits));
    }

    /** The key of a serial number, which is one only among a maker's devices; empty where many devices may say it. */
    public static Optional<DeviceKey> ofSerial(@Nullable String vendor, @Nullable String serial) {
        if (serial == null) {
            return Optional.empty();
        }
        String bare = SEPARATORS.matcher(serial.toLowerCase(Locale.ROOT)).replaceAll("");
        if (bare.length() < SHORTEST_SERIAL || isOneCharacter(bare) || PLACEHOLDERS.contains(bare)) {
            return Optional.empty();
        }
        String maker = vendor == null ? "" : vendor.trim().toLowerCase(Locale.ROOT);
        return Optional.of(new DeviceKey(Kind.SERIAL, maker + "/" + bare));
    }

    /** The keys that a device reports, the better one first; none if it reports no usable key. */
    public static List<DeviceKey> of(MinerIdentity identity) {
        return both(identity.mac(), identity.vendor(), identity.serial());
    }

    /** The known keys of a miner, the better one first; none if there is no usable key. */
    public static List<DeviceKey> of(Miner miner) {
        return both(miner.mac(), miner.vendor(), miner.serial());
    }

    /** Whether two keys of one kind are those of two devices: both are known and they are not the same. */
    static boolean differ(Optional<DeviceKey> one, Optional<DeviceKey> other) {
        return one.isPresent() && other.isPresent() && !one.equals(other);
    }

    private static List<DeviceKey> both(@Nullable String mac, @Nullable String vendor, @Nullable String serial) {
        List<DeviceKey> keys = new ArrayList<>(2);
        ofMac(mac).ifPresent(keys::add);
        ofSerial(vendor, serial).ifPresent(keys::add);
        return keys;
    }

    private static boolean isOneCharacter(String text) {
        return text.chars().distinct().count() == 1;
    }
}
