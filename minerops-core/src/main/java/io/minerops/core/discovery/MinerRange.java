package io.minerops.core.discovery;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.internal.IpNetwork;
import io.minerops.api.miner.MinerAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses where miners may be, read from a text of entries with commas between them:
 *
 * <ul>
 *   <li>a network, {@code 192.168.1.0/24}; its network and broadcast addresses are left out where it has more than two
 *   <li>a range, {@code 192.168.1.10-99} or {@code 192.168.1.10-192.168.2.99}
 *   <li>an address or a name, {@code 192.168.1.7} or {@code miner7.example.com}
 *   <li>a range of ports on one address, {@code 127.0.0.1:40000-40049}
 * </ul>
 *
 * <p>Each may end in {@code :port}. Immutable.
 */
public final class MinerRange {
    /** The most addresses that one range holds. */
    public static final int MAX_ADDRESSES = 65_536;

    private static final String ACCEPTED =
            "a network such as 192.168.1.0/24, a range such as 192.168.1.10-99, an address"
                    + " or a host name, each with an optional :port, or a range of ports such as 127.0.0.1:4028-4037";
    private static final Pattern NETWORK = Pattern.compile("[0-9.]+/\\d{1,2}");
    private static final Pattern SHORT_RANGE = Pattern.compile("([0-9.]+)\\.(\\d{1,3})-(\\d{1,3})");
    private static final Pattern LONG_RANGE = Pattern.compile("([0-9]+\\.[0-9.]+)-([0-9]+\\.[0-9.]+)");
    private static final Pattern PORTS = Pattern.compile("(.+):(\\d{1,5})-(\\d{1,5})");
    private static final Pattern PORT = Pattern.compile("(.+):(\\d{1,5})");

    private final Set<MinerAddress> addresses = new LinkedHashSet<>();
    private final Set<MinerAddress> named = new LinkedHashSet<>();

    private MinerRange() {}

    /**
     * Reads a range with {@value MinerAddress#DEFAULT_PORT} where an entry names no port.
     *
     * @throws InvalidArgumentException ({@code range}) naming every entry that cannot be read, or if there are more than
     *     {@value #MAX_ADDRESSES} addresses
     */
    public static MinerRange parse(String text) {
        return parse(text, MinerAddress.DEFAULT_PORT);
    }

    /** Reads a range as {@link #parse(String)} does, with another port where an entry names none. */
    public static MinerRange parse(String text, int defaultPort) {
        MinerRange range = new MinerRange();
        List<String> problems = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            String trimmed = entry.trim();
            if (trimmed.isEmpty()) {
                continue;
            }
            try {
                range.add(trimmed, defaultPort);
            } catch (InvalidArgumentException e) {
                problems.add(Check.quote(trimmed) + " (" + e.getMessage() + ")");
            }
        }
        if (!problems.isEmpty()) {
            throw refused("range must be " + ACCEPTED + "; not " + String.join(", ", problems));
        }
        return range;
    }

    /** A range of exactly these addresses. */
    public static MinerRange of(Collection<MinerAddress> addresses) {
        MinerRange range = new MinerRange();
        range.addresses.addAll(addresses);
        range.named.addAll(addresses);
        range.requireRoom(0);
        return range;
    }

    /** A range without addresses. */
    public static MinerRange none() {
        return new MinerRange();
    }

    /** Every address, in the order of the text, each once. */
    public List<MinerAddress> addresses() {
        return List.copyOf(addresses);
    }

    /** Those that the text names one by one: a person knows that there is a miner. */
    public List<MinerAddress> named() {
        return List.copyOf(named);
    }

    private void add(String entry, int defaultPort) {
        Matcher ports = PORTS.matcher(entry);
        if (ports.matches() && isHost(ports.group(1))) {
            addPorts(ports.group(1), number(ports.group(2)), number(ports.group(3)));
            return;
        }
        String hosts = entry;
        int port = defaultPort;
        Matcher onPort = PORT.matcher(entry);
        if (onPort.matches() && isHost(onPort.group(1))) {
            hosts = onPort.group(1);
            port = number(onPort.group(2));
        }
        addHosts(entry, hosts, port);
    }

    private void addHosts(String entry, String hosts, int port) {
        Matcher shortRange = SHORT_RANGE.matcher(hosts);
        Matcher longRange = LONG_RANGE.matcher(hosts);
        if (NETWORK.matcher(hosts).matches()) {
            addNetwork(IpNetwork.parse("range", hosts), port);
        } else if (shortRange.matches()) {
            String prefix = shortRange.group(1) + ".";
            addRange(ipv4(prefix + shortRange.group(2)), ipv4(prefix + shortRange.group(3)), port);
        } else if (longRange.matches()) {
            addRange(ipv4(longRange.group(1)), ipv4(longRange.group(2)), port);
        } else {
            MinerAddress address =
                    hosts.equals(entry) ? MinerAddress.parse(entry, port) : new MinerAddress(hosts, port);
            requireRoom(1);
            addresses.add(address);
            named.add(address);
        }
    }

    private void addNetwork(IpNetwork network, int port) {
        long size = 1L << (Integer.SIZE - network.bits());
        requireRoom(size);
        long first = ipv4(network.address().getHostAddress()) / size * size;
        boolean hasReserved = size > 2;
        addRange(hasReserved ? first + 1 : first, hasReserved ? first + size - 2 : first + size - 1, port);
    }

    private void addRange(long first, long last, int port) {
        if (last < first) {
            throw refused("the end comes before the beginning");
        }
        requireRoom(last - first + 1);
        for (long address = first; address <= last; address++) {
            addresses.add(new MinerAddress(dotted(address), port));
        }
    }

    private void addPorts(String host, int first, int last) {
        if (last < first) {
            throw refused("the end comes before the beginning");
        }
        requireRoom(last - first + 1L);
        for (int port = first; port <= last; port++) {
            addresses.add(new MinerAddress(host, port));
        }
    }

    private void requireRoom(long more) {
        if (addresses.size() + more > MAX_ADDRESSES) {
            throw refused("there would be " + (addresses.size() + more) + " addresses, at most " + MAX_ADDRESSES
                    + " are accepted");
        }
    }

    /** Whether what stands before a port can be a host, so that the colons of a bare IPv6 address are no port. */
    private static boolean isHost(String text) {
        return text.indexOf(':') < 0;
    }

    private static int number(String digits) {
        return Integer.parseInt(digits);
    }

    private static long ipv4(String text) {
        new MinerAddress(text, MinerAddress.DEFAULT_PORT);
        long number = 0;
        for (String octet : text.split("\\.", -1)) {
            number = number << 8 | Integer.parseInt(octet);
        }
        return number;
    }

    private static String dotted(long address) {
        return (address >> 24 & 255) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    private static InvalidArgumentException refused(String message) {
        return new InvalidArgumentException("range", message);
    }
}
