package io.minerops.server.http;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;

/** Sends replies: compressed where that is worth it, as 304 where the sender has it already, without body for HEAD. */
public final class ReplyWriter {
    private static final List<String> COMPRESSIBLE =
            List.of("text/", "application/json", "application/openmetrics-text", "image/svg+xml");

    /** Scripts, styles and data of this server only; no page may frame it. */
    public static final HttpFields SECURITY_HEADERS = HttpFields.from(
            new PreEncodedHttpField(
                    "Content-Security-Policy",
                    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
                            + "frame-ancestors 'none'"),
            new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
            new PreEncodedHttpField("X-Frame-Options", "DENY"),
            new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
            new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"));

    private static final HttpField VARY = new PreEncodedHttpField(HttpHeader.VARY, "Accept-Encoding");
    private static final HttpField GZIP = new PreEncodedHttpField(HttpHeader.CONTENT_ENCODING, "gzip");

    private ReplyWriter() {}

    public static void send(HttpAnswer answer, Reply reply) {
        Request request = answer.request();
        boolean head = request.getMethod().equals("HEAD");
        HttpFields.Mutable headers = answer.headers();
        reply.headers().forEach(headers::put);
        String type = reply.contentType();
        boolean compressible = type != null
                && reply.body().gainsByCompression()
                && COMPRESSIBLE.stream().anyMatch(type::startsWith);
        if (compressible) {
            headers.add(VARY);
        }
        String etag = reply.headers().get(HttpHeader.ETAG);
        if (etag != null && knows(request, etag)) {
            answer.end(304);
            return;
        }
        if (type != null) {
            headers.add(HttpHeader.CONTENT_TYPE, type);
        }
        ByteBuffer body = reply.body().plain();
        if (compressible && takesGzip(request)) {
            body = reply.body().gzip();
            headers.add(GZIP);
        }
        if (reply.status() != 204) {
            headers.add(HttpHeader.CONTENT_LENGTH, body.remaining());
        }
        if (head) {
            answer.end(reply.status());
        } else {
            answer.end(reply.status(), body);
        }
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
}
