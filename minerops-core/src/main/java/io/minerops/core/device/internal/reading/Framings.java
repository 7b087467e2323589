package io.minerops.core.device.internal.reading;

import io.minerops.core.device.internal.wire.CgminerFraming;
import io.minerops.core.device.internal.wire.Framing;
import io.minerops.core.device.internal.wire.HttpFraming;
import io.minerops.core.device.internal.wire.LengthFraming;
import io.minerops.core.device.reply.Endpoint;

/** How a reply of each endpoint is delimited and read. */
public final class Framings {
    private Framings() {}

    /**
     * The framing of one reply.
     *
     * @param maxReplyBytes the length above which a reply is refused, where it says its length
     */
    public static Framing of(Endpoint endpoint, int maxReplyBytes) {
        return switch (endpoint) {
            case CGMINER -> new CgminerFraming();
            case WHATSMINER -> new LengthFraming(maxReplyBytes);
            case WEB, AURADINE -> new HttpFraming();
        };
    }
}
