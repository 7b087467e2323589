package io.minerops.core.scarce;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Devices at addresses of loopback, all on one port, that give one reply and stay until they are hung up on. */
final class LoopbackFleet implements AutoCloseable {
    private final List<ServerSocket> sockets = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** Such devices at one address after the other, from {@code 127.77.subnet.1} on, 250 to a subnet; on the given port. */
    LoopbackFleet(int subnet, int devices, int port, byte[] reply, boolean hangsUp) throws IOException {
        for (int device = 0; device < devices; device++) {
            InetAddress address = InetAddress.getByAddress(
                    new byte[] {127, 77, (byte) (subnet + device / 250), (byte) (1 + device % 250)});
            ServerSocket socket = new ServerSocket(port, 8, address);
            sockets.add(socket);
            threads.execute(() -> accept(socket, reply, hangsUp));
        }
    }

    private void accept(ServerSocket server, byte[] reply, boolean hangsUp) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket, reply, hangsUp));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private static void serve(Socket socket, byte[] reply, boolean hangsUp) {
        try (socket;
                OutputStream out = socket.getOutputStream()) {
            byte[] request = new byte[4_096];
            int count = socket.getInputStream().read(request);
            out.write(reply);
            while (!hangsUp && count >= 0) {
                count = socket.getInputStream().read(request);
            }
        } catch (IOException e) {
            // the client hung up, as it may
            return;
        }
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
