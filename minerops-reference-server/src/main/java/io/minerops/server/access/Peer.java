package io.minerops.server.access;

import java.net.InetAddress;

/**
 * The other end of a request.
 *
 * @param address its address
 * @param secure whether what it sends is encrypted on its way
 */
public record Peer(InetAddress address, boolean secure) {}
