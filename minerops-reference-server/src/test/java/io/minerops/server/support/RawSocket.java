package io.minerops.server.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection on which a test says byte for byte what it likes. */
public final class RawSocket implements AutoCloseable {
    private static final int TIMEOUT_MS = 15_000;
    private static final int SILENCE_MS = 300;

    private final Socket socket;
    private boolean broken;

    private RawSocket(Socket socket) {
        this.socket = socket;
    }

    /** A connection to a server. */
    public static RawSocket to(URI server) {
        try {
            Socket socket = new Socket(server.getHost(), server.getPort());
            socket.setSoTimeout(TIMEOUT_MS);
            socket.setTcpNoDelay(true);
            return new RawSocket(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A connection to a server from another address of loopback, as of another client. */
    public static RawSocket from(String address, URI server) {
        try {
            Socket socket = new Socket(server.getHost(), server.getPort(), InetAddress.getByName(address), 0);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.setTcpNoDelay(true);
            return new RawSocket(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says something, one byte per character; whether the other end still took it. */
    public boolean say(String text) {
        return say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Says something; whether the other end still took it. */
    public boolean say(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // the other end has closed, and may have answered before
            broken = true;
        }
        return !broken;
    }

    /**
     * All that comes until the other end closes, one character per byte.
     *
     * @throws AssertionError where it neither closes nor says anything for too long
     */
    public String hear() {
        return hear(TIMEOUT_MS, true, false);
    }

    /** What comes until the other end closes or is silent for that long. */
    public String hear(Duration silence) {
        return hear((int) silence.toMillis(), false, false);
    }

    private String hear(int silenceMs, boolean mustEnd, boolean once) {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try {
            socket.setSoTimeout(silenceMs);
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8_192];
            int read = in.read(buffer);
            while (read >= 0) {
                heard.write(buffer, 0, read);
                read = once ? -1 : in.read(buffer);
            }
        } catch (SocketTimeoutException e) {
            if (mustEnd) {
                throw new AssertionError("the connection hangs after: " + text(heard), e);
            }
        } catch (SocketException e) {
            // reset: whatever was heard before counts
            broken = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text(heard);
    }

    /**
     * All that comes until the other end closes, or is silent after it has said something.
     *
     * @throws AssertionError where it says nothing for too long
     */
    public String hearAnswers() {
        String first = hear(TIMEOUT_MS, true, true);
        return first.isEmpty() || broken ? first : first + hear(SILENCE_MS, false, false);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
