package io.minerops.blocks;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/** What a disk, a network or an attacker does to bytes. */
final class Damage {
    private Damage() {}

    /** Each byte changed in turn is refused, and so is every beginning. */
    static void isFound(byte[] whole, Consumer<byte[]> reader) {
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << at % Byte.SIZE);
            refuses(flipped, reader);
            refuses(Arrays.copyOf(whole, at), reader);
        }
        refuses(Arrays.copyOf(whole, whole.length + 1), reader);
    }

    private static void refuses(byte[] bytes, Consumer<byte[]> reader) {
        assertThatExceptionOfType(DamagedBytesException.class).isThrownBy(() -> reader.accept(bytes));
    }

    /** Random changes under a checksum that fits are read or refused; no other exception, no endless loop. */
    static void isSurvived(byte[] whole, char kind, long seed, Consumer<byte[]> reader) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] changed = Arrays.copyOf(whole, Math.max(Checks.HEAD, random.nextInt(whole.length + 8)));
            for (int change = random.nextInt(4); change >= 0; change--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            Checks.close(changed, kind, Checks.columns(changed), Checks.rows(changed) & Checks.MAX_ROWS - 1);
            try {
                reader.accept(changed);
            } catch (DamagedBytesException expected) {
                org.assertj.core.api.Assertions.assertThat(expected).hasMessageMatching("(frame|block|column) .+");
            }
        }
    }
}
