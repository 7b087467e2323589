package io.minerops.core.network;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;

/**
 * The compact form in which a block header holds its target: one byte of exponent, then a sign bit and 23 bits of
 * mantissa, {@code target = mantissa × 256^(exponent − 3)}.
 *
 * @see <a href="https://github.com/bitcoin/bitcoin/blob/master/src/arith_uint256.cpp">SetCompact in Bitcoin Core</a>
 */
public final class CompactBits {
    private static final int SIGN = 0x0080_0000;
    private static final int MANTISSA = 0x007f_ffff;

    /** The mantissa and exponent of the target of difficulty 1: 0xffff × 256^26. */
    private static final double GENESIS_MANTISSA = 0xffff;

    private static final int GENESIS_EXPONENT = 0x1d;

    /** A normal mantissa fills three bytes, the sign bit left out. */
    private static final double MIN_MANTISSA = 0x8000;

    private static final double MAX_DIFFICULTY = 0x1p200;

    private CompactBits() {}

    /**
     * The difficulty that a compact target stands for: the target of difficulty 1 divided by this target. Rounded
     * once.
     *
     * @param bits the compact target as in the header, for example {@code 0x1d00ffff} for difficulty 1
     * @throws InvalidArgumentException if the target is negative, zero or beyond 256 bits
     */
    public static double difficulty(int bits) {
        int exponent = bits >>> 24;
        int mantissa = bits & MANTISSA;
        if (exponent < 3) {
            // the consensus code drops the bytes below the point
            mantissa >>>= 8 * (3 - exponent);
            exponent = 3;
        }
        if ((bits & SIGN) != 0 || mantissa == 0 || bitLength(mantissa) + 8 * (exponent - 3) > 256) {
            throw new InvalidArgumentException(
                    "bits", "bits must be a compact target above 0 and below 2^256, not 0x" + hex(bits));
        }
        return Math.scalb(GENESIS_MANTISSA / mantissa, 8 * (GENESIS_EXPONENT - exponent));
    }

    /**
     * The compact target whose difficulty is nearest to a figure. For the difficulty of a real block it is the target of
     * that block: {@code difficulty(ofDifficulty(d)) == d}.
     *
     * @param difficulty 1 to 2<sup>200</sup>
     * @throws InvalidArgumentException ({@code difficulty}) if it is out of that range
     */
    public static int ofDifficulty(double difficulty) {
        Check.between("difficulty", difficulty, 1, MAX_DIFFICULTY);
        int exponent = GENESIS_EXPONENT;
        double mantissa = GENESIS_MANTISSA / difficulty;
        while (mantissa < MIN_MANTISSA) {
            mantissa = Math.scalb(mantissa, 8);
            exponent--;
        }
        long nearest = Math.round(mantissa);
        if (nearest > MANTISSA) {
            // the highest bit is the sign, so such a mantissa is written with one byte less
            nearest = Math.round(Math.scalb(mantissa, -8));
            exponent++;
        }
        return exponent << 24 | (int) nearest;
    }

    /**
     * The change of the difficulty from one period to the next, %, limited to what the consensus rules allow: a fourth
     * (-75) to four times (300).
     *
     * @throws InvalidArgumentException if one of the targets is invalid
     */
    public static double changePct(int from, int to) {
        return limited((difficulty(to) / difficulty(from) - 1) * 100);
    }

    /** A change within what a retarget can do, %. */
    static double limited(double changePct) {
        return Math.max(-75, Math.min(300, changePct));
    }

    private static int bitLength(int value) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(value);
    }

    private static String hex(int bits) {
        return String.format("%08x", bits);
    }
}
