package io.minerops.server.http;

import io.minerops.server.access.Peer;
import io.minerops.server.access.TrustedProxies;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/** Tells who is at the other end of a request, behind proxies that are trusted too. */
public final class Peers {
    private static final int NETWORK_BYTES = 8;

    private final TrustedProxies proxies;

    public Peers(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    public Peer of(Request request) {
        Peer direct = new Peer(address(request), request.isSecure());
        if (!proxies.trusts(direct.address())) {
            return direct;
        }
        HttpFields headers = request.getHeaders();
        return proxies.client(
                direct,
                new TrustedProxies.Headers(
                        headers.getValuesList("X-Forwarded-For"),
                        headers.getValuesList("X-Forwarded-Proto"),
                        headers.getValuesList("Forwarded")));
    }

    /** By what requests are counted; of IPv6 only the network counts, since a client has all addresses of one. */
    public static String countedAs(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                : address.getHostAddress();
    }

    private static InetAddress address(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress socket
                        && socket.getAddress() != null
                ? socket.getAddress()
                // a connection that was closed meanwhile has none, and hears no answer
                : new InetSocketAddress(0).getAddress();
    }
}
