package io.minerops.server.rest.changes;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How many events of a kind are stored one by one in an hour: in total, and for each client; the others are counted. */
final class HourQuota {
    private static final Duration HOUR = Duration.ofHours(1);

    private final int max;
    private final int maxPerClient;

    /** At most {@code max} clients, since only stored events are counted by client. */
    private final Map<String, Integer> byClient = new HashMap<>();

    private Instant hourEnds = Instant.EPOCH;
    private int stored;
    private int left;

    HourQuota(int max, int maxPerClient) {
        this.max = max;
        this.maxPerClient = maxPerClient;
    }

    /** Counts one more event. */
    synchronized Verdict count(Instant now, String client) {
        int leftBefore = 0;
        // a clock that was set back begins another hour, too
        if (!now.isBefore(hourEnds) || now.isBefore(hourEnds.minus(HOUR))) {
            leftBefore = left;
            hourEnds = now.plus(HOUR);
            stored = 0;
            left = 0;
            byClient.clear();
        }
        int own = byClient.getOrDefault(client, 0);
        boolean store = stored < max && own < maxPerClient;
        if (store) {
            stored++;
            byClient.put(client, own + 1);
        } else {
            left++;
        }
        return new Verdict(store, leftBefore);
    }

    /**
     * What to do with an event.
     *
     * @param store whether it is stored
     * @param leftBefore how many were not in the hour before, where this event is the first of another
     */
    record Verdict(boolean store, int leftBefore) {}
}
