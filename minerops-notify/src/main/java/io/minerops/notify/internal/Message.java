package io.minerops.notify.internal;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notification in plain terms, before a channel gives it its shape. All texts are single lines, not escaped.
 *
 * @param tone how it is to look
 * @param title what happened, at most {@link #MAX_TITLE} characters
 * @param text one or two sentences
 * @param facts names and values, in order
 * @param lines one per alert of a group, highest severity first; perhaps not all
 * @param total how many alerts the group has; 0 where it is no group
 * @param link where to see more; null where none is configured
 */
public record Message(
        Tone tone,
        String title,
        String text,
        List<Fact> facts,
        List<String> lines,
        int total,
        @Nullable URI link) {
    /** The longest title, in characters. */
    static final int MAX_TITLE = 140;

    /** How a message is to look. */
    public enum Tone {
        CRITICAL,
        WARNING,
        INFO,
        RESOLVED,
        TEST
    }

    /** A name and its value. */
    public record Fact(String name, String value) {}

    public Message {
        facts = List.copyOf(facts);
        lines = List.copyOf(lines);
    }

    /**
     * As many lines as fit, escaped, and after them how many alerts they leave out.
     *
     * @param budget the most characters, line ends included
     */
    public List<String> listed(int budget, PlainText.Escape escape) {
        List<String> listed = new ArrayList<>();
        int room = budget - more(total).length();
        for (String line : lines) {
            String escaped = PlainText.escaped(line, Integer.MAX_VALUE - 1, escape);
            room -= escaped.length() + 1;
            if (room < 0) {
                break;
            }
            listed.add(escaped);
        }
        if (listed.size() < total) {
            listed.add(more(total - listed.size()));
        }
        return listed;
    }

    private static String more(int count) {
        return "and " + count + " more";
    }
}
