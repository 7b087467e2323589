package io.minerops.server.http;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The only place that completes the answer to a request. An answer ends exactly once and always with a last write, an empty
 * one where there is no body: when Jetty's callback completes without a last write on another thread than the one that
 * still executes {@code handle()}, both threads complete the stream, and this answer or the next on the connection is lost.
 */
public final class HttpAnswer {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean begun;

    public HttpAnswer(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
    }

    /** The request that is answered. */
    public Request request() {
        return request;
    }

    /** The headers; to be changed before the first write. */
    public HttpFields.Mutable headers() {
        return response.getHeaders();
    }

    /** Whether its status can no longer be changed, since a part of it is written or being written. */
    public boolean hasBegun() {
        return begun;
    }

    /** Ends it without a body. */
    void end(int status) {
        end(status, NOTHING.duplicate());
    }

    /**
     * Ends it with the whole body.
     *
     * @throws IllegalStateException if it has ended before
     */
    void end(int status, ByteBuffer body) {
        claim();
        response.setStatus(status);
        response.write(true, body, callback);
    }

    /** Begins an answer that consists of several writes. */
    void begin(int status) {
        begun = true;
        response.setStatus(status);
    }

    /** Writes a part; {@code written} completes when the next may be written, and must {@link #abort} where it fails. */
    void write(ByteBuffer part, Callback written) {
        response.write(false, part, written);
    }

    /**
     * Ends an answer that went on with its last part.
     *
     * @throws IllegalStateException if it has ended before
     */
    void endWith(ByteBuffer last) {
        claim();
        response.write(true, last, callback);
    }

    /**
     * Calls {@code ended} once when the client ends the connection, or sends anything more, while an answer goes on that ends
     * only then. Without this the server would notice it at the second write after that. The connection is closed after such
     * an answer; to be called before the first write.
     */
    void whenClientEnds(Runnable ended) {
        headers().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        request.getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .tryFillInterested(Callback.from(ended, failure -> ended.run()));
    }

    /** Gives it up after a failed write, which closes the connection; has no effect on an answer that has ended. */
    public void abort(Throwable cause) {
        if (ended.compareAndSet(false, true)) {
            callback.failed(cause);
        }
    }

    private void claim() {
        if (!ended.compareAndSet(false, true)) {
            throw new IllegalStateException("answered twice: " + request.getMethod() + " "
                    + request.getHttpURI().getPath());
        }
        begun = true;
    }
}
