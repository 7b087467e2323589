package io.minerops.api.internal;

import io.minerops.api.InvalidArgumentException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The IP addresses whose leading bits are the same.
 *
 * @param address one of them
 * @param bits how many leading bits are the same in all: 0 to 32, or to 128 for IPv6
 */
public record IpNetwork(InetAddress address, int bits) {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final int MAX_LITERAL_LENGTH = 45;
    private static final int MAX_OCTET = 255;

    /**
     * The network of a CIDR such as {@code 10.0.0.0/8}, or of a single address. No name is looked up.
     *
     * @param argument what the text is for, for the message
     * @throws InvalidArgumentException if it is neither
     */
    public static IpNetwork parse(String argument, String text) {
        String[] parts = text.split("/", 2);
        InetAddress address = literal(parts[0]).orElseThrow(() -> refused(argument, text, "an IPv4 or IPv6 address"));
        int widest = address.getAddress().length * Byte.SIZE;
        if (parts.length == 1) {
            return new IpNetwork(address, widest);
        }
        if (!parts[1].matches("[0-9]{1,3}") || Integer.parseInt(parts[1]) > widest) {
            throw refused(argument, text, "a prefix of 0 to " + widest + " bits");
        }
        return new IpNetwork(address, Integer.parseInt(parts[1]));
    }

    /** Whether a text, up to its first slash, has the form of an address and not that of a host name. */
    public static boolean looksLike(String text) {
        String address = text.split("/", 2)[0];
        return IPV4.matcher(address).matches() || IPV6.matcher(address).matches();
    }

    /** The address that a text is; empty where it is none. No name is looked up. */
    public static Optional<InetAddress> literal(String text) {
        if (text.length() > MAX_LITERAL_LENGTH || !looksLike(text) || text.indexOf('/') >= 0 || hasLargeOctet(text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** An octet above 255 makes an IPv4 address a name to the platform, which would look it up. */
    private static boolean hasLargeOctet(String text) {
        if (!IPV4.matcher(text).matches()) {
            return false;
        }
        for (String octet : text.split("\\.", -1)) {
            if (Integer.parseInt(octet) > MAX_OCTET) {
                return true;
            }
        }
        return false;
    }

    /** Whether an address is one of them; none of another family is. */
    public boolean contains(InetAddress other) {
        byte[] candidate = other.getAddress();
        byte[] own = address.getAddress();
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

    private static InvalidArgumentException refused(String argument, String text, String accepted) {
        return new InvalidArgumentException(
                argument, argument + " must hold " + accepted + " there, not " + Check.quote(text));
    }
}
