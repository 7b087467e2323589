package io.minerops.core.device;

import io.minerops.api.miner.MinerAddress;
import io.minerops.core.device.internal.reading.Replies;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A device on loopback that behaves as a script says, over real sockets. */
public final class FakeMiner implements AutoCloseable {
    private static final Pattern COMMAND =
            Pattern.compile("\"command\":\"([a-z_+]+)\"(?:,\"parameter\":\"([^\"]*)\")?");

    /** What a device does with one connection once it has read the request. */
    @FunctionalInterface
    public interface Script {
        void serve(String command, Socket socket, OutputStream out) throws IOException;
    }

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch hungUp = new CountDownLatch(1);
    private final List<String> commands = new CopyOnWriteArrayList<>();

    private FakeMiner(Script script) {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(() -> accept(script));
    }

    public static FakeMiner running(Script script) {
        return new FakeMiner(script);
    }

    /** A device that answers these commands, several at once or one by one, and refuses all else. */
    public static FakeMiner answering(Map<String, String> replies, boolean severalAtOnce) {
        return running((command, socket, out) -> {
            boolean several = command.indexOf('+') >= 0;
            String reply = several
                    ? severalAtOnce ? Replies.joined(replies) : Replies.INVALID
                    : replies.getOrDefault(command, Replies.INVALID);
            out.write(Replies.bytes(reply + "\0"));
        });
    }

    public MinerAddress address() {
        return new MinerAddress("127.0.0.1", server.getLocalPort());
    }

    /** The commands of all requests, in the order in which they came. */
    public List<String> commands() {
        return commands;
    }

    /** Opens when the client has hung up in the midst of a script. */
    public CountDownLatch hungUp() {
        return hungUp;
    }

    private void accept(Script script) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(script, socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Script script, Socket socket) {
        try (socket) {
            String command = command(socket.getInputStream());
            commands.add(command);
            script.serve(command, socket, socket.getOutputStream());
        } catch (IOException e) {
            // the client hung up, as it may: the script has no one to go on with
            hungUp.countDown();
        }
    }

    /** As CGMiner does, it reads once and takes that for the request: the command, and its parameter after a bar. */
    private static String command(InputStream in) throws IOException {
        byte[] request = new byte[4095];
        int count = in.read(request);
        Matcher matcher = COMMAND.matcher(new String(request, 0, Math.max(0, count), StandardCharsets.US_ASCII));
        if (!matcher.find()) {
            return "";
        }
        return matcher.group(2) == null ? matcher.group(1) : matcher.group(1) + '|' + matcher.group(2);
    }

    /** Keeps a connection open without a word until the client hangs up. */
    public static void stayUntilHungUp(Socket socket) throws IOException {
        while (socket.getInputStream().read() >= 0) {
            // nothing is expected here, and whatever comes is of no interest
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
