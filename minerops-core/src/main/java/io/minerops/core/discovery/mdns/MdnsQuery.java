package io.minerops.core.discovery.mdns;

import io.minerops.api.internal.Check;
import io.minerops.api.miner.MinerAddress;
import io.minerops.core.discovery.Discovery;
import io.minerops.core.discovery.MinerRange;
import io.minerops.core.discovery.NetworkLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queries the local network once for announced web servers by multicast DNS, as Bitaxe and its relatives do: one question
 * on each network that this machine is on, then listening for a short time (a one-shot query, RFC 6762, section 5.1).
 * Nothing is announced, and no port of mDNS itself is taken. What announces itself is not yet a miner: it is worth being
 * queried by a {@link Discovery}.
 */
public final class MdnsQuery {
    /** Default time to listen: responders may wait for half a second so as not to speak all at once. */
    public static final Duration DEFAULT_LISTENING = Duration.ofSeconds(2);

    /** The most devices that one question finds. */
    public static final int MAX_ANNOUNCEMENTS = 256;

    private static final Duration MAX_LISTENING = Duration.ofSeconds(30);
    private static final InetSocketAddress GROUP = new InetSocketAddress("224.0.0.251", 5353);
    private static final String SERVICE = "_http._tcp.local";
    private static final int MAX_REPLIES = 1_024;
    private static final int MAX_REPLY_BYTES = 9_000;
    private static final Logger log = LoggerFactory.getLogger(MdnsQuery.class);

    private final InetSocketAddress target;

    private MdnsQuery(InetSocketAddress target) {
        this.target = target;
    }

    /** A question to the group of mDNS, on every network of this machine that knows multicast. */
    public static MdnsQuery toLocalNetworks() {
        return new MdnsQuery(GROUP);
    }

    /** A question to one responder. */
    static MdnsQuery to(InetSocketAddress responder) {
        return new MdnsQuery(responder);
    }

    /**
     * Sends the query, and listens for that time.
     *
     * @param listening above 0, at most 30 s
     * @return each name and address once, at most {@value #MAX_ANNOUNCEMENTS}, in the order of their answers
     * @throws UncheckedIOException if the question could be put to no network
     */
    public List<Announcement> exchange(Duration listening) {
        Check.positive("listening", listening);
        long end = System.nanoTime() + (listening.compareTo(MAX_LISTENING) < 0 ? listening : MAX_LISTENING).toNanos();
        try (DatagramSocket socket = new DatagramSocket()) {
            send(socket);
            return listen(socket, end);
        } catch (IOException e) {
            throw new UncheckedIOException("the mDNS query failed: " + e.getMessage(), e);
        }
    }

    /**
     * A range that has what announces itself too, as far as it is of the site and there is room.
     *
     * @param port the port of miners
     */
    public static MinerRange widened(MinerRange range, List<Announcement> announcements, int port) {
        Set<MinerAddress> addresses = new LinkedHashSet<>(range.addresses());
        for (Announcement announcement : announcements) {
            MinerAddress address = new MinerAddress(announcement.address(), port);
            if (NetworkLimits.isLocal(address) && addresses.size() < MinerRange.MAX_ADDRESSES) {
                addresses.add(address);
            }
        }
        return MinerRange.of(addresses);
    }

    private void send(DatagramSocket socket) throws IOException {
        byte[] query = MdnsMessage.query(SERVICE);
        DatagramPacket packet = new DatagramPacket(query, query.length, target);
        if (!target.getAddress().isMulticastAddress()) {
            socket.send(packet);
            return;
        }
        int queried = 0;
        IOException failure = null;
        for (NetworkInterface network : networks()) {
            try {
                socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
                socket.send(packet);
                queried++;
            } catch (IOException e) {
                log.debug("the mDNS query on {} failed", network.getName(), e);
                failure = e;
            }
        }
        if (queried == 0) {
            throw failure != null ? failure : new SocketException("this machine is on no network that knows multicast");
        }
    }

    private static List<NetworkInterface> networks() throws SocketException {
        List<NetworkInterface> networks = new ArrayList<>();
        for (NetworkInterface network : NetworkInterface.networkInterfaces().toList()) {
            boolean hasIpv4 = network.inetAddresses().anyMatch(address -> address.getAddress().length == 4);
            if (network.isUp() && network.supportsMulticast() && !network.isLoopback() && hasIpv4) {
                networks.add(network);
            }
        }
        return networks;
    }

    private static List<Announcement> listen(DatagramSocket socket, long end) throws IOException {
        Set<Announcement> found = new LinkedHashSet<>();
        byte[] buffer = new byte[MAX_REPLY_BYTES];
        for (int replies = 0; replies < MAX_REPLIES && found.size() < MAX_ANNOUNCEMENTS; replies++) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                break;
            }
            socket.setSoTimeout((int) left);
            DatagramPacket reply = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(reply);
            } catch (SocketTimeoutException e) {
                break;
            }
            found.addAll(MdnsMessage.announcements(
                    ByteBuffer.wrap(buffer, 0, reply.getLength()).slice(),
                    SERVICE,
                    reply.getAddress().getHostAddress()));
        }
        return found.stream().limit(MAX_ANNOUNCEMENTS).toList();
    }

    /**
     * A device that announces a service on the local network.
     *
     * @param name what it calls itself, as it says it: at most 63 bytes, free of control characters
     * @param address its address, as it says it: an IPv4 or IPv6 address
     */
    public record Announcement(String name, String address) {}
}
