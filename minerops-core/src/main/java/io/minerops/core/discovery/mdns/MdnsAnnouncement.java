package io.minerops.core.discovery.mdns;

/**
 * A device that announces a service on the local network.
 *
 * @param name what it calls itself, as it says it: at most 63 bytes, free of control characters
 * @param address its address, as it says it: an IPv4 or IPv6 address
 */
public record MdnsAnnouncement(String name, String address) {}
