package io.minerops.core.device.internal.redact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.minerops.core.device.internal.reading.Framings;
import io.minerops.core.device.internal.wire.DeviceText;
import io.minerops.core.device.internal.wire.Framing;
import io.minerops.core.device.internal.wire.Reply;
import io.minerops.core.device.reply.Command;
import io.minerops.core.device.reply.ReplyListener;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** What a device says in a reply, a line for each field, for people to read. */
public final class ReplyOutline {
    /** The most lines of one reply. */
    public static final int MAX_LINES = 2_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> lines = new ArrayList<>();

    private ReplyOutline() {}

    /**
     * The lines of a reply, such as {@code SUMMARY.Elapsed = 4711}: its fields in their order, once its faults are repaired
     * as they are for a reading; the text as it came where it is no JSON even then.
     *
     * @param commands the commands, as a {@link ReplyListener} gets them; at least one
     * @param reply what came
     * @param mask what is hidden
     * @return at most {@value #MAX_LINES} lines without control characters
     */
    public static List<String> of(List<Command> commands, byte[] reply, ReplyRedactor mask) {
        ReplyOutline outline = new ReplyOutline();
        Framing framing = Framings.of(commands.get(0).endpoint(), reply.length);
        framing.scan(reply, 0, reply.length);
        Reply read = framing.read(reply, reply.length);
        if (read instanceof Reply.Value value) {
            try {
                outline.add("", JSON.readTree(mask.mask(JSON.writeValueAsString(value.root()))));
                return List.copyOf(outline.lines);
            } catch (JsonProcessingException e) {
                // what is masked is no JSON any more: then the text is shown
                outline.lines.clear();
            }
        }
        mask.mask(reply).lines().limit(MAX_LINES).map(DeviceText::oneLine).forEach(outline.lines::add);
        return List.copyOf(outline.lines);
    }

    private void add(String path, JsonNode node) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field ->
                            add(path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue()));
        } else if (node.isArray() && holdsContainers(node)) {
            for (int index = 0; index < node.size(); index++) {
                add(node.size() == 1 ? path : path + "[" + index + "]", node.path(index));
            }
        } else if (node.isArray()) {
            StringJoiner values = new StringJoiner(", ", "[", "]");
            node.forEach(value -> values.add(value.asText()));
            line(path, values.toString());
        } else {
            line(path, node.asText());
        }
    }

    private void line(String path, String value) {
        if (lines.size() < MAX_LINES) {
            lines.add(DeviceText.oneLine(path + " = " + value));
        }
    }

    private static boolean holdsContainers(JsonNode array) {
        for (JsonNode element : array) {
            if (element.isContainerNode()) {
                return true;
            }
        }
        return false;
    }
}
