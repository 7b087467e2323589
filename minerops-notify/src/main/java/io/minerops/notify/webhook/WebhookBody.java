package io.minerops.notify.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.alert.WebhookFormat;
import io.minerops.api.notify.Notification;
import io.minerops.notify.internal.Message;

/** The body of a post, in the shape that a service takes. */
@FunctionalInterface
interface WebhookBody {
    /** Makes the nodes of all bodies. */
    JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The body of that notification, which says what that message says. */
    ObjectNode of(Notification notification, Message message);

    /** The shape of that format. */
    static WebhookBody in(WebhookFormat format) {
        return switch (format) {
            case GENERIC -> GenericBody::of;
            case SLACK -> (notification, message) -> SlackBody.of(message);
            case DISCORD -> (notification, message) -> DiscordBody.of(notification.at(), message);
            case TEAMS -> (notification, message) -> TeamsBody.of(message);
        };
    }

    /** The JSON of a body in UTF-8. */
    static byte[] bytes(JsonNode body) {
        try {
            return Json.MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree could not be written", e);
        }
    }

    /** Holds the mapper, which an interface could only have in public. */
    final class Json {
        private static final ObjectMapper MAPPER = new ObjectMapper();

        private Json() {}
    }
}
