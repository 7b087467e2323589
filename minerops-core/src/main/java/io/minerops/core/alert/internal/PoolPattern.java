package io.minerops.core.alert.internal;

/**
 * Which pools are meant: a host such as {@code pool.example}, on whatever port unless one is named, {@code *} standing
 * for any characters. Scheme, path and case do not matter.
 */
final class PoolPattern {
    private static final String SCHEME_END = "://";

    private final String pattern;
    private final boolean withPort;

    PoolPattern(String text) {
        pattern = text.substring(start(text), end(text));
        withPort = port(pattern, 0, pattern.length()) < pattern.length();
    }

    /** Allocates nothing: every check calls it for every miner. */
    boolean matches(String url) {
        int from = start(url);
        int to = end(url);
        return Wildcards.match(pattern, url, from, withPort ? to : port(url, from, to));
    }

    /** Where host and port begin: after the scheme and what a user may have put before the host. */
    private static int start(String url) {
        int scheme = url.indexOf(SCHEME_END);
        int from = scheme < 0 ? 0 : scheme + SCHEME_END.length();
        int user = url.lastIndexOf('@', end(url) - 1);
        return user >= from ? user + 1 : from;
    }

    private static int end(String url) {
        int scheme = url.indexOf(SCHEME_END);
        int path = url.indexOf('/', scheme < 0 ? 0 : scheme + SCHEME_END.length());
        return path < 0 ? url.length() : path;
    }

    /** Where the port begins, with its colon; the end where there is none. The colons of an IPv6 address are none. */
    private static int port(String url, int from, int to) {
        int colon = url.lastIndexOf(':', to - 1);
        return colon < from || url.indexOf(']', colon) >= 0 ? to : colon;
    }

    @Override
    public String toString() {
        return pattern;
    }
}
