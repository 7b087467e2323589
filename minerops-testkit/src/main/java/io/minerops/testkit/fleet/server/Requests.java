package io.minerops.testkit.fleet.server;

import io.minerops.testkit.fixture.DeviceEndpoint;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Where a request ends, and for which of the endpoints behind one port it is. */
public final class Requests {
    private static final int LENGTH_BYTES = 4;
    private static final int MAX_METHOD = 7;

    private Requests() {}

    /** The endpoint that a client speaks to, which may have only begun to. */
    public static DeviceEndpoint endpoint(Set<DeviceEndpoint> endpoints, byte[] request) {
        boolean http = mayBeHttp(request);
        return endpoints.stream()
                .filter(endpoint -> endpoint.isWeb() == http)
                .findFirst()
                .orElseGet(() -> endpoints.iterator().next());
    }

    /** Whether all has come that the endpoint waits for before it answers; CGMiner takes what comes in one go. */
    public static boolean isWhole(DeviceEndpoint endpoint, byte[] request) {
        return switch (endpoint) {
            case CGMINER -> true;
            case WEB, AURADINE -> !mayBeHttp(request) || text(request).contains("\r\n\r\n");
            case WHATSMINER -> request.length >= LENGTH_BYTES && request.length >= LENGTH_BYTES + length(request);
        };
    }

    /** The target of an HTTP request, empty where it is no request to get one. */
    public static String target(byte[] request) {
        String[] words = text(request).split("[ \r\n]", 3);
        return words.length == 3 && words[0].equals("GET") ? words[1] : "";
    }

    /** The message that follows the length. */
    public static String message(byte[] request) {
        return new String(request, LENGTH_BYTES, request.length - LENGTH_BYTES, StandardCharsets.UTF_8);
    }

    /** Whether it is HTTP as far as it has come: it begins with a method, of which not all need be there. */
    private static boolean mayBeHttp(byte[] request) {
        String start = text(request);
        int end = start.indexOf(' ');
        String method = end < 0 ? start : start.substring(0, end);
        return !method.isEmpty()
                && method.length() <= MAX_METHOD
                && method.chars().allMatch(letter -> letter >= 'A' && letter <= 'Z');
    }

    private static long length(byte[] request) {
        return (request[0] & 0xffL)
                | ((request[1] & 0xffL) << 8)
                | ((request[2] & 0xffL) << 16)
                | ((request[3] & 0xffL) << 24);
    }

    private static String text(byte[] request) {
        return new String(request, StandardCharsets.ISO_8859_1);
    }
}
