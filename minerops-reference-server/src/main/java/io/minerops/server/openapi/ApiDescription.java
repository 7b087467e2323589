package io.minerops.server.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.core.alert.RuleTypes;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import org.jspecify.annotations.Nullable;

/**
 * The description of the REST interface: an OpenAPI 3.1 document. It is put together from its parts on the class path
 * at its first request, and stays the same from then on.
 */
public final class ApiDescription {
    /** Where it is served. */
    public static final String PATH = "/openapi.json";

    private ApiDescription() {}

    /**
     * The document; the caller may change it.
     *
     * @param types the types of rules that the server knows
     */
    public static ObjectNode document(RuleTypes types) {
        ObjectNode document = DescriptionParts.read().document();
        ReadingParts.addTo(document);
        DescriptionFigures.addTo(document);
        RuleTypeParts.addTo(document, types);
        return document;
    }

    /**
     * {@code GET /openapi.json}, for everybody.
     *
     * @param types the types of rules that the server knows
     */
    public static Route route(RuleTypes types) {
        Once once = new Once(types);
        return Route.get(PATH, request -> once.reply()).withoutToken();
    }

    /** Made at its first use, so that it is read only if it is requested. */
    private static final class Once {
        private final RuleTypes types;
        private @Nullable Reply reply;

        Once(RuleTypes types) {
            this.types = types;
        }

        synchronized Reply reply() {
            Reply made = reply;
            if (made == null) {
                made = Reply.kept("application/json", bytes(document(types)));
                reply = made;
            }
            return made;
        }

        private static byte[] bytes(ObjectNode document) {
            try {
                return new ObjectMapper().writeValueAsBytes(document);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a tree of plain values can be written", e);
            }
        }
    }
}
