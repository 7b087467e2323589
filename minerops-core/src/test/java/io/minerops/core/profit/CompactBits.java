package io.minerops.core.profit;

import io.minerops.api.InvalidArgumentException;

/**
 * The compact form in which a block header holds its target: one byte of exponent, then a sign bit and 23 bits of
 * mantissa, {@code target = mantissa × 256^(exponent − 3)}.
 *
 * @see <a href="https://github.com/bitcoin/bitcoin/blob/master/src/arith_uint256.cpp">SetCompact in Bitcoin Core</a>
 */
final class CompactBits {
    private static final int SIGN = 0x0080_0000;
    private static final int MANTISSA = 0x007f_ffff;

    /** The mantissa and exponent of the target of difficulty 1: 0xffff × 256^26. */
    private static final double GENESIS_MANTISSA = 0xffff;

    private static final int GENESIS_EXPONENT = 0x1d;

    private CompactBits() {}

    /**
     * The difficulty that a compact target stands for: the target of difficulty 1 divided by this target. Rounded
     * once.
     *
     * @param bits the compact target as in the header, for example {@code 0x1d00ffff} for difficulty 1
     * @throws InvalidArgumentException if the target is negative, zero or beyond 256 bits
     */
    static double difficulty(int bits) {
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

    private static int bitLength(int value) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(value);
    }

    private static String hex(int bits) {
        return String.format("%08x", bits);
    }
}
