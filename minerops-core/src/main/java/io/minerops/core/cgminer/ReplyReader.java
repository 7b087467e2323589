package io.minerops.core.cgminer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads the bytes of a reply: cuts, decodes, parses strictly, and only where that fails mends and parses again. */
final class ReplyReader {
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

    /** Reads a reply; any bytes at all may be given. */
    static Reply read(byte[] bytes) {
        CgminerFraming framing = new CgminerFraming();
        int end = framing.scan(bytes, 0, bytes.length);
        String text = new String(bytes, 0, end < 0 ? bytes.length : end, StandardCharsets.UTF_8);
        if (!framing.isJson()) {
            return text.isBlank() ? new Reply.Truncated(bytes.length) : plainText(text.strip(), bytes.length);
        }
        int garbage = end < 0 ? 0 : garbageFrom(bytes, end);
        Reply reply = objectOnly(json(text, bytes.length));
        return reply instanceof Reply.Value value ? new Reply.Value(value.root(), value.repairs() + garbage) : reply;
    }

    /** Reads a JSON text, an object or an array, that a protocol with lengths of its own has delivered whole. */
    static Reply json(byte[] bytes, int from, int to) {
        return json(new String(bytes, from, to - from, StandardCharsets.UTF_8), to - from);
    }

    private static Reply json(String text, int bytes) {
        Reply strict = parse(text, 0);
        if (!(strict instanceof Reply.Unreadable)) {
            return strict;
        }
        JsonRepair.Result result = JsonRepair.repair(text);
        if (result instanceof JsonRepair.Mended mended) {
            return parse(mended.json(), mended.repairs());
        } else if (result instanceof JsonRepair.Truncated) {
            return new Reply.Truncated(bytes);
        }
        return new Reply.Unreadable("nested deeper than " + JsonRepair.MAX_DEPTH);
    }

    private static Reply parse(String text, int repairs) {
        try {
            JsonNode root = JSON.readTree(text);
            return root.isContainerNode() ? new Reply.Value(root, repairs) : notAnObject(root);
        } catch (StreamConstraintsException e) {
            return new Reply.Unreadable("past a limit: " + DeviceText.clean(e.getOriginalMessage()));
        } catch (JsonProcessingException e) {
            return new Reply.Unreadable("not JSON: " + DeviceText.clean(e.getOriginalMessage()));
        }
    }

    /** What CGMiner answers is an object always. */
    private static Reply objectOnly(Reply reply) {
        return reply instanceof Reply.Value value && !value.root().isObject() ? notAnObject(value.root()) : reply;
    }

    private static Reply notAnObject(JsonNode root) {
        return new Reply.Unreadable("a JSON " + root.getNodeType().name().toLowerCase(Locale.ROOT) + ", not an object");
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

    private static int garbageFrom(byte[] bytes, int end) {
        for (int index = end; index < bytes.length && bytes[index] != 0; index++) {
            if (bytes[index] > ' ' || bytes[index] < 0) {
                return 1;
            }
        }
        return 0;
    }
}
