package io.minerops.notify.webhook;

import io.minerops.api.internal.IpNetwork;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/** Which addresses belong to one host on the public internet. */
final class PublicAddresses {
    /**
     * What is not a public unicast address (IANA special-purpose registries), and the addresses of the clouds' metadata
     * services that lie outside of these ranges.
     */
    private static final List<IpNetwork> NOT_PUBLIC = Stream.of(
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
            .map(PublicAddresses::network)
            .toList();

    private static final IpNetwork GLOBAL_IPV6 = network("2000::/3");

    /** IPv4 addresses as seen through NAT64 (RFC 6052). */
    private static final IpNetwork NAT64 = network("64:ff9b::/96");

    private static final int IPV4_BYTES = 4;

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        if (NAT64.contains(address)) {
            byte[] bytes = address.getAddress();
            byte[] embedded = new byte[IPV4_BYTES];
            System.arraycopy(bytes, bytes.length - IPV4_BYTES, embedded, 0, IPV4_BYTES);
            return contain(address(embedded));
        }
        boolean unicast = address.getAddress().length == IPV4_BYTES || GLOBAL_IPV6.contains(address);
        return unicast && NOT_PUBLIC.stream().noneMatch(network -> network.contains(address));
    }

    private static IpNetwork network(String text) {
        return IpNetwork.parse("network", text);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 bytes are an address", e);
        }
    }
}
