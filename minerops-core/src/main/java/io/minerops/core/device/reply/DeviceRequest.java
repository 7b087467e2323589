package io.minerops.core.device.reply;

import io.minerops.core.device.internal.wire.LengthFraming;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One request to one endpoint of a device.
 *
 * @param commands the commands: at least one, all on one endpoint; several at once of a CGMiner only
 * @param port the port to connect to
 */
public record DeviceRequest(List<Command> commands, int port) {
    public DeviceRequest {
        commands = List.copyOf(commands);
    }

    /** The endpoint that the commands are behind. */
    Endpoint endpoint() {
        return commands.get(0).endpoint();
    }

    /**
     * The request's bytes.
     *
     * @param host the device's address in the request to its web server
     */
    public byte[] bytes(String host) {
        Command first = commands.get(0);
        return switch (endpoint()) {
            case CGMINER ->
                ascii("{\"command\":\"" + commands.stream().map(Command::verb).collect(Collectors.joining("+")) + "\""
                        + (first.parameter().isEmpty() ? "" : ",\"" + first.parameter() + "\":true") + "}");
            case WHATSMINER ->
                withLength(ascii("{\"cmd\":\"" + first.verb() + "\""
                        + (first.parameter().isEmpty() ? "" : ",\"param\":\"" + first.parameter() + "\"") + "}"));
            case WEB, AURADINE -> http(first, host);
        };
    }

    private byte[] http(Command command, String host) {
        String body = command.body();
        String content = body.isEmpty()
                ? ""
                : "Content-Type: application/json\r\nContent-Length: " + ascii(body).length + "\r\n";
        return ascii((body.isEmpty() ? "GET " : "POST ") + command.verb() + " HTTP/1.1\r\nHost: "
                + (host.indexOf(':') < 0 ? host : "[" + host + "]") + (port == 80 ? "" : ":" + port)
                + "\r\nAccept: application/json\r\nUser-Agent: MinerOps\r\n" + content
                + "Connection: close\r\n\r\n" + body);
    }

    private static byte[] withLength(byte[] message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.length + 4);
        bytes.writeBytes(LengthFraming.header(message.length));
        bytes.writeBytes(message);
        return bytes.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
