package io.minerops.server.http.gateway;

import io.minerops.server.http.HttpFailure;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/** Takes a body as it comes, within bounds and within a time, and without a thread that waits for it. */
final class BodyReader implements Runnable {
    /** How much of a body that is too large is read on and thrown away, so that its sender sees the answer, bytes. */
    private static final long MAX_DRAINED_BYTES = 1024 * 1024;

    private final Request request;
    private final int maxBytes;
    private final Duration time;
    private final Consumer<byte[]> whole;
    private final Consumer<Throwable> failed;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Scheduler.Task deadline;
    private long received;
    private boolean over;

    private BodyReader(
            Request request, int maxBytes, Duration time, Consumer<byte[]> whole, Consumer<Throwable> failed) {
        this.request = request;
        this.maxBytes = maxBytes;
        this.time = time;
        this.whole = whole;
        this.failed = failed;
        this.deadline =
                request.getComponents().getScheduler().schedule(this::expire, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Reads a request's body.
     *
     * @param maxBytes the largest that is taken
     * @param time the longest that it may take
     * @param whole is given all of it
     * @param failed is given why there is none: an {@link HttpFailure} 413 or 408, or what broke the connection
     */
    static void read(Request request, int maxBytes, Duration time, Consumer<byte[]> whole, Consumer<Throwable> failed) {
        new BodyReader(request, maxBytes, time, whole, failed).run();
    }

    /** Takes what has come, and is called again when more has. */
    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                fail(chunk.getFailure());
                return;
            }
            take(chunk);
            boolean last = chunk.isLast();
            chunk.release();
            if (last || isHopeless()) {
                finish();
                return;
            }
        }
    }

    private void take(Content.Chunk chunk) {
        received += chunk.remaining();
        if (received <= maxBytes) {
            byte[] part = new byte[chunk.remaining()];
            chunk.getByteBuffer().get(part);
            bytes.writeBytes(part);
        }
    }

    /** Whether the sender must get a response while it is still sending. */
    private boolean isHopeless() {
        HttpField length = request.getHeaders().getField(HttpHeader.CONTENT_LENGTH);
        long announced = length == null ? received : length.getLongValue();
        return Math.max(announced, received) > maxBytes + MAX_DRAINED_BYTES;
    }

    private void finish() {
        if (received > maxBytes || isHopeless()) {
            HttpFailure failure = HttpFailure.of(413, "the body must have at most " + maxBytes + " bytes");
            fail(isHopeless() ? failure.with("Connection", "close") : failure);
        } else if (end()) {
            whole.accept(bytes.toByteArray());
        }
    }

    private void expire() {
        // on a thread that may wait, as everything that answers
        request.getComponents()
                .getExecutor()
                .execute(() -> fail(HttpFailure.of(408, "the body took longer than " + time.toMillis() + " ms")
                        .with("Connection", "close")));
    }

    private void fail(Throwable cause) {
        if (end()) {
            failed.accept(cause instanceof TimeoutException ? HttpFailure.of(408, "the body did not come") : cause);
        }
    }

    /** Whether this is the first end; there is one only. */
    private synchronized boolean end() {
        boolean first = !over;
        over = true;
        deadline.cancel();
        return first;
    }
}
