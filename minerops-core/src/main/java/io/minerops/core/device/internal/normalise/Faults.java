package io.minerops.core.device.internal.normalise;

import io.minerops.api.miner.DeviceFault;
import io.minerops.api.miner.HashBoard;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.reply.Fields;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the faults that one device reports: cleaned, cut, bounded in number, and each code once for each hash board. Not
 * thread-safe.
 */
public final class Faults {
    /** How firmwares that have a text for a fault say that there is none. */
    private static final Set<String> NONE = Set.of("", "0", "-1", "false", "no", "none", "null", "ok", "normal");

    private static final Set<String> NO_MORE_THAN_A_FLAG = Set.of("1", "true", "yes");

    /** What no clock of a device may say: a time before there was anything to mine. */
    private static final Instant EARLIEST = Instant.parse("2009-01-03T00:00:00Z");

    private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);

    private final Map<Subject, DeviceFault> faults = new LinkedHashMap<>();
    private final Instant readAt;

    private record Subject(String code, @Nullable Integer slot) {}

    /**
     * @param readAt when the device reported them: a beginning that is long after it is not believed
     */
    public Faults(Instant readAt) {
        this.readAt = readAt;
    }

    /** Adds a fault of no single hash board; of several with one code the first counts. What has no code is none. */
    public Faults add(@Nullable String code, @Nullable String message, @Nullable Instant since) {
        return add(code, message, since, Double.NaN);
    }

    /**
     * Adds a fault of the hash board in a slot, as {@link #add(String, String, Instant)} does.
     *
     * @param slot the slot as the device numbers it; NaN or a number that is no slot where the device does not say
     */
    public Faults add(@Nullable String code, @Nullable String message, @Nullable Instant since, double slot) {
        String key = cut(code, DeviceFault.MAX_CODE_CHARACTERS);
        if (key != null && faults.size() < DeviceFault.MAX_FAULTS) {
            String text = cut(message, DeviceFault.MAX_MESSAGE_CHARACTERS);
            Integer board = slot >= 0 && slot <= HashBoard.MAX_SLOT && slot == Math.rint(slot) ? (int) slot : null;
            faults.putIfAbsent(
                    new Subject(key, board),
                    new DeviceFault(key, text == null ? "" : text, since == null ? null : believed(since), board));
        }
        return this;
    }

    /** Adds a fault without a time. */
    public Faults add(@Nullable String code, @Nullable String message) {
        return add(code, message, null);
    }

    /** Adds a fault that a device has a field for, which holds a flag, or a text that is empty where all is well. */
    public Faults addField(Fields fields, String key) {
        String value = fields.text(key);
        if (value != null && isFault(value)) {
            add(key, NO_MORE_THAN_A_FLAG.contains(value.toLowerCase(Locale.ROOT)) ? "" : value);
        }
        return this;
    }

    /** Whether the code has been added. */
    public boolean has(String code) {
        return faults.keySet().stream().anyMatch(subject -> subject.code().equals(code));
    }

    /** Those that were added; empty where there was none. */
    public List<DeviceFault> list() {
        return List.copyOf(faults.values());
    }

    /** Of any number of faults those that are kept, cleaned as ours are: for families from outside. */
    public static List<DeviceFault> cleaned(Collection<DeviceFault> reported, Instant readAt) {
        Faults faults = new Faults(readAt);
        for (DeviceFault fault : reported) {
            Integer slot = fault.slot();
            faults.add(fault.code(), fault.message(), fault.since(), slot == null ? Double.NaN : slot);
        }
        return faults.list();
    }

    /** Whether a text under a fault's key says that there is one. */
    public static boolean isFault(@Nullable String value) {
        return value != null && !NONE.contains(value.strip().toLowerCase(Locale.ROOT)) && !isZero(value);
    }

    /** The time that a text with a zone gives, as {@code 2026-03-20T21:27:28.4Z}; null where it gives none. */
    public static @Nullable Instant instant(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            // no time with a known zone
            return null;
        }
    }

    /** The time of so many seconds since the epoch; null where it is none. */
    public static @Nullable Instant ofSeconds(double seconds) {
        return seconds > 0 && seconds < 1e11 ? Instant.ofEpochMilli(Math.round(seconds * 1_000)) : null;
    }

    private @Nullable Instant believed(Instant since) {
        return since.isBefore(EARLIEST) || since.isAfter(readAt.plus(CLOCKS_DIFFER)) ? null : since;
    }

    /** A register of flags in which none is set, such as {@code 0x00000000}. */
    private static boolean isZero(String value) {
        return value.strip().matches("(0[xX])?0+(\\.0*)?");
    }

    private static @Nullable String cut(@Nullable String text, int most) {
        String clean = DeviceText.clean(text);
        if (clean == null || clean.length() <= most) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(most - 1)) ? most - 1 : most;
        return DeviceText.clean(clean.substring(0, end));
    }
}
