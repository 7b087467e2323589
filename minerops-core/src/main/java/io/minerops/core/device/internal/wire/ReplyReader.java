package io.minerops.core.device.internal.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the bytes of a reply: cuts, decodes, parses strictly, and only if that fails repairs and parses again. */
public final class ReplyReader {
    private static final Logger log = LoggerFactory.getLogger(ReplyReader.class);

    /** The longest string in a reply, characters. */
    static final int MAX_STRING = 64 * 1024;

    private static final int MAX_TOKENS = 50_000;
    private static final int MAX_NUMBER = 64;
    private static final int MAX_NAME = 1024;

    private static final ObjectReader JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(JsonRepair.MAX_DEPTH)
                            .maxStringLength(MAX_STRING)
                            .maxNumberLength(MAX_NUMBER)
                            .maxNameLength(MAX_NAME)
                            .maxTokenCount(MAX_TOKENS)
                            .build())
                    .build())
            .build()
            .readerFor(JsonNode.class);

    private ReplyReader() {}

    /** Reads the first reply to a CGMiner command in these bytes, which may be any at all. */
    public static Reply read(byte[] bytes) {
        CgminerFraming framing = new CgminerFraming();
        framing.scan(bytes, 0, bytes.length);
        return framing.read(bytes, bytes.length);
    }

    /** Reads what does not begin as JSON does. */
    static Reply text(byte[] bytes, int to) {
        String text = new String(bytes, 0, to, StandardCharsets.UTF_8);
        return text.isBlank() ? new Reply.Truncated(to) : plainText(text.strip(), to);
    }

    /** Reads JSON, an object or an array: as it came, and only where that fails decoded whatever it holds, and repaired. */
    public static Reply json(byte[] bytes, int from, int to) {
        try {
            JsonNode root = JSON.readTree(bytes, from, to - from);
            if (root.isContainerNode()) {
                return new Reply.Value(root, 0);
            }
        } catch (StreamConstraintsException e) {
            return pastLimit(e);
        } catch (IOException e) {
            log.trace("a response is not valid JSON; decoding and repairing it", e);
        }
        return json(new String(bytes, from, to - from, StandardCharsets.UTF_8), to - from);
    }

    private static Reply json(String text, int bytes) {
        Reply strict = parse(text, 0);
        if (!(strict instanceof Reply.Unreadable)) {
            return strict;
        }
        JsonRepair.Result result = JsonRepair.repair(text);
        if (result instanceof JsonRepair.Repaired repaired) {
            return parse(repaired.json(), repaired.repairs());
        } else if (result instanceof JsonRepair.Truncated) {
            return new Reply.Truncated(bytes);
        }
        return new Reply.Unreadable("nested deeper than " + JsonRepair.MAX_DEPTH, false);
    }

    private static Reply parse(String text, int repairs) {
        try {
            JsonNode root = JSON.readTree(text);
            return root.isContainerNode() ? new Reply.Value(root, repairs) : notAnObject(root);
        } catch (StreamConstraintsException e) {
            return pastLimit(e);
        } catch (JsonProcessingException e) {
            return new Reply.Unreadable("not JSON: " + DeviceText.clean(e.getOriginalMessage()), true);
        }
    }

    private static Reply pastLimit(StreamConstraintsException e) {
        return new Reply.Unreadable("past a limit: " + DeviceText.clean(e.getOriginalMessage()), false);
    }

    /** What CGMiner answers is an object always. */
    static Reply objectOnly(Reply reply) {
        return reply instanceof Reply.Value value && !value.root().isObject() ? notAnObject(value.root()) : reply;
    }

    private static Reply notAnObject(JsonNode root) {
        return new Reply.Unreadable(
                "a JSON " + root.getNodeType().name().toLowerCase(Locale.ROOT) + ", not an object", true);
    }

    private static Reply plainText(String text, int bytes) {
        if (text.startsWith(TextReply.START)) {
            return TextReply.read(text, bytes);
        } else if (text.startsWith("Socket connect failed")) {
            return new Reply.Unreachable("the device says " + DeviceText.quote(text));
        } else if (text.startsWith("HTTP/") || text.startsWith("<")) {
            return new Reply.WebServer();
        }
        return new Reply.Foreign("it says " + DeviceText.quote(text));
    }
}
