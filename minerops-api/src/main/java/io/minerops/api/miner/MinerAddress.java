package io.minerops.api.miner;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a miner answers, and its name: host and TCP port. Its text leaves out the port where that is
 * {@value #DEFAULT_PORT}. Ordered by host (IPv4 addresses by number, before other hosts), then port.
 *
 * @param host an IPv4 or IPv6 address (without brackets) or a host name, lower case; 1 to 253 characters
 * @param port 1 to 65,535
 */
public record MinerAddress(String host, int port) implements Comparable<MinerAddress> {
    /** The port of the CGMiner API. */
    public static final int DEFAULT_PORT = 4028;

    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*(%[0-9a-z]+)?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?");
    private static final Pattern DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");

    public MinerAddress {
        host = host.toLowerCase(Locale.ROOT);
        Check.text("host", host, 253);
        boolean numeric = DIGITS_AND_DOTS.matcher(host).matches();
        boolean valid = numeric
                ? ipv4(host) >= 0
                : IPV6.matcher(host).matches() || NAME.matcher(host).matches();
        if (!valid) {
            throw new InvalidArgumentException(
                    "host", "host must be an IP address or a host name, not " + Check.quote(host));
        }
        Check.between("port", port, 1, 65_535);
    }

    /** The address on the default port. */
    public static MinerAddress of(String host) {
        return new MinerAddress(host, DEFAULT_PORT);
    }

    /**
     * Reads {@code host}, {@code host:port}, {@code [ipv6]} or {@code [ipv6]:port}.
     *
     * @throws InvalidArgumentException if the text is none of these
     */
    public static MinerAddress parse(String text) {
        return parse(text, DEFAULT_PORT);
    }

    /**
     * Reads an address as {@link #parse(String)} does, with another port where the text names none.
     *
     * @throws InvalidArgumentException if the text is not an address
     */
    public static MinerAddress parse(String text, int defaultPort) {
        String trimmed = text.trim();
        if (trimmed.startsWith("[")) {
            int end = trimmed.indexOf(']');
            if (end > 1 && (end == trimmed.length() - 1 || trimmed.charAt(end + 1) == ':')) {
                String rest = trimmed.substring(end + 1);
                return new MinerAddress(
                        trimmed.substring(1, end), rest.isEmpty() ? defaultPort : port(text, rest.substring(1)));
            }
            throw unreadable(text);
        }
        int colon = trimmed.indexOf(':');
        if (colon < 0 || colon != trimmed.lastIndexOf(':')) {
            return new MinerAddress(trimmed, defaultPort);
        }
        return new MinerAddress(trimmed.substring(0, colon), port(text, trimmed.substring(colon + 1)));
    }

    /** The text with the port left out where it is {@code defaultPort}. */
    public String toString(int defaultPort) {
        if (port == defaultPort) {
            return host;
        }
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    @Override
    public String toString() {
        return toString(DEFAULT_PORT);
    }

    @Override
    public int compareTo(MinerAddress other) {
        long mine = ipv4(host);
        long theirs = ipv4(other.host);
        int byHost = mine >= 0 && theirs >= 0
                ? Long.compare(mine, theirs)
                : mine >= 0 ? -1 : theirs >= 0 ? 1 : host.compareTo(other.host);
        return byHost != 0 ? byHost : Integer.compare(port, other.port);
    }

    private static int port(String text, String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw unreadable(text);
        }
        return Integer.parseInt(digits);
    }

    /** The address as a number, or -1 where it is not dotted IPv4. By hand, since every comparison needs it. */
    private static long ipv4(String host) {
        long number = 0;
        int octet = 0;
        int dots = 0;
        int digits = 0;
        for (int index = 0; index < host.length(); index++) {
            char next = host.charAt(index);
            if (next >= '0' && next <= '9' && ++digits <= 3) {
                octet = octet * 10 + next - '0';
            } else if (next == '.' && digits > 0 && octet <= 255 && ++dots <= 3) {
                number = number << 8 | octet;
                octet = 0;
                digits = 0;
            } else {
                return -1;
            }
        }
        return dots == 3 && digits > 0 && octet <= 255 ? number << 8 | octet : -1;
    }

    private static InvalidArgumentException unreadable(String text) {
        return new InvalidArgumentException(
                "address", "address must be host, host:port or [ipv6]:port, not " + Check.quote(text));
    }
}
