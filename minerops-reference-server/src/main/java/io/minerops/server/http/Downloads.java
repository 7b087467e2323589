package io.minerops.server.http;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Files that are made while they are sent, to a bounded number of clients. Between two parts a download holds no thread,
 * and a client that takes a part too slowly loses its download, so none holds a slot for ever.
 */
public final class Downloads implements AutoCloseable {
    /** How many downloads run at a time. */
    public static final int MAX = 4;

    /** How many of them are of one client. */
    public static final int MAX_PER_CLIENT = 2;

    /** How long a client may take for one part, at most about 1 MB. */
    public static final Duration PART_TIMEOUT = Duration.ofSeconds(60);

    private final ClientSlots<Download> slots;
    private final Duration partTimeout;

    /**
     * No download yet.
     *
     * @param max the most that run at a time
     * @param maxPerClient the most of one client
     * @param partTimeout how long a client may take for one part
     */
    public Downloads(int max, int maxPerClient, Duration partTimeout) {
        slots = new ClientSlots<>(max, maxPerClient, "downloads", "try again later");
        this.partTimeout = partTimeout;
    }

    /**
     * The reply that begins a download. A part that fails after the first ends the connection, so that the client sees that
     * its file is not whole.
     *
     * @param name of the file, ASCII without quotation marks
     * @param parts gives ASCII text, one part after another, and null after the last; called on threads that may wait
     * @throws HttpFailure with {@code Retry-After}: 429 where the client has too many under way, 503 where there are too
     *     many in total or the server stops
     */
    public Reply reply(ApiRequest request, String contentType, String name, Supplier<@Nullable String> parts) {
        String client = request.sender().countedAs();
        HttpFailure refusal = slots.refusal(client);
        if (refusal != null) {
            throw refusal;
        }
        return Reply.streaming(contentType, (answer, admitted) -> {
                    Download download = new Download(answer, admitted, parts, partTimeout, slots::free);
                    HttpFailure taken = slots.begin(download, client, () -> {});
                    if (taken != null) {
                        throw taken;
                    }
                    download.begin(contentType, name);
                })
                .with("Content-Disposition", disposition(name));
    }

    static String disposition(String name) {
        return "attachment; filename=\"" + name + '"';
    }

    /** How many are under way. */
    public int size() {
        return slots.open().size();
    }

    /** Ends all downloads, whose files then are not whole, and takes no more. */
    @Override
    public void close() {
        slots.close();
        List.copyOf(slots.open()).forEach(download -> download.fail(new IllegalStateException("the server stops")));
    }
}
