package io.minerops.server.http.guard;

import java.util.HashMap;
import java.util.Map;

/** The requests that are being answered: bounded in total, and for each client so that others are answered beside it. */
public final class RunningRequests {
    private final int max;
    private final int maxPerClient;
    private final Map<String, Integer> byClient = new HashMap<>();
    private int total;

    public RunningRequests(int max, int maxPerClient) {
        this.max = max;
        this.maxPerClient = maxPerClient;
    }

    /** Whether one more request of the client may be answered now; then {@link #end} must follow. */
    public synchronized boolean tryBegin(String client) {
        int own = byClient.getOrDefault(client, 0);
        if (total >= max || own >= maxPerClient) {
            return false;
        }
        byClient.put(client, own + 1);
        total++;
        return true;
    }

    /** A request of the client has been answered. */
    public synchronized void end(String client) {
        byClient.computeIfPresent(client, (key, own) -> own == 1 ? null : own - 1);
        total--;
    }
}
