package io.minerops.server.http.guard;

import io.minerops.server.access.TrustedProxies;
import io.minerops.server.http.Peers;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.jspecify.annotations.Nullable;

/**
 * Closes the connections of a client that has too many, so that one client cannot take all that there are. A trusted proxy
 * has the connections of all its clients, and is not limited.
 */
public final class ConnectionsPerClient implements Connection.Listener {
    private final int max;
    private final TrustedProxies proxies;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    public ConnectionsPerClient(int max, TrustedProxies proxies) {
        this.max = max;
        this.proxies = proxies;
    }

    @Override
    public void onOpened(Connection connection) {
        String client = client(connection);
        if (client != null && open.merge(client, 1, Integer::sum) > max) {
            connection.getEndPoint().close();
        }
    }

    @Override
    public void onClosed(Connection connection) {
        String client = client(connection);
        if (client != null) {
            open.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Whose connection it is; null for a layer above another connection, and for a proxy's. */
    private @Nullable String client(Connection connection) {
        return connection.getEndPoint() instanceof SocketChannelEndPoint endPoint
                        && endPoint.getRemoteSocketAddress() instanceof InetSocketAddress socket
                        && socket.getAddress() != null
                        && !proxies.trusts(socket.getAddress())
                ? Peers.countedAs(socket.getAddress())
                : null;
    }
}
