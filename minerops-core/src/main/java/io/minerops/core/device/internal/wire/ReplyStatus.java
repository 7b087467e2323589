package io.minerops.core.device.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a reply says of itself.
 *
 * @param letter S success, W warning, I information, E error, F fatal; empty where the reply does not say
 * @param code the CGMiner message code, or -1 where it gives none
 * @param message the device's text, already cleaned
 * @param description the firmware's own name, already cleaned
 */
public record ReplyStatus(
        String letter,
        int code,
        @Nullable String message,
        @Nullable String description) {
    private static final int ACCESS_DENIED = 45;
    /** Of Whatsminer's third API. */
    private static final int NO_PERMISSION = -4;

    /** The status of a reply, which is an array of one or, on some devices, a plain letter beside its fields. */
    public static ReplyStatus of(JsonNode reply) {
        JsonNode status = reply.path("STATUS");
        if (status.isMissingNode() && reply.path("code").isInt() && reply.has("msg")) {
            return ofThirdWhatsminerApi(reply);
        }
        JsonNode fields = status.isArray() ? status.path(0) : status.isObject() ? status : reply;
        return new ReplyStatus(
                fields.path("STATUS").asText(""),
                fields.path("Code").asInt(-1),
                DeviceText.clean(fields.path("Msg").asText("")),
                DeviceText.clean(fields.path("Description").asText("")));
    }

    private static ReplyStatus ofThirdWhatsminerApi(JsonNode reply) {
        int code = reply.path("code").intValue();
        return new ReplyStatus(
                code == 0 ? "S" : "E",
                code == NO_PERMISSION ? ACCESS_DENIED : code,
                DeviceText.clean(reply.path("msg").asText("")),
                null);
    }

    /** Whether the command was refused, for whatever reason. */
    public boolean refused() {
        return letter.equals("E") || letter.equals("F");
    }

    /** Whether it was refused because the caller lacks permission. */
    public boolean accessDenied() {
        return refused() && code == ACCESS_DENIED;
    }
}
