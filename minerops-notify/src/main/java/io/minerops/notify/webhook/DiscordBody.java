package io.minerops.notify.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.notify.internal.Message;
import io.minerops.notify.internal.Message.Fact;
import io.minerops.notify.internal.PlainText;
import io.minerops.notify.internal.PlainText.Escape;
import java.time.Instant;

/** The body for a Discord webhook: Markdown is escaped, and {@code allowed_mentions} prevents mentions. */
final class DiscordBody {
    /** The most characters of the content. */
    static final int MAX_CONTENT = 2_000;

    /** The most characters of all texts of an embed together. */
    static final int MAX_EMBED = 6_000;

    private static final int MAX_TITLE = 256;
    private static final int MAX_DESCRIPTION = 3_000;
    private static final int MAX_FIELDS = 8;
    private static final int MAX_FIELD_NAME = 24;
    private static final int MAX_FIELD_VALUE = 300;

    private DiscordBody() {}

    static ObjectNode of(Instant at, Message message) {
        ObjectNode body = WebhookBody.NODES.objectNode();
        body.put("content", shown(message.title(), MAX_CONTENT));
        ObjectNode embed = body.putArray("embeds").addObject();
        embed.put("title", shown(message.title(), MAX_TITLE));
        embed.put("description", description(message));
        embed.put("color", colour(message.tone()));
        embed.put("timestamp", at.toString());
        if (message.link() != null) {
            embed.put("url", message.link().toString());
        }
        ArrayNode fields = embed.putArray("fields");
        for (Fact fact : message.facts()) {
            if (fields.size() < MAX_FIELDS) {
                ObjectNode field = fields.addObject();
                field.put("name", shown(fact.name(), MAX_FIELD_NAME));
                field.put("value", shown(fact.value(), MAX_FIELD_VALUE));
                field.put("inline", fact.value().length() < 40);
            }
        }
        body.putObject("allowed_mentions").putArray("parse");
        return body;
    }

    private static String description(Message message) {
        String text = shown(message.text(), MAX_DESCRIPTION);
        String listed = String.join("\n", message.listed(MAX_DESCRIPTION - text.length() - 1, Escape.DISCORD));
        return listed.isEmpty() ? text : text + "\n" + listed;
    }

    /** Discord refuses texts that are empty. */
    private static String shown(String text, int max) {
        return text.isBlank() ? "–" : PlainText.escaped(text, max, Escape.DISCORD);
    }

    private static int colour(Message.Tone tone) {
        return switch (tone) {
            case CRITICAL -> 0xC62828;
            case WARNING -> 0xEF6C00;
            case INFO -> 0x1565C0;
            case RESOLVED -> 0x2E7D32;
            case TEST -> 0x616161;
        };
    }
}
