package io.minerops.notify;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A range of IP addresses in CIDR notation; {@code bits} leading bits of {@code network} are the same in all. */
record AddressBlock(InetAddress network, int bits) {
    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * What is not a public unicast address (IANA special-purpose registries), and the addresses of the clouds' metadata
     * services that lie outside of these ranges.
     */
    private static final List<AddressBlock> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "168.63.129.16/32",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20")
            .map(AddressBlock::parse)
            .toList();

    private static final AddressBlock GLOBAL_IPV6 = parse("2000::/3");

    /** IPv4 addresses as seen through NAT64 (RFC 6052). */
    private static final AddressBlock NAT64 = parse("64:ff9b::/96");

    private static final int IPV4_BYTES = 4;

    /** Whether the text begins like an address and not like a host's name. */
    static boolean looksLike(String text) {
        return LITERAL.matcher(text.split("/", 2)[0]).matches();
    }

    /**
     * The block of a CIDR or of a single address.
     *
     * @throws InvalidArgumentException if it is neither
     */
    static AddressBlock parse(String text) {
        String[] parts = text.split("/", 2);
        InetAddress network = literal(text, parts[0]);
        int widest = network.getAddress().length * Byte.SIZE;
        if (parts.length == 1) {
            return new AddressBlock(network, widest);
        }
        if (!parts[1].matches("[0-9]{1,3}") || Integer.parseInt(parts[1]) > widest) {
            throw refused(text, "a prefix of 0 to " + widest + " bits");
        }
        return new AddressBlock(network, Integer.parseInt(parts[1]));
    }

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

    /** Whether the address belongs to one host on the public internet. */
    static boolean isPublic(InetAddress address) {
        if (NAT64.holds(address)) {
            byte[] bytes = address.getAddress();
            byte[] embedded = new byte[IPV4_BYTES];
            System.arraycopy(bytes, bytes.length - IPV4_BYTES, embedded, 0, IPV4_BYTES);
            return isPublic(address(embedded));
        }
        boolean unicast = address.getAddress().length == IPV4_BYTES || GLOBAL_IPV6.holds(address);
        return unicast && NOT_PUBLIC.stream().noneMatch(block -> block.holds(address));
    }

    private static InetAddress literal(String text, String address) {
        if (!LITERAL.matcher(address).matches()) {
            throw refused(text, "an IPv4 or IPv6 address");
        }
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw refused(text, "an IPv4 or IPv6 address");
        }
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 bytes are an address", e);
        }
    }

    private static InvalidArgumentException refused(String text, String accepted) {
        return new InvalidArgumentException(
                "webhook_allow", "webhook_allow must hold " + accepted + " there, not " + Check.quote(text));
    }
}
