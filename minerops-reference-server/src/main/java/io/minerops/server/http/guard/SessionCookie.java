package io.minerops.server.http.guard;

import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;

/**
 * The cookie that says which session a browser has. Scripts cannot read it, and requests that another site begins go
 * without it. Over TLS its name has the prefix that no page but one of this host over TLS can set (RFC 6265bis).
 */
final class SessionCookie {
    private static final String PLAIN = "minerops_session";
    private static final String SECURE = "__Host-" + PLAIN;
    private static final String RULES = "; Path=/; HttpOnly; SameSite=Strict";

    private SessionCookie() {}

    /** What the sender's cookie says; empty where there is none. */
    static Optional<String> read(Request request, boolean secure) {
        return Request.getCookies(request).stream()
                .filter(cookie -> cookie.getName().equals(name(secure)))
                .map(HttpCookie::getValue)
                .findFirst();
    }

    static String set(String secret, boolean secure) {
        return name(secure) + "=" + secret + RULES + (secure ? "; Secure" : "");
    }

    static String remove(boolean secure) {
        return set("", secure) + "; Max-Age=0";
    }

    private static String name(boolean secure) {
        return secure ? SECURE : PLAIN;
    }
}
