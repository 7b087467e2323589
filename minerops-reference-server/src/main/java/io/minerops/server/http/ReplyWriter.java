package io.minerops.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Sends replies: compressed where that is worth it, as 304 where the sender has it already, without body for HEAD. */
final class ReplyWriter {
    /** Below this size compression saves no packet, bytes. */
    private static final int MIN_COMPRESSED_BYTES = 1_024;

    private static final List<String> COMPRESSIBLE =
            List.of("text/", "application/json", "application/openmetrics-text", "image/svg+xml");

    /** Scripts, styles and data of this server only; no page may frame it. */
    static final Map<String, String> SECURITY_HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
                    + "frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin");

    private ReplyWriter() {}

    static void send(Request request, Response response, Callback callback, Reply reply) {
        boolean head = request.getMethod().equals("HEAD");
        if (reply.stream() != null && !head) {
            reply.stream().accept(new EventStream(request, response, callback));
            return;
        }
        HttpFields.Mutable headers = response.getHeaders();
        reply.headers().forEach(headers::put);
        String etag = reply.headers().get("ETag");
        if (etag != null && knows(request, etag)) {
            response.setStatus(304);
            callback.succeeded();
            return;
        }
        response.setStatus(reply.status());
        byte[] body = reply.body();
        String type = reply.contentType();
        if (type != null) {
            headers.put(HttpHeader.CONTENT_TYPE, type);
            if (body.length >= MIN_COMPRESSED_BYTES && COMPRESSIBLE.stream().anyMatch(type::startsWith)) {
                headers.add(HttpHeader.VARY, "Accept-Encoding");
                if (takesGzip(request)) {
                    body = gzip(body);
                    headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
                }
            }
        }
        if (reply.status() != 204) {
            headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        }
        response.write(true, head ? ByteBuffer.allocate(0) : ByteBuffer.wrap(body), callback);
    }

    private static boolean knows(Request request, String etag) {
        String known = request.getHeaders().get(HttpHeader.IF_NONE_MATCH);
        if (known == null) {
            return false;
        }
        String opaque = opaque(etag);
        for (String candidate : known.split(",", -1)) {
            if (candidate.strip().equals("*") || opaque(candidate.strip()).equals(opaque)) {
                return true;
            }
        }
        return false;
    }

    private static String opaque(String etag) {
        return etag.startsWith("W/") ? etag.substring(2) : etag;
    }

    private static boolean takesGzip(Request request) {
        for (String coding : request.getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING)) {
            if (coding.toLowerCase(Locale.ROOT).equals("gzip")) {
                return true;
            }
        }
        return false;
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException("compressing in memory", e);
        }
        return out.toByteArray();
    }
}
