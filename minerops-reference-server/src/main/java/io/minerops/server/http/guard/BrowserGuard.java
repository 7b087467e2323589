package io.minerops.server.http.guard;

import io.minerops.server.access.Caller;
import io.minerops.server.http.HttpFailure;
import io.minerops.server.http.Reply;
import io.minerops.server.http.Route;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What pages of other origins may do in a visitor's browser: read and write where their origin is allowed, else nothing.
 * Where no token has to be sent along, its address alone must not be enough for a foreign page: requests that change
 * something are refused when a browser says that they come from elsewhere. Without any token, the server answers only to
 * {@link OwnNames its own names}, so that a name rebound to its address reaches nothing.
 */
public final class BrowserGuard {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final String PREFLIGHT_SECONDS = "600";

    private final List<String> origins;
    private final boolean anonymous;
    private final OwnNames names;

    public BrowserGuard(List<String> origins, boolean anonymous, OwnNames names) {
        this.origins = List.copyOf(origins);
        this.anonymous = anonymous;
        this.names = names;
    }

    /** The headers that let a page of the request's origin read the answer; empty where it may not. */
    public Map<String, String> corsHeaders(Request request) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origins.isEmpty()) {
            return Map.of();
        }
        return origin != null && origins.contains(origin)
                ? Map.of(
                        "Access-Control-Allow-Origin", origin,
                        "Access-Control-Expose-Headers", "Retry-After, Location",
                        "Vary", "Origin")
                : Map.of("Vary", "Origin");
    }

    /** The answer to OPTIONS, which browsers send before a request of another origin. */
    public Reply preflight(Request request, List<String> methods) {
        String allow = String.join(", ", methods);
        Reply reply = Reply.empty(204).with("Allow", allow);
        boolean queries = request.getHeaders().get(HttpHeader.ACCESS_CONTROL_REQUEST_METHOD) != null;
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (!queries || origin == null || !origins.contains(origin)) {
            return reply;
        }
        return reply.with("Access-Control-Allow-Methods", allow)
                .with("Access-Control-Allow-Headers", "Authorization, Content-Type")
                .with("Access-Control-Max-Age", PREFLIGHT_SECONDS);
    }

    /**
     * Goes on where the request may come from where it does.
     *
     * @throws HttpFailure 403 where a foreign page is behind it
     */
    public void check(Request request, Caller caller, Route route) {
        if (!names.accept(request)) {
            throw HttpFailure.of(
                    403,
                    "this server does not accept the host name that the request gives; use its address, or add the"
                            + " name to ALLOWED_HOSTS");
        }
        boolean byItself = anonymous || caller.session() != null || route.isLogin();
        if (byItself && !SAFE.contains(request.getMethod()) && foreign(request)) {
            throw HttpFailure.of(403, "a page of another origin may not change anything; see CORS_ORIGINS");
        }
    }

    /**
     * Whether a page of another origin is behind the request, as far as it shows. Such requests are sent from the visitor's
     * address without the visitor's doing, so they are counted apart from the visitor's own.
     */
    public boolean isForeign(Request request) {
        return !names.accept(request) || foreign(request);
    }

    private boolean foreign(Request request) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin != null) {
            return !origins.contains(origin) && !origin.equals(ownOrigin(request));
        }
        String site = request.getHeaders().get("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    /** The origin under which the sender knows this server; a proxy before it may have added the encryption. */
    private static @Nullable String ownOrigin(Request request) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (host == null || origin == null) {
            return null;
        }
        String scheme = origin.startsWith("https://") ? "https://" : "http://";
        return scheme + host.toLowerCase(Locale.ROOT);
    }
}
