package io.minerops.server.access;

import io.minerops.api.internal.IpNetwork;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client behind the proxies that are trusted: the last address that none of them has. What an address further
 * left says was written by who is not trusted, and counts for nothing.
 */
public final class TrustedProxies {
    private final List<IpNetwork> trusted;

    /** These are trusted; none for an empty list. */
    public TrustedProxies(List<IpNetwork> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    /**
     * Who sent a request.
     *
     * @param direct who is connected
     * @param headers what the request says of its way
     * @return the one who is connected where that is no trusted proxy, or where its headers contradict each other
     */
    public Peer client(Peer direct, Headers headers) {
        if (!trusts(direct.address())) {
            return direct;
        }
        List<Hop> older = older(headers);
        List<Hop> newer = newer(headers.forwarded());
        if (older.isEmpty() || newer.isEmpty()) {
            return follow(direct, older.isEmpty() ? newer : older);
        }
        // a proxy writes one form and passes the other on as it came, so one of them may be the client's invention
        Peer byOlder = follow(direct, older);
        Peer byNewer = follow(direct, newer);
        return byOlder.equals(byNewer) ? byOlder : direct;
    }

    /** Whether what the sender at that address says of others counts. */
    public boolean trusts(InetAddress address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    /** From the nearest hop to the first that is not trusted, or whose address is none. */
    private Peer follow(Peer direct, List<Hop> hops) {
        Peer client = direct;
        for (int i = hops.size() - 1; i >= 0 && trusts(client.address()); i--) {
            Hop hop = hops.get(i);
            if (hop.address() == null) {
                return client;
            }
            boolean secure = hop.proto() == null ? client.secure() : hop.proto().equals("https");
            client = new Peer(hop.address(), secure);
        }
        return client;
    }

    /** X-Forwarded-For, with X-Forwarded-Proto; of more protocols than one, the last was said by the nearest proxy. */
    private static List<Hop> older(Headers headers) {
        List<String> protos = values(headers.forwardedProto());
        String proto = protos.isEmpty() ? null : protos.get(protos.size() - 1).toLowerCase(Locale.ROOT);
        return values(headers.forwardedFor()).stream()
                .map(address -> new Hop(address(address).orElse(null), proto))
                .toList();
    }

    /** Forwarded (RFC 7239). */
    private static List<Hop> newer(List<String> lines) {
        List<Hop> hops = new ArrayList<>();
        for (String element : values(lines)) {
            InetAddress address = null;
            String proto = null;
            for (String pair : element.split(";", -1)) {
                int equals = pair.indexOf('=');
                String name =
                        equals < 0 ? "" : pair.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                String value = pair.substring(equals + 1).strip().replace("\"", "");
                if (name.equals("for")) {
                    address = address(value).orElse(null);
                } else if (name.equals("proto")) {
                    proto = value.toLowerCase(Locale.ROOT);
                }
            }
            hops.add(new Hop(address, proto));
        }
        return hops;
    }

    private static List<String> values(List<String> lines) {
        List<String> values = new ArrayList<>();
        for (String line : lines) {
            for (String value : line.split(",", -1)) {
                if (!value.isBlank()) {
                    values.add(value.strip());
                }
            }
        }
        return values;
    }

    /** An address, which may have a port: 192.0.2.1:80, [2001:db8::1]:80. */
    private static Optional<InetAddress> address(String text) {
        String bare = text;
        if (bare.startsWith("[")) {
            int end = bare.indexOf(']');
            bare = end < 0 ? "" : bare.substring(1, end);
        } else if (bare.indexOf('.') >= 0 && bare.indexOf(':') == bare.lastIndexOf(':') && bare.indexOf(':') > 0) {
            bare = bare.substring(0, bare.indexOf(':'));
        }
        return IpNetwork.literal(bare);
    }

    private record Hop(
            @Nullable InetAddress address, @Nullable String proto) {}

    /**
     * What a request says of its way; each list in the order of its lines.
     *
     * @param forwardedFor X-Forwarded-For
     * @param forwardedProto X-Forwarded-Proto
     * @param forwarded Forwarded
     */
    public record Headers(List<String> forwardedFor, List<String> forwardedProto, List<String> forwarded) {}
}
