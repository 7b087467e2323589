package io.minerops.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.jspecify.annotations.Nullable;

/**
 * What is answered.
 *
 * @param status the HTTP status
 * @param contentType the media type; null without a body
 * @param body the body, which knows its compressed form too
 * @param headers further headers, without those that the body brings along
 * @param stream takes over where the answer goes on, and the rest counts for HEAD alone; null otherwise
 */
public record Reply(
        int status,
        @Nullable String contentType,
        Body body,
        HttpFields headers,
        @Nullable Streaming stream) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** May be kept, but is revalidated each time. */
    private static final String REVALIDATED = "no-cache";

    private static final HttpFields NO_STORE =
            HttpFields.from(new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"));

    /** A whole answer. */
    private Reply(int status, @Nullable String contentType, Body body, HttpFields headers) {
        this(status, contentType, body, headers, null);
    }

    /** Takes over an answer that goes on, and writes all of it. */
    @FunctionalInterface
    public interface Streaming {
        /**
         * Begins.
         *
         * @param admitted whether the client would still be let in
         * @throws HttpFailure where the answer is an error; only before its first write
         */
        void begin(HttpAnswer answer, BooleanSupplier admitted);
    }

    /** An answer that goes on. */
    static Reply streaming(String contentType, Streaming stream) {
        return new Reply(200, contentType, Body.NONE, NO_STORE, stream);
    }

    /** An object with status 200. */
    public static Reply json(JsonObject object) {
        return json(200, object);
    }

    /** An object that no cache may keep. */
    public static Reply json(int status, JsonObject object) {
        try {
            return new Reply(status, "application/json", Body.of(MAPPER.writeValueAsBytes(object.node())), NO_STORE);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can be written", e);
        }
    }

    /** A page made for this request. */
    public static Reply html(String page) {
        return new Reply(200, "text/html; charset=utf-8", Body.of(page), NO_STORE);
    }

    /** A text of that media type, made for this request. */
    public static Reply text(String contentType, String text) {
        return new Reply(200, contentType, Body.of(text), NO_STORE);
    }

    /**
     * The same answer with a version, for revalidation; clients revalidate each time, and no cache that
     * is shared keeps it.
     *
     * @param version printable ASCII without quotation marks; equal versions mean the same, not the same bytes
     */
    public Reply versioned(String version) {
        body.compressed();
        return new Reply(status, contentType, body, keptHeaders("W/\"" + version + '"', "private, " + REVALIDATED));
    }

    /** What is the same for every request: it may be kept, but is revalidated each time by its {@code ETag}. */
    public static Reply kept(String contentType, byte[] body) {
        return new Reply(200, contentType, Body.of(body).compressed(), keptHeaders(etag(body), REVALIDATED));
    }

    /** Encoded once, for an answer that is sent many times. */
    private static HttpFields keptHeaders(String etag, String cacheControl) {
        return HttpFields.from(
                new PreEncodedHttpField(HttpHeader.ETAG, etag),
                new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, cacheControl));
    }

    private static String etag(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            // weak, because the compressed form has it too
            return "W/\"" + HexFormat.of().formatHex(digest, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Another path on this server. */
    public static Reply redirect(String path) {
        return new Reply(302, null, Body.NONE, HttpFields.from(new HttpField(HttpHeader.LOCATION, path)));
    }

    /** No body. */
    public static Reply empty(int status) {
        return new Reply(status, null, Body.NONE, HttpFields.EMPTY);
    }

    /** The envelope of a failure. */
    public static Reply failure(HttpFailure failure) {
        JsonObject envelope = JsonObject.object().flag("ok", false).text("error", failure.error());
        if (failure.field() != null) {
            envelope.text("field", failure.field());
        }
        Reply reply = json(failure.status(), envelope);
        for (var header : failure.headers().entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        return reply;
    }

    /** The same reply with one more header. */
    public Reply with(String name, String value) {
        return new Reply(
                status,
                contentType,
                body,
                HttpFields.build(headers).put(name, value).asImmutable(),
                stream);
    }
}
