package io.minerops.notify.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. */
@FunctionalInterface
interface HostResolver {
    /** Queries the operating system, through the platform's short-lived cache. */
    HostResolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /** All addresses of the host, at least one. */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
