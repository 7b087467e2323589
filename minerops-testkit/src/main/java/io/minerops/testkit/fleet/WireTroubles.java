package io.minerops.testkit.fleet;

import io.minerops.testkit.fixture.DeviceEndpoint;
import io.minerops.testkit.fixture.RecordedReply;
import io.minerops.testkit.fleet.server.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** What comes over the wire of a miner whose wire is not well, instead of its reply. */
final class WireTroubles {
    /** How deep a reply is nested that is nested too deeply; far past what any reader takes. */
    static final int DEPTH = 10_000;

    private static final String GARBAGE = "\u0007\u00fe\u00ed%&?!\u00b0\u0081 \u007f\u0093 x9=\u00bf\u00c0\u00ff\n";

    /** A fatal alert, unexpected_message (RFC 8446, section 6), as TLS servers answer plain text. */
    private static final byte[] TLS_ALERT = {0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x0a};

    private static final String WEB_PAGE = "<!DOCTYPE html><title>Router</title><p>Sign in.</p>";
    private static final String BAD_REQUEST = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\nContent-Length: "
            + WEB_PAGE.length() + "\r\nConnection: close\r\n\r\n" + WEB_PAGE;
    private static final String PAGE = BAD_REQUEST.replace("400 Bad Request", "200 OK");

    private static final String ENDLESS_HEAD = "{\"STATUS\":[";
    private static final String ENDLESS_ELEMENT = "{\"STATUS\":\"S\",\"Code\":70},";

    private static final int ENDLESS_ELEMENTS = 256;

    private WireTroubles() {}

    /** What becomes of a request at an endpoint; {@code reply} is what it would be otherwise. */
    static Answer answer(Trouble trouble, DeviceEndpoint endpoint, Supplier<byte[]> reply) {
        return switch (trouble) {
            case SILENT, GONE -> new Answer.Silence();
            case RESET -> new Answer.Reset();
            case GARBAGE -> Answer.atOnce(GARBAGE.getBytes(StandardCharsets.ISO_8859_1));
            case TLS_SERVER -> Answer.atOnce(TLS_ALERT);
            case HTTP_SERVER -> Answer.atOnce(ascii(endpoint.isWeb() ? PAGE : BAD_REQUEST));
            case DEEP_NESTING -> Answer.atOnce(framed(endpoint, deep()));
            case ENDLESS -> new Answer.Bytes(endless(endpoint), Answer.Pace.FOR_EVER);
            case SLOW_DRIP -> new Answer.Bytes(reply.get(), Answer.Pace.DRIP);
            case HALF_REPLY -> Answer.atOnce(half(reply.get()));
            case TWO_REPLIES -> Answer.atOnce(twice(reply.get()));
            case NONE,
                    HOT,
                    SLOW,
                    ZERO,
                    DEAD_FAN,
                    OVER_POWER,
                    SWAPPED_BOARD,
                    HIJACKED_POOL,
                    OLD_FIRMWARE,
                    FAULT,
                    PAUSED,
                    ASLEEP,
                    TUNING,
                    OVERCLAIM,
                    DEAD_BOARD -> Answer.atOnce(reply.get());
        };
    }

    private static byte[] framed(DeviceEndpoint endpoint, byte[] json) {
        return RecordedReply.ofBody(endpoint, List.of("any"), json).wire();
    }

    private static byte[] deep() {
        return ascii("{\"a\":".repeat(DEPTH) + "1" + "}".repeat(DEPTH));
    }

    /** Its second half goes on for ever: that is a whole number of elements. */
    private static byte[] endless(DeviceEndpoint endpoint) {
        String head = switch (endpoint) {
            case CGMINER -> ENDLESS_HEAD;
            case WEB, AURADINE -> "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + ENDLESS_HEAD;
            // the longest that four bytes can say, or nearly
            case WHATSMINER -> "\u007f\u007f\u007f\u007f" + ENDLESS_HEAD;
        };
        String more = ENDLESS_ELEMENT.repeat(ENDLESS_ELEMENTS);
        // blanks bring the first half to the length of the second
        return ascii(head + " ".repeat(more.length() - head.length()) + more);
    }

    private static byte[] half(byte[] reply) {
        return Arrays.copyOf(reply, reply.length / 2);
    }

    /** One after the other without the NUL byte that would keep them apart. */
    private static byte[] twice(byte[] reply) {
        boolean ended = reply.length > 0 && reply[reply.length - 1] == 0;
        int first = ended ? reply.length - 1 : reply.length;
        byte[] both = Arrays.copyOf(reply, first + reply.length);
        System.arraycopy(reply, 0, both, first, reply.length);
        return both;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
