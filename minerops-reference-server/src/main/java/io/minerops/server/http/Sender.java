package io.minerops.server.http;

import io.minerops.server.access.Caller;

/**
 * Whom an answer goes to.
 *
 * @param caller who it is
 * @param address the client by which requests are counted
 * @param secure whether nobody between can read along
 */
record Sender(Caller caller, String address, boolean secure) {}
