package io.minerops.testkit.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.api.miner.MinerAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One request to one miner over a socket of its own. */
final class MinerCall {
    private static final int TIMEOUT_MS = 10_000;
    private static final ObjectMapper STRICT =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private MinerCall() {}

    /** The reply to a command, without its NUL byte, as JSON. */
    static JsonNode exchange(MinerAddress miner, String command) throws IOException {
        return json(send(miner, "{\"command\":\"" + command + "\"}"));
    }

    /** All bytes of the reply to a text, up to the end of the stream. */
    static byte[] send(MinerAddress miner, String text) throws IOException {
        try (Socket socket = connect(miner)) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return socket.getInputStream().readAllBytes();
        }
    }

    static Socket connect(MinerAddress miner) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(miner.host(), miner.port()), TIMEOUT_MS);
        socket.setSoTimeout(TIMEOUT_MS);
        return socket;
    }

    /** The JSON of a reply that ends in NUL and has no other. */
    static JsonNode json(byte[] reply) throws IOException {
        String text = new String(reply, StandardCharsets.UTF_8);
        assertThat(text.indexOf('\0')).isEqualTo(text.length() - 1);
        return STRICT.readTree(text.substring(0, text.length() - 1));
    }
}
