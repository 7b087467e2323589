package io.minerops.core.device.internal.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A session on a LuxOS device, without which it changes nothing. There is one at a time, and it ends by itself after a
 * minute (docs.luxor.tech).
 *
 * @param id letters, digits and {@code _-}, at most 64: it goes into requests as it is
 */
public record LuxosSession(String id) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** The session in the reply to {@code logon}; null where there is none that could go into a request. */
    public static @Nullable LuxosSession of(JsonNode reply) {
        String id = reply.path("SESSION").path(0).path("SessionID").asText("");
        return ID.matcher(id).matches() ? new LuxosSession(id) : null;
    }

    /** Without the id, which lets others act in the session. */
    @Override
    public String toString() {
        return "LuxosSession";
    }
}
