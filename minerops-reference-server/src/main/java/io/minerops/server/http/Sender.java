package io.minerops.server.http;

import io.minerops.server.access.Caller;
import io.minerops.server.access.Peer;

/**
 * Whom an answer goes to.
 *
 * @param caller what is known of who it is
 * @param peer where it comes from
 */
public record Sender(Caller caller, Peer peer) {
    /** By what requests are counted. */
    public String countedAs() {
        return Peers.countedAs(peer.address());
    }

    /** Whether the connection is confidential. */
    public boolean secure() {
        return peer.secure();
    }
}
