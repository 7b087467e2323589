package io.minerops.server.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;

/**
 * The description of the REST interface: an OpenAPI 3.1 document. It is put together from its parts on the class path
 * when it is first asked for, and stays the same from then on.
 */
public final class ApiDescription {
    /** Where it is served. */
    public static final String PATH = "/openapi.json";

    private ApiDescription() {}

    /** The document; the caller may change it. */
    public static ObjectNode document() {
        return Once.DOCUMENT.deepCopy();
    }

    /** {@code GET /openapi.json}, for everybody. */
    public static Route route() {
        return Route.get(PATH, request -> Once.REPLY).withoutToken();
    }

    /** Initialised at its first use, so that a server that nobody asks does not read it. */
    private static final class Once {
        static final ObjectNode DOCUMENT = DescriptionParts.read().document();
        static final Reply REPLY = Reply.kept("application/json", bytes(DOCUMENT));

        private static byte[] bytes(ObjectNode document) {
            try {
                return new ObjectMapper().writeValueAsBytes(document);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a tree of plain values can be written", e);
            }
        }
    }
}
