package io.minerops.testkit.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.testkit.fixture.DeviceEndpoint;
import io.minerops.testkit.fixture.RawMembers;
import io.minerops.testkit.fixture.RecordedDevice;
import io.minerops.testkit.fixture.RecordedReply;
import io.minerops.testkit.fleet.server.Request;
import io.minerops.testkit.fleet.server.Requests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests with what a device has said to them. Commands that were not recorded are answered as
 * nearly as possible: a CGMiner command out of a reply to several, several out of the replies to each where the
 * device is known to join them; all else is refused, in the form that its protocol has for that.
 */
final class RecordedAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int INVALID_COMMAND = 14;
    private static final String REFUSAL = "{\"STATUS\":[{\"STATUS\":\"E\",\"When\":0,\"Code\":14,\"Msg\":"
            + "\"Invalid command\",\"Description\":\"cgminer\"}],\"id\":1}\0";
    private static final String TEXT_REFUSAL = "STATUS=E,When=0,Code=14,Msg=Invalid command,Description=cgminer|\0";
    private static final String WHATSMINER_REFUSAL =
            "{\"code\":-2,\"when\":0,\"msg\":\"invalid command\",\"desc\":\"\"}";

    private final Map<String, RecordedReply> byRequest = new HashMap<>();
    /** The reply to one command, as it stands in the reply to several. */
    private final Map<String, byte[]> outOfJoined = new HashMap<>();

    private final byte[] refusal;
    private final byte @Nullable [] refusalOfSeveral;
    private final boolean joins;

    RecordedAnswers(RecordedDevice device) {
        device.replies().forEach(reply -> byRequest.put(key(reply.endpoint(), reply.wireName()), reply));
        List<RecordedReply> ofCgminer = device.replies().stream()
                .filter(reply -> reply.endpoint() == DeviceEndpoint.CGMINER)
                .toList();
        List<RecordedReply> toSeveral =
                ofCgminer.stream().filter(reply -> reply.commands().size() > 1).toList();
        toSeveral.forEach(this::takeApart);
        joins = !outOfJoined.isEmpty();
        refusal = ofCgminer.stream()
                .filter(reply -> reply.commands().size() == 1)
                .map(RecordedReply::body)
                .filter(RecordedAnswers::refusesCommand)
                .findFirst()
                .orElseGet(() -> ascii(speaksText(ofCgminer) ? TEXT_REFUSAL : REFUSAL));
        Optional<byte[]> refused = toSeveral.stream().map(RecordedReply::wire).findFirst();
        refusalOfSeveral = joins ? null : refused.orElse(refusal);
    }

    /** The bytes for the wire. */
    byte[] answer(DeviceEndpoint endpoint, byte[] request) {
        return switch (endpoint) {
            case CGMINER -> cgminer(Request.parse(new String(request, StandardCharsets.UTF_8)));
            case WEB, AURADINE -> web(endpoint, Requests.target(request));
            case WHATSMINER -> whatsminer(Requests.message(request));
        };
    }

    private byte[] cgminer(Request request) {
        if (!(request instanceof Request.Commands commands)) {
            return refusal;
        }
        String name = String.join("+", commands.names());
        // a miner that does not know the newer form answers in the older one
        RecordedReply newer = commands.newApi() ? byRequest.get(key(DeviceEndpoint.CGMINER, name + " new_api")) : null;
        RecordedReply exact = newer == null ? byRequest.get(key(DeviceEndpoint.CGMINER, name)) : newer;
        if (exact != null) {
            return exact.wire();
        } else if (commands.names().size() == 1) {
            byte[] single = outOfJoined.get(commands.names().get(0));
            return single == null ? refusal : ended(single);
        }
        return refusalOfSeveral == null ? joined(commands.names()) : refusalOfSeveral;
    }

    private byte[] joined(List<String> names) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write('{');
        for (String name : names) {
            RecordedReply alone = byRequest.get(key(DeviceEndpoint.CGMINER, name));
            byte[] single = alone == null ? outOfJoined.getOrDefault(name, refusal) : alone.body();
            all.writeBytes(ascii("\"" + name + "\":["));
            all.writeBytes(withoutEnd(single));
            all.writeBytes(ascii("],"));
        }
        all.writeBytes(ascii("\"id\":1}\0"));
        return all.toByteArray();
    }

    private byte[] web(DeviceEndpoint endpoint, String target) {
        if (target.isEmpty()) {
            return ascii("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
        RecordedReply reply = byRequest.get(key(endpoint, target));
        return reply == null
                ? ascii("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                : reply.wire();
    }

    private byte[] whatsminer(String message) {
        RecordedReply reply = null;
        try {
            JsonNode request = JSON.readTree(message);
            String parameter = request.path("param").asText("");
            String command = request.path("cmd").asText("");
            reply = byRequest.get(
                    key(DeviceEndpoint.WHATSMINER, parameter.isEmpty() ? command : command + " " + parameter));
        } catch (JsonProcessingException notJson) {
            // unreadable requests name no command that is known
        }
        return reply == null
                ? RecordedReply.ofBody(DeviceEndpoint.WHATSMINER, List.of("any"), ascii(WHATSMINER_REFUSAL))
                        .wire()
                : reply.wire();
    }

    private void takeApart(RecordedReply reply) {
        Map<String, byte[]> members = RawMembers.of(reply.body());
        for (String command : reply.commands()) {
            byte[] member = members.get(command);
            if (member != null) {
                outOfJoined.put(command, RawMembers.insideArray(member));
            }
        }
    }

    private static boolean refusesCommand(byte[] body) {
        try {
            return JSON.readTree(withoutEnd(body))
                            .path("STATUS")
                            .path(0)
                            .path("Code")
                            .asInt()
                    == INVALID_COMMAND;
        } catch (IOException faulty) {
            return false;
        }
    }

    private static boolean speaksText(List<RecordedReply> replies) {
        return !replies.isEmpty()
                && replies.stream()
                        .allMatch(reply -> new String(reply.body(), StandardCharsets.ISO_8859_1).startsWith("STATUS="));
    }

    private static byte[] ended(byte[] reply) {
        return Arrays.copyOf(reply, reply.length + 1);
    }

    /** Without the NUL byte and the blanks that end it. */
    private static byte[] withoutEnd(byte[] reply) {
        int end = reply.length;
        while (end > 0 && reply[end - 1] >= 0 && reply[end - 1] <= ' ') {
            end--;
        }
        return Arrays.copyOf(reply, end);
    }

    private static String key(DeviceEndpoint endpoint, String wireName) {
        return endpoint.key() + " " + wireName;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
