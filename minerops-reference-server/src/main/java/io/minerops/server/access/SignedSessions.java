package io.minerops.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that every server with the same tokens knows: the cookie says all of them and is signed with the token that the
 * session began with. They outlive a restart. A session that is ended by its user ends in that browser and on this server;
 * a copy of its cookie is accepted by other servers until it was idle for too long.
 */
public final class SignedSessions implements Sessions {
    /** The sessions ended by their users that are remembered; enough for any that could still be used. */
    static final int MAX_ENDED = 10_000;

    private static final String VERSION = "1";
    private static final String COOKIE = "session ";
    private static final String CSRF = "csrf ";
    private static final int PARTS = 6;
    private static final int RANDOM_BYTES = 16;

    /** Of the idle time, how much passes before a cookie is renewed. */
    private static final int RENEWALS = 20;

    private final AccessTokens tokens;
    private final Duration idle;
    private final Duration longest;
    private final LongSupplier millis;
    private final SecureRandom random = new SecureRandom();
    private final Set<String> ended = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_ENDED;
        }
    });

    /**
     * Sessions of these tokens.
     *
     * @param idle how long a session lasts without a request
     * @param longest how long it lasts at all
     * @param millis the time since the epoch, ms: what the clocks of all servers say, or nearly
     */
    public SignedSessions(AccessTokens tokens, Duration idle, Duration longest, LongSupplier millis) {
        this.tokens = tokens;
        this.idle = idle;
        this.longest = longest;
        this.millis = millis;
    }

    /** What a cookie says. */
    private record Said(String id, String name, long begun, long seen) {
        String text() {
            return String.join(".", VERSION, id, encode(name), Long.toString(begun), Long.toString(seen));
        }

        String cookie(AccessToken token) {
            return text() + '.' + token.sign(COOKIE + text());
        }

        Said seenAt(long now) {
            return new Said(id, name, begun, now);
        }
    }

    @Override
    public Opened open(AccessToken token) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        long now = millis.getAsLong();
        Said said = new Said(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), token.name(), now, now);
        return new Opened(session(said, token, null), said.cookie(token));
    }

    @Override
    public Optional<Caller> find(String secret) {
        String[] parts = secret.split("\\.", -1);
        if (parts.length != PARTS || !parts[0].equals(VERSION)) {
            return Optional.empty();
        }
        return decode(parts[2])
                .flatMap(name -> tokens.first(token -> token.name().equals(name) && isSigned(secret, token)))
                .flatMap(token -> caller(
                        new Said(parts[1], token.name(), Long.parseLong(parts[3]), Long.parseLong(parts[4])), token));
    }

    private static boolean isSigned(String secret, AccessToken token) {
        int end = secret.lastIndexOf('.');
        return MessageDigest.isEqual(
                token.sign(COOKIE + secret.substring(0, end)).getBytes(StandardCharsets.UTF_8),
                secret.substring(end + 1).getBytes(StandardCharsets.UTF_8));
    }

    private Optional<Caller> caller(Said said, AccessToken token) {
        long now = millis.getAsLong();
        boolean renew = now - said.seen() > idle.toMillis() / RENEWALS;
        Session session = session(said, token, renew ? said.seenAt(now).cookie(token) : null);
        return isOver(session) ? Optional.empty() : Optional.of(new Caller(token.right(), token, session));
    }

    private static Session session(Said said, AccessToken token, @Nullable String renewed) {
        return new Session(
                said.id(),
                token,
                token.sign(CSRF + said.id()),
                TimeUnit.MILLISECONDS.toNanos(said.begun()),
                TimeUnit.MILLISECONDS.toNanos(said.seen()),
                renewed);
    }

    @Override
    public boolean goesOn(Session session) {
        return !isOver(session) && tokens.renewed(session.token()).isPresent();
    }

    @Override
    public void close(Session session) {
        synchronized (ended) {
            ended.add(session.key());
        }
    }

    private boolean isOver(Session session) {
        long now = TimeUnit.MILLISECONDS.toNanos(millis.getAsLong());
        synchronized (ended) {
            if (ended.contains(session.key())) {
                return true;
            }
        }
        return now - session.seenNanos() > idle.toNanos() || now - session.begunNanos() > longest.toNanos();
    }

    private static String encode(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> decode(String text) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // a cookie that this server never made
            return Optional.empty();
        }
    }
}
