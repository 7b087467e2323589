package io.minerops.testkit.fleet;

import io.minerops.api.InvalidArgumentException;
import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Where the miners of a fleet are to listen, and the text that names it all. */
sealed interface FleetLayout {
    /** The addresses of so many miners, in their order. */
    List<InetSocketAddress> place(int miners);

    /**
     * Where another endpoint of a miner is to be.
     *
     * @param miner where its address is
     * @param port where it would be if nothing were in the way
     */
    InetSocketAddress endpoint(InetSocketAddress miner, int port);

    /** The range that holds these addresses and no other, for addresses that were placed by this layout. */
    String range(List<MinerAddress> addresses);

    /**
     * One address and a port for each miner.
     *
     * @param firstPort the ports go on from here; 0 for any that are free
     */
    record Ports(InetAddress host, int firstPort) implements FleetLayout {
        public Ports {
            if (host.isAnyLocalAddress()) {
                throw new InvalidArgumentException(
                        "host", "host must be one address that clients can call, not " + host.getHostAddress());
            }
            Check.between("first_port", firstPort, 0, 65_535);
        }

        @Override
        public List<InetSocketAddress> place(int miners) {
            if (firstPort > 0) {
                Check.between("first_port", firstPort, 1, 65_536 - miners);
            }
            return IntStream.range(0, miners)
                    .mapToObj(index -> new InetSocketAddress(host, firstPort == 0 ? 0 : firstPort + index))
                    .toList();
        }

        /** Any port that is free: all miners have one address, and most have the same endpoints. */
        @Override
        public InetSocketAddress endpoint(InetSocketAddress miner, int port) {
            return new InetSocketAddress(miner.getAddress(), 0);
        }

        @Override
        public String range(List<MinerAddress> addresses) {
            StringJoiner range = new StringJoiner(",");
            int start = 0;
            for (int index = 1; index <= addresses.size(); index++) {
                int last = addresses.get(index - 1).port();
                if (index == addresses.size() || addresses.get(index).port() != last + 1) {
                    MinerAddress first = addresses.get(start);
                    // no port is left out: the default one too belongs to the text
                    range.add(first.toString(0) + (last == first.port() ? "" : "-" + last));
                    start = index;
                }
            }
            return range.toString();
        }
    }

    /**
     * One port and an IPv4 address for each miner.
     *
     * @param first the addresses go on from here
     */
    record Addresses(String first, int port) implements FleetLayout {
        private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

        public Addresses {
            Check.between("port", port, 1, 65_535);
            if (!IPV4.matcher(first).matches()) {
                throw new InvalidArgumentException(
                        "address", "address must be an IPv4 address such as 127.20.0.1, not " + Check.quote(first));
            }
            // the octets
            MinerAddress valid = new MinerAddress(first, port);
            first = valid.host();
        }

        @Override
        public List<InetSocketAddress> place(int miners) {
            int number = ByteBuffer.wrap(bytes(first)).getInt();
            if (Integer.toUnsignedLong(number) + miners > 1L << 32) {
                throw new InvalidArgumentException(
                        "address", "address must leave room for " + miners + " addresses, " + first + " does not");
            }
            return IntStream.range(0, miners)
                    .mapToObj(index -> new InetSocketAddress(address(number + index), port))
                    .toList();
        }

        @Override
        public InetSocketAddress endpoint(InetSocketAddress miner, int port) {
            return new InetSocketAddress(miner.getAddress(), port);
        }

        @Override
        public String range(List<MinerAddress> addresses) {
            String last = addresses.get(addresses.size() - 1).host();
            return first + (last.equals(first) ? "" : "-" + last) + ":" + port;
        }

        private static byte[] bytes(String ipv4) {
            ByteBuffer octets = ByteBuffer.allocate(4);
            for (String octet : ipv4.split("\\.", -1)) {
                octets.put((byte) Integer.parseInt(octet));
            }
            return octets.array();
        }

        private static InetAddress address(int number) {
            try {
                return InetAddress.getByAddress(
                        ByteBuffer.allocate(4).putInt(number).array());
            } catch (UnknownHostException e) {
                throw new IllegalStateException("four bytes are an address", e);
            }
        }
    }
}
