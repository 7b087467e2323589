package io.minerops.core.device.reply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.minerops.core.device.internal.wire.ReplyStatus;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one device has answered so far, by command. Only replies that were not refused are here. Not
 * thread-safe. */
public final class DeviceReplies {
    private final Map<Command, JsonNode> roots;
    /** What was looked up before: families look the same sections up again and again. Not for more than one thread. */
    private final Map<Command, Fields> sections = new EnumMap<>(Command.class);

    private final Unreadable unreadable = new Unreadable();
    private final int repairs;
    private @Nullable String description;

    private DeviceReplies(Map<Command, JsonNode> roots, int repairs) {
        this.roots = roots;
        this.repairs = repairs;
    }

    /** No replies. */
    public static DeviceReplies none() {
        return new DeviceReplies(Map.of(), 0);
    }

    /** These replies and one more. */
    public DeviceReplies with(Command command, JsonNode root) {
        Map<Command, JsonNode> more = new EnumMap<>(Command.class);
        more.putAll(roots);
        more.put(command, root);
        return new DeviceReplies(more, repairs);
    }

    /** These replies, with the number of repaired faults. */
    public DeviceReplies withRepairs(int more) {
        return new DeviceReplies(roots, repairs + more);
    }

    /** The values that look like numbers and are none, of all fields that were looked up so far. */
    public Unreadable unreadable() {
        return unreadable;
    }

    /** Number of repaired faults. */
    public int repairs() {
        return repairs;
    }

    /** The commands that were answered. */
    public Set<Command> answered() {
        return Collections.unmodifiableSet(roots.keySet());
    }

    /** The data of a command's reply; no fields where it was not answered. */
    public Fields section(Command command) {
        Fields known = sections.get(command);
        if (known == null) {
            known = sectionOf(command);
            if (command == Command.STATS && roots.containsKey(Command.STATS_NEW)) {
                known = AntminerNewApi.complete(known, section(Command.STATS_NEW));
            }
            sections.put(command, known);
        }
        return known;
    }

    private Fields sectionOf(Command command) {
        JsonNode data = roots.getOrDefault(command, MissingNode.getInstance());
        JsonNode parent = data;
        for (String key : command.section()) {
            parent = data;
            data = data.path(key);
        }
        boolean numbered = data.isMissingNode() && command.section().size() == 1;
        String name = command == Command.POOLS
                ? "POOL"
                : command.section().isEmpty() ? "" : command.section().get(0);
        return numbered ? Fields.numbered(parent, name, unreadable) : Fields.of(data, unreadable);
    }

    /** All of a command's reply, of which its data are a part; no fields where it was not answered. */
    public Fields whole(Command command) {
        return Fields.of(roots.getOrDefault(command, MissingNode.getInstance()), unreadable);
    }

    /** What the firmware calls itself in the status of its replies, empty where it does not. */
    public String description() {
        String known = description;
        if (known == null) {
            known = firstDescription();
            description = known;
        }
        return known;
    }

    private String firstDescription() {
        for (JsonNode root : roots.values()) {
            String description = ReplyStatus.of(root).description();
            if (description != null) {
                return description;
            }
        }
        return "";
    }

    /** Whether the firmware calls itself so: a key of its version, or the status of its replies, begins so. */
    public boolean isNamed(String program) {
        return section(Command.VERSION).keyed(program) != null
                || description().regionMatches(true, 0, program, 0, program.length());
    }

    /** The device's name of its type: those of its statistics before those of its version. */
    public @Nullable String type() {
        String ofStats = section(Command.STATS).rawText("Type");
        return ofStats != null ? ofStats : section(Command.VERSION).rawText("Type");
    }

    /** The first field of version or stats whose key begins so, as {@code key value}; null where there is none. */
    public @Nullable String software(String keyPrefix) {
        String ofVersion = section(Command.VERSION).keyed(keyPrefix);
        return ofVersion != null ? ofVersion : section(Command.STATS).keyed(keyPrefix);
    }

    /** Whether there is anything measured in the replies. */
    public boolean hasMeasurements() {
        return roots.keySet().stream()
                .anyMatch(command -> command.measures() && !section(command).isEmpty());
    }
}
