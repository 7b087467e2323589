package io.minerops.notify.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Hosts whose address stands in their name, so that no look-up is needed to know it. */
final class LiteralHost {
    /** No top-level domain is a number (RFC 3696, 2): what ends in one is an address in some notation or nothing. */
    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)\\.?");

    private LiteralHost() {}

    /**
     * The addresses of such a host, as the platform reads it.
     *
     * @param host the host of a URI, an IPv6 address in brackets
     * @return empty for a name, and for a number that is no address
     */
    static List<InetAddress> addresses(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return List.of(InetAddress.getLoopbackAddress());
        }
        boolean literal = name.startsWith("[") || NUMERIC.matcher(name).matches();
        if (!literal) {
            return List.of();
        }
        int zone = name.indexOf('%');
        try {
            return List.of(InetAddress.getAllByName(zone < 0 ? name : name.substring(0, zone) + "]"));
        } catch (UnknownHostException noAddress) {
            return List.of();
        }
    }
}
