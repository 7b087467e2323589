package io.minerops.server.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that is answered with an error: a status, one clear sentence and, where one is at fault, a field. */
public final class HttpFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String field;
    private final transient Map<String, String> headers;

    private HttpFailure(int status, String error, @Nullable String field, Map<String, String> headers) {
        super(error, null, false, false);
        this.status = status;
        this.field = field;
        this.headers = Map.copyOf(headers);
    }

    /** A failure where no field is at fault. */
    public static HttpFailure of(int status, String error) {
        return new HttpFailure(status, error, null, Map.of());
    }

    /** A failure of one field. */
    public static HttpFailure of(int status, String error, String field) {
        return new HttpFailure(status, error, field, Map.of());
    }

    /** There is nothing of that name. */
    public static HttpFailure notFound(String what) {
        return of(404, what);
    }

    /** The same failure with a header. */
    public HttpFailure with(String name, String value) {
        return new HttpFailure(status, error(), field, Map.of(name, value));
    }

    int status() {
        return status;
    }

    String error() {
        return String.valueOf(getMessage());
    }

    @Nullable
    String field() {
        return field;
    }

    Map<String, String> headers() {
        return headers;
    }
}
