package io.minerops.core.device.internal.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * The protocol's text form, {@code STATUS=S,When=1,Code=22|VERSION,CGMiner=4.11.1,API=3.7|}, brought into the shape that
 * its JSON form has, in one walk. Sections end with {@code |}, fields with a comma; a backslash takes its meaning from
 * either. What stands in square brackets, as in the statistics of Avalons, is kept whole; a field without {@code =} goes
 * on with the value before it. All values are texts.
 */
final class TextReply {
    /** With what such a reply begins. */
    static final String START = "STATUS=";

    private static final int MAX_FIELDS = 10_000;

    private final String text;
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final StringBuilder field = new StringBuilder();
    private @Nullable ObjectNode section;
    private @Nullable String key;
    private @Nullable String lastKey;
    private boolean bracketed;
    private int fields;
    private int longest;

    private TextReply(String text) {
        this.text = text;
    }

    /**
     * Reads a reply; any text at all may be given.
     *
     * @param bytes how long it was on the wire
     */
    static Reply read(String text, int bytes) {
        return new TextReply(text.strip()).run(bytes);
    }

    private Reply run(int bytes) {
        for (int index = 0; index < text.length(); index++) {
            char next = text.charAt(index);
            if (next == '\\' && index + 1 < text.length()) {
                index++;
                field.append(text.charAt(index));
            } else if (next == '|') {
                endField();
                endSection();
            } else if (next == ',' && !bracketed) {
                endField();
            } else if (next == '=' && key == null) {
                key = field.toString();
                field.setLength(0);
            } else {
                bracketed = next == '[' || (bracketed && next != ']');
                field.append(next);
            }
            if (fields > MAX_FIELDS) {
                return new Reply.Unreadable("past a limit: more than " + MAX_FIELDS + " fields", false);
            }
        }
        if (section != null || key != null || !field.isEmpty()) {
            return new Reply.Truncated(bytes);
        }
        return longest > ReplyReader.MAX_STRING
                ? new Reply.Unreadable(
                        "past a limit: a text of more than " + ReplyReader.MAX_STRING + " characters", false)
                : new Reply.Value(root, 0);
    }

    private void endField() {
        fields++;
        String value = field.toString();
        field.setLength(0);
        longest = Math.max(longest, value.length());
        String name = key;
        key = null;
        if (name == null && value.isBlank()) {
            return;
        }
        ObjectNode open = section;
        if (open == null) {
            open = openSection(name == null ? value : name);
            section = open;
            lastKey = null;
            if (name == null) {
                return;
            }
        }
        if (name != null) {
            open.put(name, value);
            lastKey = name;
        } else if (lastKey != null) {
            goOn(open, lastKey, value);
        }
    }

    /** Only a short value is gone on with, so that a reply of nothing but commas costs no more than its length. */
    private static void goOn(ObjectNode section, String key, String more) {
        String before = section.path(key).asText();
        if (before.length() + more.length() < DeviceText.MAX_CHARACTERS) {
            section.put(key, before + "," + more);
        }
    }

    private void endSection() {
        section = null;
        lastKey = null;
        bracketed = false;
    }

    private ObjectNode openSection(String name) {
        String inJson = switch (name) {
            case "POOL" -> "POOLS";
            case "ASC", "PGA" -> "DEVS";
            default -> name;
        };
        return (root.get(inJson) instanceof ArrayNode open ? open : root.putArray(inJson)).addObject();
    }
}
