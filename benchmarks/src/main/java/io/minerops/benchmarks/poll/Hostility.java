package io.minerops.benchmarks.poll;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** Ways in which a device, or what poses as one, may answer. */
enum Hostility {
    SILENCE((socket, out) -> stay(socket)),
    SLOW_LORIS(
            (socket, out) -> drip(out, "{\"STATUS\":[{\"STATUS\":\"S\"}],\"SUMMARY\":[{" + "\"x\":1,".repeat(10_000))),
    ENDLESS_REPLY((socket, out) -> {
        out.write(bytes("{\"SUMMARY\":["));
        while (true) {
            out.write(bytes("{\"MHS av\":1},".repeat(500)));
        }
    }),
    ENDLESS_STRING((socket, out) -> {
        out.write(bytes("{\"SUMMARY\":\""));
        while (true) {
            out.write(bytes("x".repeat(8_192)));
        }
    }),
    GARBAGE((socket, out) -> out.write(new byte[] {(byte) 0x91, 7, 3, (byte) 0xff, 'x', '\n'})),
    HALF_A_REPLY((socket, out) -> out.write(bytes("{\"STATUS\":[{\"STATUS\":\"S\",\"Msg\":\"Summ"))),
    DEEP_NESTING((socket, out) -> out.write(bytes("{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000) + "\0"))),
    A_MILLION_TOKENS((socket, out) -> out.write(bytes("{\"a\":[" + "1,".repeat(450_000) + "1]}\0"))),
    RESET((socket, out) -> socket.setSoLinger(true, 0)),
    EMPTY((socket, out) -> out.flush()),
    WEB_SERVER((socket, out) ->
            out.write(bytes("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"))),
    TLS_SERVER((socket, out) -> out.write(new byte[] {21, 3, 3, 0, 2, 2, 70})),
    TWO_REPLIES((socket, out) -> out.write(bytes(
            "{\"STATUS\":[{\"STATUS\":\"S\"}],\"SUMMARY\":[{\"Elapsed\":60,\"GHS 5s\":100}],\"id\":1}{\"id\":2}")));

    /** What it does once it has read a request. */
    @FunctionalInterface
    interface Script {
        void answer(Socket socket, OutputStream out) throws IOException;
    }

    @SuppressWarnings("ImmutableEnumChecker") // a script without state
    private final Script script;

    Hostility(Script script) {
        this.script = script;
    }

    /** Answers one request. */
    void answer(Socket socket, OutputStream out) throws IOException {
        script.answer(socket, out);
    }

    private static void stay(Socket socket) throws IOException {
        while (socket.getInputStream().read() >= 0) {
            // whatever comes is of no interest
        }
    }

    private static void drip(OutputStream out, String text) throws IOException {
        for (byte next : bytes(text)) {
            out.write(next);
            LockSupport.parkNanos(100_000_000);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
