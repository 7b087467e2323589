package io.minerops.server.http.guard;

import io.minerops.server.config.HttpConfig;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/**
 * The host names under which clients may reach this server. Where a request needs no token, its sender's own {@code Host}
 * proves nothing: a page whose name was rebound to this server's address has an origin that equals it. So names are compared
 * with a list: {@code localhost}, the listening host, those of ALLOWED_HOSTS and of CORS_ORIGINS. An address cannot be
 * rebound, and every address is accepted.
 */
public final class OwnNames {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[?[0-9a-f:.]*:[0-9a-f:.]*(%[\\w.-]+)?]?");

    private final Set<String> names;
    private final boolean enforced;

    private OwnNames(Set<String> names, boolean enforced) {
        this.names = names;
        this.enforced = enforced;
    }

    /**
     * The names of a server.
     *
     * @param anonymous whether no token is required
     */
    public static OwnNames of(HttpConfig config, boolean anonymous) {
        Set<String> names = new TreeSet<>();
        names.add("localhost");
        names.add(normal(config.host()));
        config.allowedHosts().forEach(name -> names.add(normal(name)));
        for (String origin : config.corsOrigins()) {
            String host = URI.create(origin).getHost();
            if (host != null) {
                names.add(normal(host));
            }
        }
        return new OwnNames(names, anonymous || !config.allowedHosts().isEmpty());
    }

    /** Whether the request names this server; always, where names are not checked. */
    boolean accept(Request request) {
        String name = Request.getServerName(request);
        return !enforced || name == null || accepts(normal(name));
    }

    private boolean accepts(String name) {
        return names.contains(name)
                || IPV4.matcher(name).matches()
                || IPV6.matcher(name).matches();
    }

    private static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
