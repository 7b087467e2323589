package io.minerops.demo;

import io.minerops.server.http.JsonObject;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import io.minerops.server.http.StaticFiles;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What the catchers caught, newest first; of more than {@link #MOST} the oldest are forgotten. Thread-safe. */
final class Inbox {
    private static final int MOST = 200;
    private static final int MAX_TEXT = 8_000;

    private final InstantSource clock;
    private final Deque<Caught> messages = new ArrayDeque<>();
    private long caught;

    /** One message: its channel, its first line, and its text. */
    record Caught(Instant at, String channel, String subject, String text) {}

    Inbox(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void add(String channel, String subject, String text) {
        String cut = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
        messages.addFirst(new Caught(clock.instant(), channel, subject, cut));
        caught++;
        if (messages.size() > MOST) {
            messages.removeLast();
        }
    }

    /** The page and its data. */
    List<Route> routes() {
        StaticFiles pages = new StaticFiles("/io/minerops/demo/");
        return List.of(
                Route.get("/demo/inbox", pages.file("inbox.html")).withoutToken(),
                Route.get("/demo/inbox.js", pages.file("inbox.js")).withoutToken(),
                Route.get("/demo/messages", request -> list()).withoutToken());
    }

    private synchronized Reply list() {
        return Reply.json(JsonObject.ok()
                .whole("count", messages.size())
                .whole("caught", caught)
                .list(
                        "messages",
                        messages,
                        message -> JsonObject.object()
                                .time("at", message.at())
                                .text("channel", message.channel())
                                .text("subject", message.subject())
                                .text("text", message.text())));
    }
}
