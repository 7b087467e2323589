package io.minerops.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocket;

/**
 * A mail server on loopback that speaks just enough SMTP, answers single commands as the test sets it up, and can turn to
 * TLS. Where it answers {@code silence} it says nothing more.
 */
public final class ScriptedMailServer implements AutoCloseable {
    public static final String SILENCE = "silence";

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Future<?> accepting;

    ScriptedMailServer(String capabilities) {
        try {
            server = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answers.put("", "220 localhost ready");
        answers.put("EHLO", capabilities);
        answers.put("DATA", "354 go on");
        answers.put(".", "250 taken");
        answers.put("QUIT", "221 bye");
        answers.put("STARTTLS", "220 turn");
        accepting = threads.submit(this::accept);
    }

    /** A server that offers STARTTLS, and sign-in only under TLS. */
    public static ScriptedMailServer withStartTls() {
        return new ScriptedMailServer("250-localhost\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN");
    }

    /** A server without any protection. */
    public static ScriptedMailServer plain() {
        return new ScriptedMailServer("250-localhost\r\n250 8BITMIME");
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Answers commands that begin so; the empty one is the greeting, {@code .} the end of a mail. */
    public ScriptedMailServer answers(String command, String reply) {
        answers.put(command, reply);
        return this;
    }

    /** What clients said, in order; {@code (tls)} where the connection turned. */
    public List<String> commands() {
        return commands;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket plain) {
        try (plain) {
            Socket socket = plain;
            BufferedReader lines = lines(socket);
            say(socket, "");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                commands.add(line);
                String answered = say(socket, line);
                if (line.equals("STARTTLS") && answered.startsWith("220")) {
                    socket = turn(plain);
                    lines = lines(socket);
                } else if (line.equals("DATA") && answered.startsWith("354")) {
                    readMail(lines);
                    say(socket, ".");
                }
            }
        } catch (IOException e) {
            commands.add("(connection lost)");
        }
    }

    private Socket turn(Socket plain) throws IOException {
        SSLSocket tls = (SSLSocket) LocalhostCertificate.context()
                .getSocketFactory()
                .createSocket(plain, "localhost", plain.getPort(), true);
        tls.setUseClientMode(false);
        tls.startHandshake();
        commands.add("(tls)");
        return tls;
    }

    private void readMail(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null && !line.equals("."); line = lines.readLine()) {
            commands.add("> " + line);
        }
    }

    private String say(Socket socket, String command) throws IOException {
        String upper = command.toUpperCase(Locale.ROOT);
        String reply = answers.entrySet().stream()
                .filter(answer -> answer.getKey().isEmpty() ? upper.isEmpty() : upper.startsWith(answer.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("250 fine");
        if (!reply.equals(SILENCE)) {
            socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }
        return reply;
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        accepting.cancel(true);
        threads.shutdownNow();
    }
}
