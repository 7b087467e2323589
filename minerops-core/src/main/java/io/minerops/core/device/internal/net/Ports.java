package io.minerops.core.device.internal.net;

import io.minerops.api.miner.MinerAddress;
import io.minerops.core.device.reply.Endpoint;

/**
 * On which port each endpoint of a device is.
 *
 * @param web of a device's web server, where that is not behind the port that its address names
 * @param whatsminer of Whatsminer's third API
 * @param auradine of Auradine's second web server
 */
public record Ports(int web, int whatsminer, int auradine) {
    /** Where devices have them as they come from their makers. */
    static final Ports USUAL =
            new Ports(Endpoint.WEB.usualPort(), Endpoint.WHATSMINER.usualPort(), Endpoint.AURADINE.usualPort());

    /**
     * The port to connect to.
     *
     * @param webHere whether a web server answers on the very port that the miner's address names
     */
    int of(Endpoint endpoint, MinerAddress miner, boolean webHere) {
        return switch (endpoint) {
            case CGMINER -> miner.port();
            case WEB -> webHere ? miner.port() : web;
            case WHATSMINER -> whatsminer;
            case AURADINE -> auradine;
        };
    }
}
