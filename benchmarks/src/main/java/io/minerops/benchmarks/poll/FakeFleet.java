package io.minerops.benchmarks.poll;

import io.minerops.api.miner.MinerAddress;
import io.minerops.testkit.fleet.FleetSimulator;
import io.minerops.testkit.fleet.Model;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A fleet at every address of 127.0.0.0/8 on one port: each miner answers 6 KB after 50 ms, but one in twenty takes the
 * connection and never says a word. A process of its own, so that what it costs is not counted as the client's.
 */
public final class FakeFleet {
    /** One address in so many is dead. */
    static final int ONE_DEAD_IN = 20;

    private static final int REPLY_BYTES = 5_988;
    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int BACKLOG = 4_096;

    private record Due(long nanos, SelectionKey key) {}

    private final Selector selector = Selector.open();
    private final Deque<Due> due = new ArrayDeque<>();
    private final ByteBuffer request = ByteBuffer.allocateDirect(4096);
    private final ByteBuffer reply;

    private FakeFleet(byte[] bytes) throws IOException {
        reply = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    /** Whether the miner at the address is dead. */
    static boolean dead(InetAddress address) {
        byte[] octets = address.getAddress();
        return (((octets[1] & 255) << 16 | (octets[2] & 255) << 8 | (octets[3] & 255)) % ONE_DEAD_IN) == 7;
    }

    /** Serves until it is killed; prints its port first. */
    public static void main(String[] args) throws IOException {
        FakeFleet fleet = new FakeFleet(reply());
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress("0.0.0.0", 0), BACKLOG);
        server.configureBlocking(false);
        server.register(fleet.selector, SelectionKey.OP_ACCEPT);
        System.out.println(((InetSocketAddress) server.getLocalAddress()).getPort());
        fleet.serve();
    }

    /** The replies of a simulated S19 Pro in one, made longer by a field such as the map of its chips. */
    private static byte[] reply() throws IOException {
        try (FleetSimulator simulator =
                FleetSimulator.builder().miners(1).models(Model.S19_PRO).build()) {
            simulator.start();
            StringBuilder joined = new StringBuilder();
            for (String command : List.of("version", "summary", "stats", "pools")) {
                String reply = single(simulator.addresses().get(0), command);
                joined.append(joined.isEmpty() ? "{" : ",")
                        .append('"')
                        .append(command)
                        .append("\":[")
                        .append(reply, 0, reply.lastIndexOf('}') + 1)
                        .append(']');
            }
            String text = joined.append(",\"id\":1}\0").toString();
            String field = "\"STATS\":0,";
            String map = "\"chain_acs1\":\"" + "o".repeat(REPLY_BYTES - text.length() - 16) + "\",";
            return text.replace(field, field + map).getBytes(StandardCharsets.UTF_8);
        }
    }

    private static String single(MinerAddress miner, String command) throws IOException {
        try (Socket socket = new Socket(miner.host(), miner.port())) {
            socket.getOutputStream().write(("{\"command\":\"" + command + "\"}").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void serve() throws IOException {
        while (true) {
            long wait = due.isEmpty() ? 0 : Math.max(1, (due.peek().nanos() - System.nanoTime() + 999_999) / 1_000_000);
            selector.select(wait);
            for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                SelectionKey key = keys.next();
                keys.remove();
                if (key.isValid() && key.isAcceptable()) {
                    accept((ServerSocketChannel) key.channel());
                } else if (key.isValid()) {
                    read(key);
                }
            }
            answer();
        }
    }

    private void accept(ServerSocketChannel server) throws IOException {
        for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        }
    }

    private void read(SelectionKey key) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            int count = channel.read(request.clear());
            if (count < 0) {
                channel.close();
            } else if (!dead(((InetSocketAddress) channel.getLocalAddress()).getAddress())) {
                due.add(new Due(System.nanoTime() + DELAY_NANOS, key));
            }
        } catch (IOException e) {
            // the client hung up on a dead miner, as it should
            channel.close();
        }
    }

    private void answer() throws IOException {
        while (!due.isEmpty() && due.peek().nanos() - System.nanoTime() <= 0) {
            SocketChannel channel = (SocketChannel) due.remove().key().channel();
            try {
                channel.write(reply.rewind());
            } catch (ClosedChannelException e) {
                // its deadline passed before this loaded machine came to it: it counts it as not answered
            }
            channel.close();
        }
    }
}
