package io.minerops.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.util.Callback;

/**
 * One client's stream. At most one write is under way; what happens meanwhile waits, one entry for each name of an
 * event, so what waits is bounded by the names that there are.
 */
public final class EventStream implements Callback {
    /** A comment, which clients ignore. */
    private static final String COMMENT = "";

    private final HttpAnswer answer;
    private final BooleanSupplier admitted;
    private final Map<String, String> waiting = new LinkedHashMap<>();
    private Consumer<EventStream> whenOver = stream -> {};
    private boolean writing;
    private boolean ending;
    private boolean over;

    /**
     * Not begun yet.
     *
     * @param admitted whether the client may still receive events; checked at each heartbeat
     */
    public EventStream(HttpAnswer answer, BooleanSupplier admitted) {
        this.answer = answer;
        this.admitted = admitted;
    }

    void begin(Consumer<EventStream> atEnd) {
        whenOver = atEnd;
        HttpFields.Mutable headers = answer.headers();
        headers.put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        // a proxy such as nginx must not gather what is to be seen at once
        headers.put("X-Accel-Buffering", "no");
        answer.whenClientEnds(() -> clientLeft(new EofException("the client ended the stream")));
        answer.begin(200);
        offer(COMMENT, "open");
    }

    void beat() {
        if (admitted.getAsBoolean()) {
            offer(COMMENT, "");
        } else {
            end();
        }
    }

    void offer(String event, String data) {
        synchronized (this) {
            if (over || ending) {
                return;
            }
            waiting.put(event, data);
            if (writing) {
                return;
            }
            writing = true;
        }
        write();
    }

    /** Ends the answer after a write under way. */
    void end() {
        synchronized (this) {
            if (over || ending) {
                return;
            }
            ending = true;
            if (writing) {
                return;
            }
            writing = true;
        }
        write();
    }

    @Override
    public void succeeded() {
        synchronized (this) {
            if (waiting.isEmpty() && !ending) {
                writing = false;
                return;
            }
        }
        write();
    }

    /** The client has gone or takes nothing. */
    @Override
    public void failed(Throwable cause) {
        clientLeft(cause);
    }

    private void clientLeft(Throwable cause) {
        finish();
        answer.abort(cause);
    }

    private void write() {
        StringBuilder text = new StringBuilder();
        boolean last;
        synchronized (this) {
            waiting.forEach((event, data) -> text.append(
                    event.equals(COMMENT) ? ": " + data + "\n\n" : "event: " + event + "\ndata: " + data + "\n\n"));
            waiting.clear();
            last = ending;
        }
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        if (last) {
            finish();
            answer.endWith(bytes);
        } else {
            answer.write(bytes, this);
        }
    }

    private void finish() {
        synchronized (this) {
            over = true;
        }
        whenOver.accept(this);
    }
}
