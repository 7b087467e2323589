package io.minerops.core.device.internal.net;

import io.minerops.api.miner.MinerAddress;
import java.util.LinkedHashSet;
import java.util.Set;

/** The readings that wait for devices of one subnet, and how many are under way there. */
final class Subnet {
    final String name;
    final RateLimiter pace;
    final Set<PendingReading> waiting = new LinkedHashSet<>();
    int underWay;
    boolean queued;

    Subnet(String name, RateLimiter pace) {
        this.name = name;
        this.pace = pace;
    }

    /** The subnet of a device: a /24 of IPv4, the first four groups of IPv6, the domain of a name. */
    static String of(MinerAddress miner) {
        String host = miner.host();
        if (host.indexOf(':') >= 0) {
            int end = host.indexOf(':');
            for (int groups = 1; groups < 4 && host.indexOf(':', end + 1) >= 0; groups++) {
                end = host.indexOf(':', end + 1);
            }
            return host.substring(0, end);
        }
        boolean numeric = HostLookup.isDotted(host);
        int dot = numeric ? host.lastIndexOf('.') : host.indexOf('.');
        return dot < 0 ? host : numeric ? host.substring(0, dot) : host.substring(dot + 1);
    }
}
