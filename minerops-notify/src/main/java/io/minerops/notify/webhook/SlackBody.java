package io.minerops.notify.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.notify.internal.Message;
import io.minerops.notify.internal.PlainText;
import io.minerops.notify.internal.PlainText.Escape;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The body for a Slack incoming webhook. Whatever a device or a person wrote stands in {@code plain_text} objects, in
 * which neither mentions nor formats work; only the configured link is {@code mrkdwn}.
 */
final class SlackBody {
    /** The most characters of a header. */
    static final int MAX_HEADER = 150;

    /** The most characters of a section. */
    static final int MAX_SECTION = 3_000;

    /** The most blocks. */
    static final int MAX_BLOCKS = 50;

    private SlackBody() {}

    static ObjectNode of(Message message) {
        ObjectNode body = WebhookBody.NODES.objectNode();
        // the text of the notification on a phone; the channel shows the blocks instead
        body.put("text", PlainText.escaped(message.title(), MAX_SECTION, Escape.SLACK));
        body.put("mrkdwn", false);
        ArrayNode blocks = body.putArray("blocks");
        plain(blocks, "header", PlainText.escaped(message.title(), MAX_HEADER, Escape.SLACK));
        plain(blocks, "section", PlainText.escaped(message.text(), MAX_SECTION, Escape.SLACK));
        List<String> listed = message.listed(MAX_SECTION, Escape.SLACK);
        if (!listed.isEmpty()) {
            plain(blocks, "section", String.join("\n", listed));
        }
        String facts = message.facts().stream()
                .map(fact -> fact.name() + ": " + fact.value())
                .collect(Collectors.joining("\n"));
        if (!facts.isEmpty()) {
            plain(blocks, "section", PlainText.escaped(facts, MAX_SECTION, Escape.SLACK));
        }
        if (message.link() != null) {
            ObjectNode text = blocks.addObject().put("type", "section").putObject("text");
            text.put("type", "mrkdwn");
            String url = PlainText.escaped(message.link().toString(), MAX_SECTION, Escape.SLACK);
            text.put("text", "<" + url + "|Open the dashboard>");
        }
        return body;
    }

    private static void plain(ArrayNode blocks, String type, String text) {
        ObjectNode node = blocks.addObject().put("type", type).putObject("text");
        node.put("type", "plain_text");
        node.put("text", text.isBlank() ? "–" : text);
        node.put("emoji", false);
    }
}
