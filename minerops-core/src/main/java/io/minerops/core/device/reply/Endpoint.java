package io.minerops.core.device.reply;

/** A port on which devices answer, and the protocol that is spoken behind it. */
public enum Endpoint {
    /** The CGMiner API, on the port that a miner's address names. */
    CGMINER(4028),
    /** A web server. */
    WEB(80),
    /** Whatsminer's third API: each message is its length and then JSON. */
    WHATSMINER(4433),
    /** Auradine's second web server. */
    AURADINE(8080);

    private final int usualPort;

    Endpoint(int usualPort) {
        this.usualPort = usualPort;
    }

    /** Its default port on devices. */
    public int usualPort() {
        return usualPort;
    }
}
