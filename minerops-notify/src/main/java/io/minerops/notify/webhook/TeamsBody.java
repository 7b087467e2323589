package io.minerops.notify.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.notify.internal.Message;
import io.minerops.notify.internal.Message.Fact;
import io.minerops.notify.internal.PlainText;
import io.minerops.notify.internal.PlainText.Escape;

/**
 * The body for a Teams Workflow: an Adaptive Card whose texts are text runs, which unlike text blocks do not read
 * Markdown.
 */
final class TeamsBody {
    /** The most bytes of a body. */
    static final int MAX_BYTES = 28 * 1024;

    /** The most characters of a group's lines: at most 3 bytes each, they leave half of the body for the rest. */
    private static final int MAX_LISTED = 4_000;

    private static final int MAX_FACTS = 8;

    private TeamsBody() {}

    static ObjectNode of(Message message) {
        ObjectNode body = WebhookBody.NODES.objectNode();
        body.put("type", "message");
        ObjectNode attachment = body.putArray("attachments").addObject();
        attachment.put("contentType", "application/vnd.microsoft.card.adaptive");
        attachment.putNull("contentUrl");
        ObjectNode card = attachment.putObject("content");
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        card.put("type", "AdaptiveCard");
        card.put("version", "1.4");
        ArrayNode blocks = card.putArray("body");
        ObjectNode title = run(blocks, PlainText.cut(message.title(), PlainText.MAX_CHARACTERS));
        title.put("weight", "bolder");
        title.put("size", "medium");
        title.put("color", colour(message.tone()));
        run(blocks, PlainText.cut(message.text(), PlainText.MAX_CHARACTERS));
        message.listed(MAX_LISTED, Escape.NONE).forEach(line -> run(blocks, line));
        for (Fact fact : message.facts().stream().limit(MAX_FACTS).toList()) {
            run(blocks, fact.name() + ": " + PlainText.cut(fact.value(), PlainText.MAX_CHARACTERS));
        }
        if (message.link() != null) {
            ObjectNode open = card.putArray("actions").addObject();
            open.put("type", "Action.OpenUrl");
            open.put("title", "Open the dashboard");
            open.put("url", message.link().toString());
        }
        return body;
    }

    private static ObjectNode run(ArrayNode blocks, String text) {
        ObjectNode run = blocks.addObject()
                .put("type", "RichTextBlock")
                .putArray("inlines")
                .addObject();
        run.put("type", "TextRun");
        run.put("text", text.isBlank() ? "–" : text);
        return run;
    }

    private static String colour(Message.Tone tone) {
        return switch (tone) {
            case CRITICAL -> "attention";
            case WARNING -> "warning";
            case INFO -> "accent";
            case RESOLVED -> "good";
            case TEST -> "default";
        };
    }
}
