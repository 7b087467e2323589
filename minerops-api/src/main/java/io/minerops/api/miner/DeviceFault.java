package io.minerops.api.miner;

import io.minerops.api.internal.Check;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fault that a device reports of itself. Code and message come from the device and may be hostile; both are bounded in
 * length.
 *
 * @param code the device's own number or word for it, such as {@code 264} or {@code overheat_mode}; 1 to
 *     {@value #MAX_CODE_CHARACTERS} characters
 * @param message the device's own sentence, else what the code stands for; empty where neither is known, at most
 *     {@value #MAX_MESSAGE_CHARACTERS} characters
 * @param since when it began: as the device says, else when a poll first saw it; null where neither is known
 * @param slot the slot of the hash board that has it, 0 to {@value HashBoard#MAX_SLOT}, as the device numbers its boards;
 *     null where the device does not say, or no board has it
 */
public record DeviceFault(
        String code,
        String message,
        @Nullable Instant since,
        @Nullable Integer slot) {
    /** The longest code, characters. */
    public static final int MAX_CODE_CHARACTERS = 64;

    /** The longest message, characters. */
    public static final int MAX_MESSAGE_CHARACTERS = 256;

    /** How many faults of one device are kept. */
    public static final int MAX_FAULTS = 32;

    public DeviceFault {
        Check.text("code", code, MAX_CODE_CHARACTERS);
        Check.limited("message", message, MAX_MESSAGE_CHARACTERS);
        if (slot != null) {
            Check.between("slot", slot, 0, HashBoard.MAX_SLOT);
        }
    }

    /** A fault of no single hash board. */
    public DeviceFault(String code, String message, @Nullable Instant since) {
        this(code, message, since, null);
    }

    /** This fault with another time of its beginning. */
    public DeviceFault since(Instant began) {
        return new DeviceFault(code, message, began, slot);
    }
}
