package io.minerops.core.device.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** How much memory a parsed reply takes, estimated from above: many small values take far more than their text. */
public final class TreeSize {
    private static final int BYTES_OF_CONTAINER = 128;
    private static final int BYTES_OF_VALUE = 32;
    private static final int BYTES_OF_ENTRY = 96;
    private static final int BYTES_OF_TEXT = 64;
    private static final int BYTES_OF_CHARACTER = 2;

    private TreeSize() {}

    /** Bytes; the nesting is bounded by the parser. */
    public static long of(JsonNode node) {
        if (node.isObject()) {
            long bytes = BYTES_OF_CONTAINER;
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                bytes += BYTES_OF_ENTRY + (long) field.getKey().length() * BYTES_OF_CHARACTER + of(field.getValue());
            }
            return bytes;
        } else if (node.isArray()) {
            long bytes = BYTES_OF_CONTAINER;
            for (JsonNode element : node) {
                bytes += Long.BYTES + of(element);
            }
            return bytes;
        }
        return node.isTextual()
                ? BYTES_OF_TEXT + (long) node.textValue().length() * BYTES_OF_CHARACTER
                : BYTES_OF_VALUE;
    }
}
