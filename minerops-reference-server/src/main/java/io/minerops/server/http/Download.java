package io.minerops.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's download: a part is read only when the one before has been taken. */
final class Download implements Callback {
    private static final Logger LOG = LoggerFactory.getLogger(Download.class);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private final HttpAnswer answer;
    private final BooleanSupplier admitted;
    private final Supplier<@Nullable String> parts;
    private final Duration partTimeout;
    private final Consumer<Download> whenOver;
    private volatile Scheduler.@Nullable Task timeout;

    /**
     * Not begun yet.
     *
     * @param admitted whether the client may still receive parts; checked before each
     */
    Download(
            HttpAnswer answer,
            BooleanSupplier admitted,
            Supplier<@Nullable String> parts,
            Duration partTimeout,
            Consumer<Download> whenOver) {
        this.answer = answer;
        this.admitted = admitted;
        this.parts = parts;
        this.partTimeout = partTimeout;
        this.whenOver = whenOver;
    }

    /** Begins; throws what the first part throws, which can then still be answered. */
    void begin(String contentType, String name) {
        String first;
        try {
            first = parts.get();
        } catch (RuntimeException | Error e) {
            whenOver.accept(this);
            throw e;
        }
        HttpFields.Mutable headers = answer.headers();
        headers.put(HttpHeader.CONTENT_TYPE, contentType);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put("Content-Disposition", Downloads.disposition(name));
        answer.begin(200);
        write(first);
    }

    @Override
    public void succeeded() {
        stopTimeout();
        try {
            answer.request().getComponents().getExecutor().execute(this::step);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** The client has gone. */
    @Override
    public void failed(Throwable cause) {
        fail(cause);
    }

    /** Ends the connection, so that the client does not take what it has for the whole; safe to call twice. */
    void fail(Throwable cause) {
        stopTimeout();
        whenOver.accept(this);
        answer.abort(cause);
    }

    private void step() {
        try {
            if (admitted.getAsBoolean()) {
                write(parts.get());
            } else {
                fail(new IllegalStateException("the client is no longer admitted"));
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("a download ends before its file is whole", e);
            fail(e);
        }
    }

    private void write(@Nullable String part) {
        if (part == null) {
            whenOver.accept(this);
            answer.endWith(NOTHING.duplicate());
            return;
        }
        timeout = answer.request()
                .getComponents()
                .getScheduler()
                .schedule(this::tooSlow, partTimeout.toMillis(), TimeUnit.MILLISECONDS);
        answer.write(ByteBuffer.wrap(part.getBytes(StandardCharsets.US_ASCII)), this);
    }

    private void tooSlow() {
        fail(new TimeoutException("the client did not take a part within " + partTimeout));
    }

    private void stopTimeout() {
        Scheduler.Task task = timeout;
        if (task != null) {
            task.cancel();
        }
    }
}
