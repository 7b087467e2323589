package io.minerops.testkit.fleet.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;

/** A request of a client. Requests are JSON; the protocol's older plain-text form is understood only so far as to be refused. */
public sealed interface Request {
    /**
     * Commands to answer, one or several that the client joined by {@code +}.
     *
     * @param names in lower case, as requested
     * @param parameter what goes with them; empty where nothing does
     * @param newApi whether the newer form is requested, which some firmwares have
     */
    record Commands(List<String> names, String parameter, boolean newApi) implements Request {
        public Commands {
            names = List.copyOf(names);
        }
    }

    /** A request in JSON that is cut, or is none. */
    record InvalidJson() implements Request {}

    /** A JSON request that names no command. */
    record NoCommand() implements Request {}

    /** A request that is not JSON. */
    record PlainText() implements Request {}

    /** Reads what came in one piece, as CGMiner does: what comes later belongs to no request. */
    static Request parse(String text) {
        String stripped = text.replace("\0", "").strip();
        if (!stripped.startsWith("{")) {
            return new PlainText();
        }
        JsonNode root;
        try {
            root = Json.MAPPER.readTree(stripped);
        } catch (JsonProcessingException notJson) {
            return new InvalidJson();
        }
        String command = root.path("command").asText("");
        return command.isBlank()
                ? new NoCommand()
                : new Commands(
                        List.of(command.toLowerCase(Locale.ROOT).split("\\+", -1)),
                        root.path("parameter").asText(""),
                        root.path("new_api").asBoolean());
    }

    /** Holds the mapper, which an interface could not keep to itself. */
    final class Json {
        private static final ObjectMapper MAPPER = new ObjectMapper();

        private Json() {}
    }
}
