package io.minerops.server.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * IP addresses that begin alike.
 *
 * @param network one of them
 * @param bits how many leading bits are the same in all
 */
public record AddressRange(InetAddress network, int bits) {
    private static final Pattern LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*");

    /**
     * The range of a CIDR such as {@code 10.0.0.0/8}, or of a single address.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static AddressRange parse(String text) {
        String[] parts = text.split("/", 2);
        InetAddress network =
                literal(parts[0]).orElseThrow(() -> new IllegalArgumentException("no address: " + parts[0]));
        int widest = network.getAddress().length * Byte.SIZE;
        int bits = parts.length == 1 ? widest : Integer.parseInt(parts[1]);
        if (bits < 0 || bits > widest) {
            throw new IllegalArgumentException("no prefix of 0 to " + widest + " bits: " + parts[1]);
        }
        return new AddressRange(network, bits);
    }

    /** The address that a text is, without looking any name up. */
    static Optional<InetAddress> literal(String text) {
        if (text.length() > 45 || !LITERAL.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether the address is one of them. */
    boolean holds(InetAddress address) {
        byte[] candidate = address.getAddress();
        byte[] own = network.getAddress();
        if (candidate.length != own.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((candidate[bit / Byte.SIZE] ^ own[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
