package io.minerops.server.http.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.minerops.api.internal.Check;
import io.minerops.server.http.Fields;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.Query;
import io.minerops.server.http.Route;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields.Field;
import org.jspecify.annotations.Nullable;

/** Reads queries and bodies strictly and within bounds. */
final class RequestReader {
    private static final ObjectReader READER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build()
            .readerFor(JsonNode.class)
            .without(JsonParser.Feature.ALLOW_COMMENTS);

    private RequestReader() {}

    /** The query's parameters; each must be known, be given once and have a value. */
    static Query query(Request request, Set<String> known) {
        if (request.getHttpURI().getQuery() == null) {
            return new Query(Map.of());
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Field field : parameters(request)) {
            String name = field.getName();
            if (!known.contains(name)) {
                throw HttpFailure.of(
                        400, "unknown query parameter " + Check.quote(name) + "; " + knownNames(known), cut(name));
            }
            if (field.getValues().size() > 1) {
                throw HttpFailure.of(
                        400,
                        name + " must be given once, not " + field.getValues().size() + " times",
                        name);
            }
            String value = field.getValue();
            if (value == null || value.isBlank()) {
                throw HttpFailure.of(400, name + " must have a value or be left out", name);
            }
            values.put(name, value);
        }
        return new Query(values);
    }

    private static org.eclipse.jetty.util.Fields parameters(Request request) {
        try {
            return Request.extractQueryParameters(request);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw HttpFailure.of(400, "the query is not valid: it must be UTF-8, percent-encoded");
        }
    }

    /** Whether a request on the route has a body that is read. */
    static boolean takesBody(Route route) {
        return !route.method().equals("GET") && !route.method().equals("DELETE");
    }

    /** The body's fields; an empty object where the route takes none or none was sent and none is required. */
    static Fields body(byte[] bytes, HttpFields headers, Route route) throws IOException {
        if (bytes.length == 0) {
            if (route.bodyRequired()) {
                throw HttpFailure.of(400, "the body must be a JSON object with " + knownNames(route.bodyFields()));
            }
            return new Fields(JsonNodeFactory.instance.objectNode());
        }
        checkMediaType(headers.get(HttpHeader.CONTENT_TYPE));
        ObjectNode object = parse(bytes);
        object.fieldNames().forEachRemaining(name -> {
            if (!route.bodyFields().contains(name)) {
                throw HttpFailure.of(
                        400, "unknown field " + Check.quote(name) + "; " + knownNames(route.bodyFields()), cut(name));
            }
        });
        return new Fields(object);
    }

    private static void checkMediaType(@Nullable String contentType) {
        String[] parts = contentType == null
                ? new String[] {""}
                : contentType.toLowerCase(Locale.ROOT).split(";", -1);
        boolean json = parts[0].strip().equals("application/json");
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            json &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
        }
        if (!json) {
            throw HttpFailure.of(
                    415,
                    "the body must be application/json in UTF-8, not "
                            + (contentType == null ? "of no type" : Check.quote(contentType)));
        }
    }

    private static ObjectNode parse(byte[] bytes) throws IOException {
        try {
            // decoded first, because the parser would take UTF-16 and UTF-32 too
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
            if (READER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
            throw HttpFailure.of(400, "the body must be a JSON object");
        } catch (CharacterCodingException e) {
            throw HttpFailure.of(400, "the body is not valid UTF-8");
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw HttpFailure.of(400, "the body is not valid JSON" + where);
        }
    }

    private static String knownNames(Set<String> known) {
        return known.isEmpty() ? "none is known here" : "known here: " + String.join(", ", known);
    }

    private static String cut(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }
}
